"""From the log to replies that are to reach visitors who have left: written down in the transaction that moves the
position.

What operators say is read only in partitions in which somebody is absent who can be reached: everywhere else a reader
looks for nothing but who comes and goes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from psycopg import AsyncConnection

from contracts.conversations.events import (
    ConversationArchived,
    ConversationDeleted,
    ConversationEnded,
    ConversationReopened,
    Event,
    MessageSaid,
    VisitorBlocked,
    VisitorMarkedAway,
    VisitorMarkedBack,
)
from contracts.ids import NAMESPACE
from contracts.logs import AnyEvent
from services.common.sieve import Found
from services.notifier.push.policy import names
from services.notifier.replies.reach import Reach, reach
from services.notifier.replies.words import GOT, READ, unread

GOOD_FOR: Final = timedelta(days=1)
"""What is found later than that is passed over: whoever waited has asked again, or elsewhere."""
_PRESENCE: Final[tuple[type[Event], ...]] = (
    VisitorMarkedAway,
    VisitorMarkedBack,
    VisitorBlocked,
    ConversationEnded,
    ConversationReopened,
    ConversationArchived,
    ConversationDeleted,
)
NAMES: Final = names(_PRESENCE)
_TALK_NAMES: Final = names([MessageSaid])

_ANYBODY: Final = "SELECT EXISTS (SELECT FROM push.absent_visitor WHERE partition = %s AND NOT blocked)"
_ABSENT: Final = "SELECT conversation, blocked FROM push.absent_visitor WHERE conversation = ANY (%s)"
_AWAY: Final = """
    INSERT INTO push.absent_visitor (conversation, shop, partition) VALUES (%s, %s, %s)
    ON CONFLICT (conversation) DO UPDATE SET since = now()
"""
_BACK: Final = "DELETE FROM push.absent_visitor WHERE conversation = ANY (%s) AND NOT blocked"
_BLOCKED: Final = """
    INSERT INTO push.absent_visitor (conversation, shop, partition, blocked) VALUES (%s, %s, %s, true)
    ON CONFLICT (conversation) DO UPDATE SET blocked = true
