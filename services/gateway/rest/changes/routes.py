"""The change log: `/v1/shops/{shop}/changes`."""

from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from services.common.database import DatabaseAway
from services.common.logs import logger
from services.gateway.rest.changes.query import Filter, parse, parse_filter
from services.gateway.rest.changes.store import ChangeStore
from services.gateway.rest.changes.table import Table
from services.gateway.rest.changes.undoing import Undoing
from services.gateway.rest.changes.views import Changes, people, shown
from services.gateway.rest.problems import unavailable
from services.gateway.rest.spreadsheets import separator_of
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames

log = logger(__name__)

_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class ChangesRest:
    """For who may change settings."""

    store: ChangeStore
    undoing: Undoing
    names: StaffNames
    shops: Shops
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/changes"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(f"{all_of_them}.csv", self.as_csv, methods=["GET"]),
            Route(f"{all_of_them}/{{change}}/undo", self.undo, methods=["POST"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        query = parse(request.query_params)
        try:
            authors = await self._authors(shop, query.filter)
            entries, following = await self.store.page(shop, query.filter, authors, query.after, query.limit)
            await self.names.refresh(shop, people(entries))
        except DatabaseAway:
            raise unavailable() from None
        items = [shown(shop, entry, self.names) for entry in entries]
        page = Changes(items, following.encode() if following else None)
        return Response(_encode(page), 200, {"Cache-Control": "no-store"}, "application/json")

    async def as_csv(self, request: Request) -> Response:
        """What has been read so far goes out while the rest is read. A database that goes away breaks it off."""
        account = await self.access.of_shop(request)
        wanted = parse_filter(request.query_params)
        separator = separator_of(request.query_params)
        try:
            authors = await self._authors(account.shop, wanted)
            settings = await self.shops.settings(account.shop)
        except DatabaseAway:
            raise unavailable() from None
        zone = settings.time_zone if settings else "UTC"
        table = Table(self.store, self.names, account.shop, zone, separator)
        log.info("Change log exported", shop=account.shop, operator=account.id)
        headers = {"Content-Disposition": f'attachment; filename="{table.name()}"', "Cache-Control": "no-store"}
        return StreamingResponse(table.parts(wanted, authors), 200, headers, "text/csv; charset=utf-8")

    async def undo(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        response = await self.undoing.undo(request, account)
        log.info("Change undone", shop=account.shop, operator=account.id, change=request.path_params["change"])
        return response

    async def _authors(self, shop: str, wanted: Filter) -> list[str]:
        """Who has what is searched for in their name."""
        if wanted.text is None:
            return []
        text = wanted.text.casefold()
        return [account for account, name in (await self.names.read(shop)).items() if text in name.casefold()]
