"""Test mails as the notifier is told of them, and what became of them."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from contracts.engagement.reviews import Mode, Step

Pool = AsyncConnectionPool[AsyncConnection[Any]]

MOST_TESTS: Final = 10
"""Of a shop within ten minutes: the mail server's good name is everybody's."""

_RECENT: Final = """
    SELECT count(*) FROM mail.mail WHERE shop = %s AND kind = 'test' AND created_at > now() - interval '10 minutes'
"""
_ASK: Final = "INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq) VALUES (%s, %s, 'test', '', %s, 0)"
_ASK_TRIAL: Final = "INSERT INTO mail.trial (id, account, step, mode, language) VALUES (%s, %s, %s, %s, %s)"
_ONE: Final = """
    SELECT id, status, attempts, error, sent_at, next_at FROM mail.mail WHERE shop = %s AND kind = 'test' AND id = %s
"""
_LAST_ASKED: Final = (
    "SELECT order_id FROM rm_review_request WHERE shop = %s AND state = 'sent' ORDER BY at DESC, id DESC LIMIT 1"
)


class TooManyTests(Exception):
    """There were enough for now."""


class Trial(NamedTuple):
    """A mail as customers get it, to whoever asks: of which step, in which mode and language."""

    account: str
    step: Step
    mode: Mode
    language: str


class TestRow(Struct):
    """A test mail and how far it is."""

    id: UUID
    status: str
    attempts: int
    error: str | None
    sent_at: datetime | None
    next_at: datetime


class Mails:
    """Raises psycopg's errors while a database is away."""

    def __init__(self, log_pool: Pool, read_pool: Pool) -> None:
        self._log, self._read = log_pool, read_pool

    async def ask(self, shop: str, trial: Trial | None) -> UUID:
        """A test mail is to be sent: that mail works, or a `trial` with the products of the order last asked about.

        Raises TooManyTests.
        """
        mail = uuid4()
        order = await self._last_asked(shop) if trial is not None else None
        async with self._log.connection() as connection:
            row = await (await connection.execute(_RECENT, [shop])).fetchone()
            if row and row[0] >= MOST_TESTS:
                raise TooManyTests
            await connection.execute(_ASK, [mail, shop, order or mail])
            if trial is not None:
                await connection.execute(_ASK_TRIAL, [mail, *trial])
        return mail

    async def one(self, shop: str, mail: UUID) -> TestRow | None:
        """What became of it; None if there is no such one."""
        async with self._log.connection() as connection, connection.cursor(row_factory=class_row(TestRow)) as cursor:
            return await (await cursor.execute(_ONE, [shop, mail])).fetchone()

    async def _last_asked(self, shop: str) -> UUID | None:
        async with self._read.connection() as connection:
            row = await (await connection.execute(_LAST_ASKED, [shop])).fetchone()
        return row[0] if row else None
