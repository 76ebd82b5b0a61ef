"""Who works at a shop: `/v1/shops/{shop}/staff`."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.logs import logger
from services.gateway.access.second_factor import SecondFactors
from services.gateway.access.sessions import Sessions
from services.gateway.rest.access.door import json_of
from services.gateway.rest.access.people import MemberRow, People
from services.gateway.rest.access.words import name_of
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

MAX_BODY: Final = 4_096


class StaffMember(Struct, kw_only=True):
    """An account of the shop's staff. `name` as visitors see it. Operators see id, name and role only, and nobody who
    has left."""

    id: str
    name: str
    role: str
    email: str | UnsetType = UNSET
    second_factor: bool | UnsetType = UNSET
    last_seen_at: str | UnsetType | None = UNSET
    left_at: str | UnsetType | None = UNSET


class StaffList(Struct):
    """All who may sign in, by name; then who did."""

    items: list[StaffMember]
    next: None = None


class MemberWish(Struct, forbid_unknown_fields=True):
    """What is given changes; a name has a character at least."""

    role: Literal["owner", "manager", "operator"] | None = None
    name: Annotated[str, Meta(max_length=400)] | None = None


_wish: Final = msgspec.json.Decoder(MemberWish)


@dataclass(frozen=True, kw_only=True)
class StaffRoutes:
    """Everybody of the staff sees who there is: they hand conversations to each other."""

    people: People
    factors: SecondFactors
    sessions: Sessions
    names: StaffNames
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/staff"
        one = f"{all_of_them}/{{account}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.close, methods=["DELETE"]),
            Route(f"{one}/return", self.let_back, methods=["POST"]),
            Route(f"{one}/second-factor", self.factor_off, methods=["DELETE"]),
        ]

    async def index(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        rows = await self.people.all(account.shop)
        await self.names.refresh(account.shop)
        if account.role == "operator":
            shown = [self._named(account.shop, row) for row in rows if row.left_at is None]
        else:
            have = await self.factors.have(row.id for row in rows)
            shown = [self._whole(account.shop, row, row.id in have) for row in rows]
        return json_of(StaffList(shown))

    async def change(self, request: Request) -> Response:
        """204. Who has another role signs in anew: their sockets close within seconds."""
        account, wish = await self.access.of_shop(request), await decoded(request, _wish, MAX_BODY)
        name = None if wish.name is None else name_of(wish.name)
        if name == "":
            raise Problem(422, "invalid", "A name has a character at least.", field="name")
        await self.people.change(account, request.path_params["account"], wish.role, name)
        self.names.forget(account.shop)
        log.info("Staff changed", shop=account.shop, operator=account.id, of=request.path_params["account"])
        return Response(status_code=204)

    async def close(self, request: Request) -> Response:
        """204: they can't come in any more, and what they had open closes within seconds."""
        account = await self.access.of_shop(request)
        ended = await self.people.close(account, request.path_params["account"])
        await self.sessions.ended(ended)
        log.info("Access closed", shop=account.shop, operator=account.id, of=request.path_params["account"])
        return Response(status_code=204)

    async def let_back(self, request: Request) -> Response:
        """204: they come in as before."""
        account = await self.access.of_shop(request)
        await self.people.let_back(account, request.path_params["account"])
        log.info("Access given back", shop=account.shop, operator=account.id, of=request.path_params["account"])
        return Response(status_code=204)

    async def factor_off(self, request: Request) -> Response:
        """204: who lost phone and codes comes in with the password alone, and gets a mail that says so."""
        account, member = await self.access.of_shop(request), request.path_params["account"]
        if member != account.id and await self.factors.state(member) is None:
            raise Problem(404, "not_found", "Nobody by that id has a second factor here.")
        await self.people.take_factor(account, member)
        await self.factors.off(member)
        log.info("Second factor taken away", shop=account.shop, operator=account.id, of=member)
        return Response(status_code=204)

    def _named(self, shop: str, row: MemberRow) -> StaffMember:
        return StaffMember(id=row.id, name=row.name or self.names.name(shop, row.id), role=row.role)

    def _whole(self, shop: str, row: MemberRow, second_factor: bool) -> StaffMember:
        return msgspec.structs.replace(
            self._named(shop, row),
            email=row.email,
            second_factor=second_factor,
            last_seen_at=rfc3339(row.last_seen_at) if row.last_seen_at else None,
            left_at=rfc3339(row.left_at) if row.left_at else None,
        )
