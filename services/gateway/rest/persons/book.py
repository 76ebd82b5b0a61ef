"""The book of erasures, as the gateway reads and begins it; the eraser does the rest."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.sql import SQL, Literal
from psycopg_pool import AsyncConnectionPool

from contracts import registry
from contracts.conversations.events import PersonErased
from contracts.ids import shop_aggregate_id
from services.common import log_pages
from services.common.erasures import WHOLE_SHOP
from services.gateway.rest.persons.store import Ids

Pool = AsyncConnectionPool[AsyncConnection[Any]]

NEWEST: Final = 512
"""Erasing events of a shop that are looked through: a repeated request is not older, nor one not written down yet."""

_REQUEST: Final = """
    INSERT INTO erasure.request (shop, command, conversations, offline_messages) VALUES (%s, %s, %s, %s)
    ON CONFLICT (shop, command) DO NOTHING
"""
_COLUMNS: Final = """
    number, author, asked_at, keys_at, rows_at, files_at, mails_at, done_at, swept_at, key_print,
    conversations, offline_messages, files, mails, log_entries, backup_days, error
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM erasure.erasure WHERE shop = %s AND number = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM erasure.erasure WHERE shop = %s AND number > {WHOLE_SHOP} AND number < %s
    ORDER BY number DESC LIMIT %s
"""
_RETRY: Final = "UPDATE erasure.erasure SET next_at = now() WHERE shop = %s AND number = %s AND done_at IS NULL"
_EVENTS: Final = SQL("""
    SELECT topic, state FROM {table} WHERE originator_id = %s AND topic LIKE 'shop.person_erased.%%'
    ORDER BY originator_version DESC LIMIT {most}
""")
_EVENT: Final = SQL("SELECT topic, state FROM {table} WHERE originator_id = %s AND originator_version = %s")


class ErasureRow(NamedTuple):
    """How far an erasure is. Steps are done when their time is set."""

    number: int
    author: str
    asked_at: datetime
    keys_at: datetime | None = None
    rows_at: datetime | None = None
    files_at: datetime | None = None
    mails_at: datetime | None = None
    done_at: datetime | None = None
    swept_at: datetime | None = None
    key_print: str | None = None
    conversations: int = 0
    offline_messages: int = 0
    files: int = 0
    mails: int = 0
    log_entries: int = 0
    backup_days: int | None = None
    error: str | None = None


class Book:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of the log."""
        self._pool = pool

    async def request(self, shop: str, command: str, ids: Ids) -> None:
        """Note what there is of somebody before it is asked to erase them: the receipt will say how much it was."""
        async with self._pool.connection() as connection:
            await connection.execute(_REQUEST, [shop, command, ids.conversations, ids.offline_messages])

    async def read(self, shop: str, number: int) -> ErasureRow | None:
        """An erasure; as asked for in the log, if the eraser has not written it down yet."""
        async with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(ErasureRow)) as cursor,
        ):
            row = await (await cursor.execute(_ONE.encode(), [shop, number])).fetchone()
        if row is not None or number <= WHOLE_SHOP:
            return row
        events = await self._events(shop)
        return next((_as_asked(event) for event in events if event.number == number), None)

    async def page(self, shop: str, before: int, limit: int) -> list[ErasureRow]:
        """Erasures of persons with lower numbers, newest first."""
        async with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(ErasureRow)) as cursor,
        ):
            return await (await cursor.execute(_PAGE.encode(), [shop, before, limit])).fetchall()

    async def retry(self, shop: str, number: int) -> None:
        """Let the eraser look again at once."""
        async with self._pool.connection() as connection:
            await connection.execute(_RETRY, [shop, number])

    async def at(self, shop: str, seq: int) -> PersonErased | None:
        """The erasing event with this `seq` of the shop."""
        async with self._pool.connection() as connection:
            query = _EVENT.format(table=log_pages.table_of(shop))
            row = await (await connection.execute(query, [shop_aggregate_id(shop), seq])).fetchone()
        event = registry.decode(*row) if row else None
        return event if isinstance(event, PersonErased) else None

    async def by_command(self, shop: str, command: str) -> PersonErased | None:
        """The erasing event that answered this command."""
        events = await self._events(shop)
        return next((event for event in events if event.command and event.command.id == command), None)

    async def _events(self, shop: str) -> list[PersonErased]:
        """The newest first."""
        async with self._pool.connection() as connection:
            query = _EVENTS.format(table=log_pages.table_of(shop), most=Literal(NEWEST))
            rows = await (await connection.execute(query, [shop_aggregate_id(shop)])).fetchall()
        return [event for row in rows if isinstance(event := registry.decode(*row), PersonErased)]


def _as_asked(event: PersonErased) -> ErasureRow:
    return ErasureRow(event.number, event.author, event.timestamp)
