"""Which of the operators' words a visitor has not read, as the log and the read marks say."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import Event, MessageSaid
from contracts.logs import AnyEvent
from services.common.log_pages import table_of

_MARKS: Final = "SELECT party, upto FROM marks.read_mark WHERE shop = %s AND conversation = %s AND party = ANY (%s)"
_MAILED: Final = "SELECT coalesce(max(seq), 0) FROM mail.mail WHERE aggregate = %s AND kind = 'unread' AND seq < %s"
_SAID: Final = SQL("""
    SELECT topic, state FROM {}
    WHERE originator_id = %s AND originator_version > %s AND topic LIKE 'conversation.message_said.%%'
    ORDER BY originator_version
""")
READ: Final = "visitor"
GOT: Final = "visitor:received"
END: Final = 2**31 - 1

Connection = AsyncConnection[Any]


async def unread(connection: Connection, shop: str, conversation: UUID, *parties: str) -> list[MessageSaid]:
    """Sealed, in order: what the visitor has not read; with `GOT`, what has not even come to their browser."""
    after = await mark(connection, shop, conversation, *(parties or (READ,)))
    rows = await (await connection.execute(_SAID.format(table_of(shop)), [conversation, after])).fetchall()
    return unread_of((registry.decode(topic, bytes(state)) for topic, state in rows), after)


async def unmailed(connection: Connection, shop: str, conversation: UUID) -> list[MessageSaid]:
    """Of those, what no mail was written down for yet."""
    mailed = await mailed_before(connection, conversation)
    return [word for word in await unread(connection, shop, conversation) if word.originator_version > mailed]


async def mark(connection: Connection, shop: str, conversation: UUID, *parties: str) -> int:
    """How far they are."""
    rows = await (await connection.execute(_MARKS, [shop, conversation, list(parties)])).fetchall()
    return max((upto for _, upto in rows), default=0)


async def mailed_before(connection: Connection, conversation: UUID, seq: int = END) -> int:
    """Up to where mails tell that are older than the one for `seq`."""
    row = await (await connection.execute(_MAILED, [conversation, seq])).fetchone()
    return int(row[0]) if row else 0


def unread_of(events: Iterable[Event | AnyEvent], after: int) -> list[MessageSaid]:
    """The operators' words behind `after` and behind the visitor's own last: who writes has read what stands there."""
    words: list[MessageSaid] = []
    for event in events:
        if isinstance(event, MessageSaid) and event.sender == "visitor":
            words.clear()
        elif isinstance(event, MessageSaid) and event.sender == "operator" and event.originator_version > after:
            words.append(event)
    return words
