"""The shop's mail: a test of it, and the keys that sign it.

`POST /v1/shops/{shop}/test-mail` sends a mail to the address for messages, the way all mails go; what became of it is
at `GET …/test-mail/{mail}`. `GET /v1/shops/{shop}/mail-keys` lists what must stand in the DNS.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.dkim_keys import DkimKeys
from services.common.logs import logger
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops

log = logger(__name__)

MOST_TESTS: Final = 10
"""Of a shop within ten minutes: the mail server's good name is everybody's."""

_RECENT: Final = """
    SELECT count(*) FROM mail.mail WHERE shop = %s AND kind = 'test' AND created_at > now() - interval '10 minutes'
"""
_ASK: Final = "INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq) VALUES (%s, %s, 'test', '', %s, 0)"
_ONE: Final = """
    SELECT id, status, attempts, error, sent_at, next_at FROM mail.mail WHERE shop = %s AND kind = 'test' AND id = %s
"""

_encode: Final = msgspec.json.Encoder().encode


class TestMail(Struct, kw_only=True):
    """A test mail and how far it is. `error`: why it was not taken yet, or will not be: a code and a sentence."""

    id: UUID
    status: str
    attempts: int = 0
    error: str | None = None
    sent_at: str | None = None
    next_at: str | None = None
    to: str | None = None


class MailKey(Struct):
    """A DKIM key: the TXT record that the domain's DNS must have, and whether mails are signed with it."""

    domain: str
    selector: str
    name: str
    record: str
    signs: bool


class MailKeys(Struct):
    """All of a shop, the oldest first."""

    items: list[MailKey]
    next: None = None


class _Row(Struct):
    id: UUID
    status: str
    attempts: int
    error: str | None
    sent_at: datetime | None
    next_at: datetime


@dataclass(frozen=True, kw_only=True)
class MailRest:
    """For owners and managers; `pool` connects to the log's database."""

    pool: AsyncConnectionPool[AsyncConnection[Any]]
    dkim: DkimKeys
    shops: Shops
    access: StaffAccess

    def routes(self) -> list[Route]:
        return [
            Route("/v1/shops/{shop}/test-mail", self.send, methods=["POST"]),
            Route("/v1/shops/{shop}/test-mail/{mail}", self.show, methods=["GET"]),
            Route("/v1/shops/{shop}/mail-keys", self.keys, methods=["GET"]),
        ]

    async def send(self, request: Request) -> Response:
        """201: it is on its way to the address for messages, as the settings that are saved have it."""
        account = await self.access.of_shop(request)
        settings = await self.shops.read(account.shop)
        to = (settings.mail.notify or settings.mail.reply_to) if settings else ""
        if not to:
            raise Problem(409, "no_address", "Save an address for messages first: the test goes there.")
        mail = uuid4()
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_RECENT, [account.shop])).fetchone()
            if row and row[0] >= MOST_TESTS:
                raise Problem(429, "rate_limited", "Enough tests for now; try in ten minutes.", {"Retry-After": "600"})
            await connection.execute(_ASK, [mail, account.shop, mail])
        log.info("Test mail asked for", shop=account.shop, operator=account.id, mail=str(mail))
        return _json(TestMail(id=mail, status="pending", to=to), 201)

    async def show(self, request: Request) -> Response:
        account, mail = await self.access.of_shop(request), uuid_or_none(request.path_params["mail"])
        async with self.pool.connection() as connection, connection.cursor(row_factory=class_row(_Row)) as cursor:
            row = await (await cursor.execute(_ONE, [account.shop, mail])).fetchone() if mail else None
        if row is None:
            raise Problem(404, "not_found", "There is no such test mail.")
        waits = row.status == "pending" and row.attempts > 0
        shown = TestMail(
            id=row.id,
            status=row.status,
            attempts=row.attempts,
            error=row.error,
            sent_at=None if row.sent_at is None else rfc3339(row.sent_at),
            next_at=rfc3339(row.next_at) if waits else None,
        )
        return _json(shown)

    async def keys(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        found = [
            MailKey(key.domain, key.selector, key.record_name, key.record, key.signs)
            for key in await self.dkim.all(shop)
        ]
        return _json(MailKeys(found))


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
