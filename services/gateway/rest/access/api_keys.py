"""Keys with which the shop's server asks: `/v1/shops/{shop}/api-keys`. For owners."""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.logs import logger
from services.gateway.access.api_keys import MOST, ApiKeys, KeyRow
from services.gateway.access.roles import Scope
from services.gateway.rest.access.door import json_of
from services.gateway.rest.access.words import name_of
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames

log = logger(__name__)

MAX_BODY: Final = 4_096


class KeyWish(Struct, forbid_unknown_fields=True):
    """What a key is for, and what it may do."""

    name: Annotated[str, Meta(max_length=400)]
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=20)]


class NewKey(Struct):
    """The key is shown this once: only its print is kept."""

    id: str
    key: str


class ApiKeyShown(Struct):
    """`prefix`: the first signs of the key. `former_until`: how long the one before it is good, after a rotation."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    created_at: str
    created_by: str
    last_used_at: str | None
    former_until: str | None


class ApiKeyList(Struct):
    """The newest first."""

    items: list[ApiKeyShown]
    next: None = None


_wish: Final = msgspec.json.Decoder(KeyWish)


@dataclass(frozen=True, kw_only=True)
class KeyRoutes:
    """What a key did stays under its name."""

    keys: ApiKeys
    names: StaffNames
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/api-keys"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.add, methods=["POST"]),
            Route(f"{all_of_them}/{{key}}", self.revoke, methods=["DELETE"]),
            Route(f"{all_of_them}/{{key}}/rotate", self.rotate, methods=["POST"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        rows = await self.keys.of(shop)
        await self.names.refresh(shop, {row.created_by for row in rows})
        return json_of(ApiKeyList([self._shown(shop, row) for row in rows]))

    async def add(self, request: Request) -> Response:
        account, wish = await self.access.of_shop(request), await decoded(request, _wish, MAX_BODY)
        name = name_of(wish.name)
        if not name:
            raise invalid("name", "A key has a name, by which people know what it is for.")
        made = await self.keys.add(account, name, sorted(set(wish.scopes)))
        if made is None:
            raise Problem(409, "too_many", f"A shop has at most {MOST} keys; revoke one first.")
        self.names.forget(account.shop)
        log.info("API key made", shop=account.shop, operator=account.id, key=made[0])
        return json_of(NewKey(*made), 201)

    async def rotate(self, request: Request) -> Response:
        """Another key under the same name; the one before it is good for a day more."""
        account, id_ = await self.access.of_shop(request), request.path_params["key"]
        key = await self.keys.rotate(account, id_)
        if key is None:
            raise _unknown()
        log.info("API key rotated", shop=account.shop, operator=account.id, key=id_)
        return json_of(NewKey(id_, key))

    async def revoke(self, request: Request) -> Response:
        """204: it opens nothing any more."""
        account, id_ = await self.access.of_shop(request), request.path_params["key"]
        if not await self.keys.remove(account, id_):
            raise _unknown()
        log.info("API key revoked", shop=account.shop, operator=account.id, key=id_)
        return Response(status_code=204)

    def _shown(self, shop: str, row: KeyRow) -> ApiKeyShown:
        return ApiKeyShown(
            row.id,
            row.name,
            row.prefix,
            row.scopes,
            rfc3339(row.created_at),
            self.names.name(shop, row.created_by),
            rfc3339(row.last_used_at) if row.last_used_at else None,
            rfc3339(row.former_until) if row.former_until else None,
        )


def _unknown() -> Problem:
    return Problem(404, "not_found", "This shop has no such key.")
