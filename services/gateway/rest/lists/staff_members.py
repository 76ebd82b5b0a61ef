"""Who works at a shop: GET /v1/shops/{shop}/staff."""

from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.gateway.rest.lists.store import ListStore
from services.gateway.rest.problems import unavailable
from services.gateway.rest.staff import DatabaseAway, StaffAccess
from services.gateway.shops import StaffNames

_encode: Final = msgspec.json.Encoder().encode


class StaffMember(Struct):
    """An account of the shop's staff. `name` as visitors see it."""

    id: str
    name: str
    role: str


class StaffList(Struct):
    """All who may sign in, by name."""

    items: list[StaffMember]
    next: None = None


@dataclass(frozen=True, kw_only=True)
class StaffMembers:
    """For everybody of the staff: they hand conversations to each other."""

    store: ListStore
    names: StaffNames
    access: StaffAccess

    def routes(self) -> list[Route]:
        return [Route("/v1/shops/{shop}/staff", self.index, methods=["GET"])]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        try:
            rows = await self.store.staff(shop)
            await self.names.refresh(shop)
        except DatabaseAway:
            raise unavailable() from None
        members = [StaffMember(row.id, row.name or self.names.name(shop, row.id), row.role) for row in rows]
        return Response(_encode(StaffList(members)), 200, {"Cache-Control": "no-store"}, "application/json")
