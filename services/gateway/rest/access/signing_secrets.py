"""Secrets with which the shop vouches for its customers: `/v1/shops/{shop}/signing-secrets`. For owners.

They are the shop's as much as ours, so they can be shown again; whoever looks is in the book.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common import audit
from services.common.logs import logger
from services.common.signing_secrets import SecretRow, SigningSecrets
from services.gateway.access.roles import OWNERS
from services.gateway.access.sessions import Account
from services.gateway.access.standing import confirmed
from services.gateway.rest.access.door import json_of
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess

log = logger(__name__)


class SecretShown(Struct):
    """`expires_at`: until when one is accepted whose place another has taken. `last_used_at` to the minute."""

    kid: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None


class SecretList(Struct):
    """Two at most, the newest first: shops sign with that one."""

    items: list[SecretShown]
    next: None = None


class WholeSecret(Struct):
    """`secret` as the shop's server has it, in ASCII."""

    kid: str
    secret: str


_NONE: Final = "This shop has no such secret, or it has ended."


@dataclass(frozen=True, kw_only=True)
class SecretRoutes:
    """What is done to them is written down in the book, which stands in a database of its own."""

    secrets: SigningSecrets
    pool: AsyncConnectionPool[AsyncConnection[Any]]
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/signing-secrets"
        one = f"{all_of_them}/{{kid}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.add, methods=["POST"]),
            Route(one, self.show, methods=["GET"]),
            Route(one, self.end, methods=["DELETE"]),
        ]

    async def index(self, request: Request) -> Response:
        rows = await self.secrets.all((await self.access.of_shop(request)).shop)
        return json_of(SecretList([_shown(row) for row in rows]))

    async def add(self, request: Request) -> Response:
        """Signs from now on; the one before it is accepted for two weeks more, and one from before that no longer.

        Asked for twice with the same Idempotency-Key it is made once.
        """
        account = await self.access.of_shop(request)
        kid = f"k_{hashlib.sha256(f'{account.shop} {command_id(request)}'.encode()).hexdigest()[:12]}"
        async with self.pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            made, is_new = await self.secrets.create_once(account.shop, kid)
            if is_new:
                await self._record(connection, account, "secret.made", kid)
        return json_of(WholeSecret(made.kid, made.secret), 201)

    async def show(self, request: Request) -> Response:
        account, kid = await self.access.of_shop(request), request.path_params["kid"]
        async with self.pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            found = await self.secrets.find(account.shop, kid)
            if not found:
                raise Problem(404, "not_found", _NONE)
            await self._record(connection, account, "secret.shown", kid)
        return json_of(WholeSecret(found[0].kid, found[0].secret))

    async def end(self, request: Request) -> Response:
        """204: tokens that are signed with it are refused, within seconds everywhere."""
        account, kid = await self.access.of_shop(request), request.path_params["kid"]
        async with self.pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            if not await self.secrets.end(account.shop, kid):
                raise Problem(404, "not_found", _NONE)
            await self._record(connection, account, "secret.ended", kid)
        return Response(status_code=204)

    @staticmethod
    async def _record(connection: AsyncConnection[Any], account: Account, what: str, kid: str) -> None:
        await audit.record(connection, account.shop, account.id, what, kid, {"kid": kid})
        log.info("Signing secret", shop=account.shop, operator=account.id, what=what)


def _shown(row: SecretRow) -> SecretShown:
    ends = rfc3339(row.expires_at) if row.expires_at else None
    return SecretShown(row.kid, rfc3339(row.created_at), ends, rfc3339(row.last_used_at) if row.last_used_at else None)
