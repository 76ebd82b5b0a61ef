"""Clears read tables of what nobody may read any more, and counts what the log has of it."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL, Composable

from contracts import registry, subjects
from contracts.conversations.events import ConversationStarted, OfflineMessageLeft
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.log_pages import table_of
from services.common.person_keys import Unreadable, open_fields
from services.projections.erasing.book import Erasure

HISTORY_POSITION: Final = """
    SELECT notification_id FROM projection_position
    WHERE projection = 'history' AND log = %s AND partition = %s
"""

Connection = AsyncConnection[Any]

_CONVERSATIONS: Final = (
    "SELECT id FROM rm_conversation WHERE shop = %(shop)s AND (%(all)s OR person = ANY (%(persons)s))"
)
_MESSAGES: Final = "SELECT id FROM rm_offline_message WHERE shop = %(shop)s AND (%(all)s OR person = ANY (%(persons)s))"
# Rows of conversations first, as history writes them: what it adds in this very moment is waited for, and seen.
_REMOVE: Final = (
    "DELETE FROM rm_conversation WHERE id = ANY (%(conversations)s)",
    "DELETE FROM rm_message WHERE conversation = ANY (%(conversations)s)",
    "DELETE FROM rm_offline_message WHERE id = ANY (%(offline_messages)s)",
)
_FIRST: Final = SQL("""
    SELECT originator_id, notification_id, topic, state FROM {table}
    WHERE originator_id = ANY (%s) AND originator_version = 1
""")
_COUNT: Final = SQL("SELECT count(*) FROM {table} WHERE originator_id = ANY (%s)")
_COUNT_OF_SHOP: Final = SQL("""
    SELECT count(*),
           count(*) FILTER (WHERE topic LIKE 'conversation.started.%%')
           - count(*) FILTER (WHERE topic LIKE 'conversation.deleted.%%'),
           count(*) FILTER (WHERE topic LIKE 'offline_message.left.%%')
           - count(*) FILTER (WHERE topic LIKE 'offline_message.deleted.%%')
    FROM {table} WHERE position(convert_to(%s, 'UTF8') IN state) > 0
""")
_HOLD: Final = "LOCK TABLE rm_conversation, rm_offline_message IN ACCESS SHARE MODE"
_EXISTING: Final = "SELECT id FROM rm_conversation WHERE shop = %s AND id = ANY (%s)"
_BEGUN_BEFORE: Final = SQL("""
    SELECT originator_id FROM {table}
    WHERE originator_id = ANY (%s) AND originator_version = 1 AND notification_id < %s
""")
_WITH_SOMETHING: Final = """
    SELECT person FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    UNION SELECT person FROM rm_offline_message WHERE shop = %(shop)s AND person = ANY (%(persons)s)
"""


class HistoryBehind(Exception):
    """History has not come to an event yet: nothing is wrong."""


class Found(NamedTuple):
    """Rows of read tables, by the ids of their aggregates."""

    conversations: list[UUID]
    offline_messages: list[UUID]


class Counted(NamedTuple):
    """Events in the log, and what they are of."""

    log_entries: int
    conversations: int
    offline_messages: int


async def history_is_at(pool: Pool, shop: str, notification_id: int) -> bool:
    """Whether history has come to this event of the shop's partition."""
    async with pool.connection() as connection:
        return await _is_at(connection, shop, notification_id)


