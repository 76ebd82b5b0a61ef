"""Reads the log for what is to be erased, and writes it down: rows and position in one transaction."""

from collections.abc import Callable
from typing import Any, Final

from psycopg import AsyncConnection

from contracts.conversations.events import ConversationDeleted, PersonErased, RetentionApplied, ShopRemoved
from contracts.logs import AnyEvent
from services.common.following import Pool
from services.common.positions import Positions
from services.common.sieve import Found, Sieve
from services.projections.erasing import book, files

NAME: Final = "eraser"
POSITIONS: Final = Positions("erasure.position")

Connection = AsyncConnection[Any]

_OURS: Final = ("shop.person_erased", "shop.removed", "desk.retention_applied", "conversation.deleted")


def intake(pool: Pool, found_some: Callable[[], None]) -> Sieve:
    """`pool` is that of the log; `found_some` is called when something was written down."""
    return Sieve(pool, POSITIONS, _OURS, _take, lambda _count: found_some())


async def _take(connection: Connection, _partition: int, found: Found) -> None:
    for notification_id, event in found:
        await _write_down(connection, event, notification_id)


async def _write_down(connection: Connection, event: AnyEvent, notification_id: int) -> None:
    match event:
        case PersonErased():
            await book.write_down_person(connection, event, notification_id)
        case ShopRemoved():
            await book.write_down_shop(connection, event, notification_id)
        case RetentionApplied():
            await book.write_down_retention(connection, event.shop, notification_id)
        case ConversationDeleted():
            await files.conversation_deleted(connection, event.shop, event.originator_id)
        case _:
            raise AssertionError("no other event was asked for")
