"""Reads the log for what is to be erased, and writes it down: rows and position in one transaction."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.conversations.events import AnyEvent, PersonErased, RetentionApplied, ShopRemoved
from contracts.envelope import event_id
from services.common import log_pages
from services.common.following import Pool, Step
from services.common.positions import Positions
from services.projections.erasing import book

NAME: Final = "eraser"
WINDOW: Final = 50_000
"""Notification ids that are looked through at once; hardly any of them is ours."""
POSITIONS: Final = Positions("erasure.position")

Connection = AsyncConnection[Any]

# Whatever the version: one of a newer release must stop this reader, too.
_OURS: Final = [f"{name}.%" for name in ("shop.person_erased", "shop.removed", "desk.retention_applied")]
_HEAD: Final = SQL("SELECT coalesce(max(notification_id), 0) FROM {table}")
_FOUND: Final = SQL("""
    SELECT notification_id, topic, state FROM {table}
    WHERE notification_id > %s AND notification_id <= %s AND topic LIKE ANY (%s) ORDER BY notification_id
""")


async def advance(pool: Pool, partition: int, found_some: Callable[[], None]) -> Step:
    """Look through the next part of a partition; `found_some` is called when something was written down.

    `pool` is that of the log.

    Raises CannotRead at an event of a newer release, PositionMoved, or psycopg's errors while the database is away.
    """
    table = log_pages.table(partition)
    async with pool.connection() as connection:
        position = await POSITIONS.hold(connection, partition)
        if position is None:
            return Step.BUSY
        row = await (await connection.execute(_HEAD.format(table=table))).fetchone()
        head = row[0] if row else 0
        if head <= position:
            return Step.CAUGHT_UP
        upto = min(head, position + WINDOW)
        found = await connection.execute(_FOUND.format(table=table), [position, upto, _OURS])
        rows = await found.fetchall()
        for notification_id, topic, state in rows:
            await _write_down(connection, _decoded(partition, notification_id, topic, state), notification_id)
        await POSITIONS.move(connection, partition, expected=position, to=upto)
    if rows:
        found_some()
    return Step.MORE if upto < head else Step.CAUGHT_UP


async def _write_down(connection: Connection, event: AnyEvent, notification_id: int) -> None:
    match event:
        case PersonErased():
            await book.write_down_person(connection, event, notification_id)
        case ShopRemoved():
            await book.write_down_shop(connection, event, notification_id)
        case RetentionApplied():
            await book.write_down_retention(connection, event.shop, notification_id)
        case _:
            raise AssertionError("no other event was asked for")


def _decoded(partition: int, notification_id: int, topic: str, state: bytes) -> AnyEvent:
    try:
        return registry.decode(topic, state)
    except (registry.UnknownEvent, msgspec.MsgspecError) as error:
        name = event_id(subjects.CONVERSATIONS, partition, notification_id)
        raise log_pages.CannotRead(f"Event {name} stops the eraser: {error}.") from None