class Rows:
    """The read tables, and the log that says what in them belongs to whom."""

    def __init__(self, log_pool: Pool, read_pool: Pool, keys: KeyStore) -> None:
        self._log = log_pool
        self._read = read_pool
        self._keys = keys

    async def clear(self, erasure: Erasure) -> Found:
        """Remove what is left of the persons; who came back since keeps what is new. Returns what was found."""
        values = {"shop": erasure.shop, "all": erasure.whole_shop, "persons": erasure.persons}
        async with self._read.connection() as connection:
            conversations = await _ids(connection, _CONVERSATIONS, values)
            messages = await _ids(connection, _MESSAGES, values)
        if not erasure.whole_shop:
            gone = await self.unreadable(erasure, [*conversations, *messages])
            conversations = [one for one in conversations if one in gone]
            messages = [one for one in messages if one in gone]
        async with self._read.connection() as connection:
            for statement in _REMOVE:
                await connection.execute(statement, {"conversations": conversations, "offline_messages": messages})
        return Found(conversations, messages)

    async def with_something(self, shop: str, notification_id: int, persons: list[str]) -> set[str]:
        """Those of the persons of whom read tables hold anything. Raises HistoryBehind if it is not at the event."""
        async with self._read.connection() as connection:
            await _hold_at(connection, shop, notification_id)
            rows = await connection.execute(_WITH_SOMETHING, {"shop": shop, "persons": persons})
            return {person for (person,) in await rows.fetchall()}

    async def existing(self, shop: str, notification_id: int, conversations: list[UUID]) -> set[UUID]:
        """Those of the conversations that read tables have. Raises HistoryBehind if history is not at the event."""
        async with self._read.connection() as connection:
            await _hold_at(connection, shop, notification_id)
            rows = await connection.execute(_EXISTING, [shop, conversations])
            return {conversation for (conversation,) in await rows.fetchall()}

    async def count(self, erasure: Erasure) -> Counted:
        """What there was, and how many events of the log are unreadable blanks now."""
        ids = [*erasure.conversation_ids, *erasure.message_ids]
        async with self._log.connection() as connection:
            if erasure.whole_shop:  # nobody has noted before what there is of a whole shop
                query, parameter = _COUNT_OF_SHOP.format(table=table_of(erasure.shop)), f'"shop":"{erasure.shop}"'
                row = await (await connection.execute(query, [parameter])).fetchone()
                return Counted(*row) if row else Counted(0, 0, 0)
            row = await (await connection.execute(_COUNT.format(table=table_of(erasure.shop)), [ids])).fetchone()
        return Counted(row[0] if row else 0, len(erasure.conversation_ids), len(erasure.message_ids))

    async def unreadable(self, erasure: Erasure, ids: list[UUID]) -> set[UUID]:
        """Those that began before the erasure, or after it under a key that it destroyed."""
        if not ids:
            return set()
        async with self._log.connection() as connection:
            rows = await (await connection.execute(_FIRST.format(table=table_of(erasure.shop)), [ids])).fetchall()
        unreadable = set(ids)
        for aggregate, notification_id, topic, state in rows:
            event = registry.decode(topic, state)
            if not isinstance(event, ConversationStarted | OfflineMessageLeft):
                continue
            if notification_id > erasure.notification_id and await self.opens(event):
                unreadable.discard(aggregate)
        return unreadable

    async def opens(self, event: ConversationStarted | OfflineMessageLeft) -> bool:
        """Whether it is sealed under a key that there is."""
        key = await self._keys.get(event.shop, event.visitor)
        if key is None:
            return False
        try:
            open_fields(event, key)
        except Unreadable:
            return False
        return True


async def _hold_at(connection: Connection, shop: str, notification_id: int) -> None:
    """Until the transaction ends no migration empties the tables. Raises HistoryBehind if one has: what is not in them
    may come again."""
    await connection.execute(_HOLD)
    if not await _is_at(connection, shop, notification_id):
        raise HistoryBehind


async def _is_at(connection: Connection, shop: str, notification_id: int) -> bool:
    place = [subjects.CONVERSATIONS, subjects.partition_of(shop)]
    row = await (await connection.execute(HISTORY_POSITION, place)).fetchone()
    return row is not None and row[0] >= notification_id


async def _ids(connection: Connection, query: str, values: dict[str, Any]) -> list[UUID]:
    return [one for (one,) in await (await connection.execute(query.encode(), values)).fetchall()]


async def begun_before(connection: Connection, table: Composable, event: int, ids: list[UUID]) -> list[UUID]:
    """Those of the aggregates that had begun before an event of the same partition; `connection` is to the log."""
    rows = await connection.execute(_BEGUN_BEFORE.format(table=table), [ids, event])
    return [one for (one,) in await rows.fetchall()]


def merged(*several: Iterable[UUID]) -> list[UUID]:
    """All ids, each once, in order."""
    return sorted({one for some in several for one in some})