"""
_UNWANTED: Final = (
    "DELETE FROM mail.unread WHERE conversation = %s",
    "UPDATE push.reply SET status = 'dropped' WHERE conversation = %s AND status = 'pending'",
)
_LATER: Final = """
    INSERT INTO mail.unread (conversation, shop, person, due_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (conversation) DO UPDATE SET due_at = least(unread.due_at, excluded.due_at)
"""
_WAITING: Final = """
    UPDATE push.reply SET seq = greatest(seq, %(seq)s)
    WHERE conversation = %(conversation)s AND subscription = ANY (%(browsers)s) AND status = 'pending'
    RETURNING subscription
"""
_PUSH: Final = """
    INSERT INTO push.reply (id, shop, conversation, seq, subscription) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (id) DO NOTHING
"""

Connection = AsyncConnection[Any]


class Reply(NamedTuple):
    """The operators' words of a conversation that are new to a visitor who has left: when the first was said, and the
    number of the last."""

    since: datetime
    seq: int


class Absent:
    """Of which conversations the visitor is absent, event by event."""

    def __init__(self, before: Iterable[tuple[UUID, bool]]) -> None:
        """`before`: the conversations whose visitors were absent, and which of those are blocked."""
        told = list(before)
        self.now = {id_ for id_, blocked in told if not blocked}
        self.blocked = {id_ for id_, blocked in told if blocked}
        self.left: dict[UUID, str] = {}
        """Of whom it is to be looked at what they have not read, with the party whose mark counts."""
        self.said: dict[UUID, Reply] = {}

    def apply(self, event: AnyEvent) -> None:
        match event:
            case VisitorMarkedAway():
                self.now.add(event.conversation)
                self.left[event.conversation] = READ
            case ConversationEnded() if event.by != "visitor":  # who sees it coming in has not left
                self.left.setdefault(event.originator_id, READ if event.originator_id in self.now else GOT)
                self.now.discard(event.originator_id)
            case VisitorMarkedBack():
                self.now.discard(event.conversation)
                self.left.pop(event.conversation, None)
            case VisitorBlocked():
                self.blocked.add(event.conversation)
            case MessageSaid() if event.sender == "operator" and event.originator_id in self.now:
                since = self.said[event.originator_id].since if event.originator_id in self.said else event.timestamp
                self.said[event.originator_id] = Reply(since, event.originator_version)
            case ConversationEnded() | ConversationReopened() | ConversationArchived() | ConversationDeleted():
                self.now.discard(event.originator_id)


class Replies:
    """Notes them."""

    def __init__(self, mail_after: float) -> None:
        """`mail_after`: for how many seconds a word stays unread before a mail goes."""
        self._mail_after = timedelta(seconds=mail_after)

    async def also(self, connection: Connection, partition: int, found: Found) -> Iterable[str]:
        """What is said, too, as soon as somebody is absent; see `Sieve`."""
        if any(isinstance(event, VisitorMarkedAway) for _, event in found):
            return _TALK_NAMES
        row = await (await connection.execute(_ANYBODY, [partition])).fetchone()
        return _TALK_NAMES if row and row[0] else ()

    async def note(self, connection: Connection, partition: int, found: Found) -> int:
        """Write down who is absent now, and what is to reach them. Returns of how many conversations."""
        events = [event for _, event in found if isinstance(event, (*_PRESENCE, MessageSaid))]
        about = {_conversation_of(event) for event in events}
        if not about:
            return 0
        before = await (await connection.execute(_ABSENT, [list(about)])).fetchall()
        absent = Absent(before)
        for event in events:
            absent.apply(event)
        reached = await reach(connection, partition, {*absent.left, *absent.said} - absent.blocked)
        for conversation, party in absent.left.items():
            if conversation in reached and (words := await _unread(connection, reached, conversation, party)):
                absent.said[conversation] = words
        await _write_absences(connection, partition, absent, {id_ for id_, _ in before}, events, reached)
        new = {id_: reply for id_, reply in absent.said.items() if id_ in reached and _is_fresh(reply)}
        for conversation, reply in new.items():
            await self._write(connection, conversation, reply, reached[conversation])
        return len(new)

    async def _write(self, connection: Connection, conversation: UUID, reply: Reply, to: Reach) -> None:
        if to.mail:
            due = reply.since + self._mail_after
            await connection.execute(_LATER, [conversation, to.shop, to.person, due])
        if to.browsers:
            place = {"seq": reply.seq, "conversation": conversation, "browsers": to.browsers}
            waiting = {row[0] for row in await (await connection.execute(_WAITING, place)).fetchall()}
            for browser in to.browsers:
                if browser not in waiting:
                    id_ = reply_id(conversation, reply.seq, browser)
                    await connection.execute(_PUSH, [id_, to.shop, conversation, reply.seq, browser])


def reply_id(conversation: UUID, seq: int, subscription: UUID) -> UUID:
    """The same word never makes two pushes to a browser."""
    return uuid5(NAMESPACE, f"reply\n{conversation}\n{seq}\n{subscription}")


async def _unread(connection: Connection, reached: dict[UUID, Reach], conversation: UUID, party: str) -> Reply | None:
    parties = (READ,) if party == READ else (READ, GOT)
    words = await unread(connection, reached[conversation].shop, conversation, *parties)
    return Reply(words[0].timestamp, words[-1].originator_version) if words else None


async def _write_absences(
    connection: Connection,
    partition: int,
    absent: Absent,
    before: set[UUID],
    events: list[AnyEvent],
    reached: dict[UUID, Reach],
) -> None:
    if gone := before - absent.now:
        await connection.execute(_BACK, [list(gone)])
    for conversation in absent.left.keys() & absent.now & reached.keys():
        await connection.execute(_AWAY, [conversation, reached[conversation].shop, partition])
    for event in events:
        if isinstance(event, VisitorBlocked):
            await connection.execute(_BLOCKED, [event.conversation, event.shop, partition])
            for statement in _UNWANTED:
                await connection.execute(statement, [event.conversation])


def _conversation_of(event: AnyEvent) -> UUID:
    of_desk = VisitorMarkedAway | VisitorMarkedBack | VisitorBlocked
    return event.conversation if isinstance(event, of_desk) else event.originator_id


def _is_fresh(reply: Reply) -> bool:
    return datetime.now(UTC) - reply.since < GOOD_FOR
