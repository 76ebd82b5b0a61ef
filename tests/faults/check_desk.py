"""Each shop's desk, folded anew from its events: the limit, one conversation a channel, agreement with the chats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from contracts.conversations import events as e
from tests.faults.books import Books, Row
from tests.faults.findings import Finding


@dataclass
class Desk:
    """What can be known of a desk from its events; `wrong` collects what should not be."""

    limit: int = 0
    channels: dict[int, UUID | None] = field(default_factory=dict)
    whose: dict[int, str] = field(default_factory=dict)
    line: list[UUID] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def apply(self, event: e.Event) -> None:
        """Take one event; what changes neither channels nor line is nothing of ours."""
        self._apply_to_channels(event)
        self._apply_to_conversations(event)

    def _apply_to_channels(self, event: e.Event) -> None:
        match event:
            case e.DeskOpened() | e.RulesChanged():
                self.limit = event.rules.limit
            case e.OperatorWentOnline():
                for channel in event.channels:
                    self._open(channel, event.operator)
            case e.ChannelOpened():
                self._open(event.channel, event.operator)
            case e.ChannelClosed():
                self._close(event.channel)
            case e.OperatorWentOffline():
                for channel in [number for number, whose in self.whose.items() if whose == event.operator]:
                    self._close(channel)
            case _:
                pass

    def _apply_to_conversations(self, event: e.Event) -> None:
        match event:
            case e.ConversationLinedUp():
                self.line.append(event.conversation)
            case e.ConversationPassedOver():
                self._leave_line(event.conversation)
            case e.ConversationAdmitted():
                self._admit(event)
            case e.ChannelReleased():
                self._leave(event.channel, event.conversation, event.closed)
            case e.ConversationMoved():
                self._leave(event.from_channel, event.conversation, event.closed)
                self._sit(event.channel, event.conversation)
            case _:
                pass

    @property
    def busy(self) -> list[UUID]:
        """Conversations on channels."""
        return [conversation for conversation in self.channels.values() if conversation]

    def _open(self, channel: int, operator: str) -> None:
        if channel in self.channels:
            self.wrong.append(f"channel {channel} opens twice")
        self.channels[channel], self.whose[channel] = None, operator

    def _close(self, channel: int) -> None:
        """A free channel is gone; a busy one goes when its conversation leaves it, with `closed`."""
        if channel in self.channels and self.channels[channel] is None:
            del self.channels[channel]

    def _admit(self, event: e.ConversationAdmitted) -> None:
        if event.conversation in self.line:
            self._leave_line(event.conversation)
        self._sit(event.channel, event.conversation)
        if len(self.busy) > self.limit:
            self.wrong.append(f"excess: {len(self.busy)} busy with a limit of {self.limit}")

    def _sit(self, channel: int, conversation: UUID) -> None:
        if conversation in self.channels.values():
            self.wrong.append(f"{conversation} sits on two channels")
        if channel not in self.channels:
            self.wrong.append(f"channel {channel} is taken and was never opened")
        elif self.channels[channel] is not None:
            self.wrong.append(f"two conversations on channel {channel}")
        self.channels[channel] = conversation

    def _leave(self, channel: int, conversation: UUID, closed: bool) -> None:
        if self.channels.get(channel) != conversation:
            self.wrong.append(f"channel {channel} is left by {conversation}, which did not sit there")
        self.channels[channel] = None
        if closed:
            del self.channels[channel]

    def _leave_line(self, conversation: UUID) -> None:
        if conversation not in self.line:
            self.wrong.append(f"{conversation} leaves a line in which it did not stand")
        else:
            self.line.remove(conversation)


@dataclass
class Chat:
    """Where a conversation stands by its own events."""

    status: str = "started"
    channel: int | None = None

    def apply(self, event: e.Event) -> None:
        """Take one event."""
        match event:
            case e.ConversationQueued():
                self.status = "waiting"
            case e.OperatorAssigned() | e.ConversationTransferred():
                self.status, self.channel = "open", event.channel
            case e.ConversationEnded() | e.ConversationLeftLine():
                self.status = "ended"
            case e.ConversationArchived():
                self.status = "archived"
            case _:
                pass


def check_desks(books: Books) -> Iterator[Finding]:
    """The limit and the channels at every version of every desk, and in the end the same in both kinds of books."""
    desks: dict[str, Desk] = {}
    chats: dict[str, dict[UUID, Chat]] = {}
    for rows in books.by_aggregate.values():
        shop = rows[0].event.shop
        if isinstance(rows[0].event, e.DeskOpened):
            desks[shop] = _fold(rows)
            yield from (Finding("desk", f"{shop}: {wrong}") for wrong in desks[shop].wrong)
        elif isinstance(rows[0].event, e.ConversationStarted):
            chat = chats.setdefault(shop, {})[rows[0].aggregate] = Chat()
            for row in rows:
                chat.apply(row.event)
    for shop in sorted({*desks, *chats}):
        yield from _agree(shop, desks.get(shop, Desk()), chats.get(shop, {}))


def _fold(rows: list[Row]) -> Desk:
    desk = Desk()
    for row in rows:
        before = len(desk.wrong)
        desk.apply(row.event)
        desk.wrong[before:] = [f"version {row.version}: {wrong}" for wrong in desk.wrong[before:]]
    return desk


def _agree(shop: str, desk: Desk, chats: dict[UUID, Chat]) -> Iterator[Finding]:
    by_desk = {conversation: channel for channel, conversation in desk.channels.items() if conversation}
    by_chats = {id_: chat.channel for id_, chat in chats.items() if chat.status == "open"}
    if by_desk != by_chats:
        yield Finding("desk", f"{shop}: on channels {_named(by_desk)}, open {_named(by_chats)}")
    waiting = {id_ for id_, chat in chats.items() if chat.status == "waiting"}
    if waiting != set(desk.line):
        yield Finding("desk", f"{shop}: in line {_named(desk.line)}, waiting {_named(waiting)}")


def _named(conversations: object) -> str:
    return str(conversations).replace("UUID", "")
