"""The book of erasures: schema `erasure` of the log's database. What is to be done, how far it is, what came of it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import kwargs_row
from psycopg.sql import SQL, Composed, Identifier, Placeholder

from contracts.conversations.events import PersonErased, ShopRemoved
from services.common.erasures import WHOLE_SHOP, former
from services.common.following import Pool

LEASE_SECONDS: Final = 30
"""For so long others leave alone what somebody has taken up; nothing hangs on it, for steps may be done twice."""
LONGEST_PAUSE_SECONDS: Final = 60
SWEEP_SECONDS: Final = 120
"""After the receipt: longer than a key may stay in a cache that missed the broadcast, and a command on its way."""
REQUESTS_KEPT_DAYS: Final = 2

Connection = AsyncConnection[Any]

_PERSON: Final = """
    INSERT INTO erasure.erasure
        (shop, number, persons, former, author, asked_at, notification_id, conversation_ids, message_ids)
    SELECT %(shop)s, %(number)s, %(persons)s, %(former)s, %(author)s, %(at)s, %(id)s,
           coalesce(conversations, '{}'), coalesce(offline_messages, '{}')
    FROM (SELECT) AS one LEFT JOIN erasure.request ON request.shop = %(shop)s AND command = %(command)s
    ON CONFLICT DO NOTHING
"""
_FORGET_REQUESTS: Final = """
    DELETE FROM erasure.request
    WHERE (shop, command) = (%s, %s) OR asked_at < now() - make_interval(days => %s)
"""
_SHOP: Final = """
    INSERT INTO erasure.erasure (shop, number, persons, former, author, asked_at, notification_id)
    VALUES (%s, %s, '{}', '{}', %s, %s, %s) ON CONFLICT DO NOTHING
"""
_RETENTION: Final = """
    INSERT INTO erasure.retention (shop, notification_id) VALUES (%s, %s)
    ON CONFLICT (shop) DO UPDATE SET notification_id = excluded.notification_id, next_at = now()
"""
_TAKE: Final = """
    UPDATE erasure.erasure SET attempts = attempts + 1, next_at = now() + make_interval(secs => %s)
    WHERE (shop, number) = (
        SELECT shop, number FROM erasure.erasure WHERE swept_at IS NULL AND next_at <= now()
        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING shop, number, persons, asked_at, notification_id, conversation_ids, message_ids,
              keys_at, rows_at, files_at, mails_at, done_at, attempts
"""
_NOTE: Final = SQL("UPDATE erasure.erasure SET {changes} WHERE shop = %(shop)s AND number = %(number)s")
_TAKE_RETENTION: Final = """
    UPDATE erasure.retention SET next_at = now() + make_interval(secs => %s)
    WHERE shop = (
        SELECT shop FROM erasure.retention WHERE next_at <= now() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING shop, notification_id
"""
_RETENTION_DONE: Final = "DELETE FROM erasure.retention WHERE shop = %s AND notification_id = %s"


class Erasure(Struct, kw_only=True):
    """One that was taken up. Steps are done when their time is set."""

    shop: str
    number: int
    persons: list[str]
    asked_at: datetime
    notification_id: int
    conversation_ids: list[UUID]
    message_ids: list[UUID]
    keys_at: datetime | None
    rows_at: datetime | None
    files_at: datetime | None
    mails_at: datetime | None
    done_at: datetime | None
    attempts: int

    @property
    def whole_shop(self) -> bool:
        return self.number == WHOLE_SHOP


async def write_down_person(connection: Connection, event: PersonErased, notification_id: int) -> None:
    """Persons are to be erased; what the gateway found of them when it was asked is taken over from its request."""
    command = event.command.id if event.command else ""
    values = {
        "shop": event.shop,
        "number": event.number,
        "persons": event.persons,
        "former": [former(event.shop, person) for person in event.persons],
        "author": event.author,
        "at": event.timestamp,
        "id": notification_id,
        "command": command,
    }
    await connection.execute(_PERSON, values)
    await connection.execute(_FORGET_REQUESTS, [event.shop, command, REQUESTS_KEPT_DAYS])


async def write_down_shop(connection: Connection, event: ShopRemoved, notification_id: int) -> None:
    """All of a shop is to be erased."""
    values = [event.shop, WHOLE_SHOP, event.author, event.timestamp, notification_id]
    await connection.execute(_SHOP, values)


async def write_down_retention(connection: Connection, shop: str, notification_id: int) -> None:
    """Retention has removed what was too old, as soon as history comes to this event."""
    await connection.execute(_RETENTION, [shop, notification_id])


async def take(pool: Pool) -> Erasure | None:
    """Take up the erasure that has waited longest, if one is due."""
    async with pool.connection() as connection, connection.cursor(row_factory=kwargs_row(Erasure)) as cursor:
        return await (await cursor.execute(_TAKE, [LEASE_SECONDS])).fetchone()


async def note(pool: Pool, erasure: Erasure, **columns: Any) -> None:
    """Note what was done."""
    changes = SQL(", ").join(SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in columns)
    await _change(pool, erasure, changes, columns)


async def later(pool: Pool, erasure: Erasure, seconds: float, error: str | None = None) -> None:
    """Go on after a while; `error` says what was in the way, in a constant sentence."""
    changes = SQL("next_at = now() + make_interval(secs => %(seconds)s), error = %(error)s").format()
    await _change(pool, erasure, changes, {"seconds": seconds, "error": error})


async def take_retention(pool: Pool) -> tuple[str, int] | None:
    """A shop in which persons may have nothing left, and the event that said so."""
    async with pool.connection() as connection:
        return await (await connection.execute(_TAKE_RETENTION, [LEASE_SECONDS])).fetchone()


async def retention_done(pool: Pool, shop: str, notification_id: int) -> None:
    """Nothing more is to be done, unless a newer event came meanwhile."""
    async with pool.connection() as connection:
        await connection.execute(_RETENTION_DONE, [shop, notification_id])


async def _change(pool: Pool, erasure: Erasure, changes: Composed, values: dict[str, Any]) -> None:
    values = {**values, "shop": erasure.shop, "number": erasure.number}
    async with pool.connection() as connection:
        await connection.execute(_NOTE.format(changes=changes), values)
