"""Blocked visitors: `/v1/shops/{shop}/blocks`. They are blocked at the desk, and let in again here."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.commands import UnblockVisitor
from contracts.envelope import rfc3339
from services.common.database import DatabaseAway
from services.common.logs import logger
from services.gateway.rest.lists.doing import Doing, shown
from services.gateway.rest.lists.store import BlockPlace, BlockRow, ListStore
from services.gateway.rest.paging import limit_of, place_of
from services.gateway.rest.problems import unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

PAGE: Final = 100
MOST: Final = 500

_encode: Final = msgspec.json.Encoder().encode


class BlockedVisitor(Struct, kw_only=True):
    """`visitor` names the block; `customer` (a guest id, or the shop's customer id) and `name` are as the conversation
    has them for which they were blocked. `author`: the name of who did it."""

    visitor: str
    customer: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    conversation: UUID
    author: str
    at: str


class BlockedVisitors(Struct):
    """A page, the newest first."""

    items: list[BlockedVisitor]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class BlocksRest:
    """Everybody of the staff may look, and let somebody in again."""

    store: ListStore
    names: StaffNames
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/blocks"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(f"{all_of_them}/{{visitor}}", self.delete, methods=["DELETE"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        limit = limit_of(request.query_params.get("limit"), PAGE, MOST)
        after = place_of(request.query_params.get("cursor"), BlockPlace)
        try:
            rows, following = await self.store.blocks(shop, after, limit)
            await self.names.refresh(shop, {row.author for row in rows})
        except DatabaseAway:
            raise unavailable() from None
        page = BlockedVisitors([self._shown(shop, row) for row in rows], following.encode() if following else None)
        return Response(_encode(page), 200, {"Cache-Control": "no-store"}, "application/json")

    async def delete(self, request: Request) -> Response:
        """204 once that is stored; who is not blocked is not found."""
        account, visitor = await self.access.of_shop(request), request.path_params["visitor"]
        await self.doing.do(request, account, UnblockVisitor, f"unblock\n{visitor}", visitor=visitor)
        log.info("Visitor let in again", shop=account.shop, operator=account.id)

        async def gone() -> bool:
            return not await self.store.is_blocked(account.shop, visitor)

        await shown(gone)
        return Response(status_code=204)

    def _shown(self, shop: str, row: BlockRow) -> BlockedVisitor:
        return BlockedVisitor(
            visitor=row.visitor,
            customer=row.customer or UNSET,
            name=row.name or UNSET,
            conversation=row.conversation,
            author=self.names.name(shop, row.author),
            at=rfc3339(row.at),
        )
