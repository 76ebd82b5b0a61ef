"""The Desk's state, and how each of its events changes it."""

from datetime import datetime, timedelta

from contracts.conversations.events import (
    ChannelClosed,
    ChannelOpened,
    ChannelReleased,
    ConversationAdmitted,
    ConversationLinedUp,
    ConversationMoved,
    ConversationPassedOver,
    ConversationPutAway,
    DeskClosed,
    DeskEvent,
    DeskOpened,
    OperatorMarkedAway,
    OperatorMarkedBack,
    OperatorWentOffline,
    OperatorWentOnline,
    RetentionApplied,
    RulesChanged,
    VisitorMarkedAway,
    VisitorMarkedBack,
    VisitorReidentified,
    VisitorTurnedAway,
)
from contracts.conversations.settings import DeskRules
from services.conversations.domain.aggregate import Aggregate
from services.conversations.domain.channels import Channels
from services.conversations.domain.seats import Seats
from services.conversations.domain.snapshots import Attendance, DeskSnapshot, Seat

COMMANDS_KEPT = 512
RETENTION_EVERY = timedelta(days=1)
RETENTION_AFTER_CHANGE = timedelta(hours=1)
"""So long a slip of the pen can be taken back: what is deleted does not come again."""
TURNED_AWAY_KEPT = 10_000
"""Visitors of the current hour; beyond, the first of them may be counted twice."""


class DeskState(Aggregate):
    """`operators` are those who are online, and those who left but still hold conversations."""

    def reset(self) -> None:
        self.rules = DeskRules()
        self.operators: dict[str, Attendance] = {}
        self.channels = Channels()
        self.seats = Seats()
        self.turned_away_hour = 0
        self.turned_away: dict[str, None] = {}
        self.retention_at: datetime | None = None
        self.closed = False

    def is_online(self, operator: str | None) -> bool:
        """Whether an operator has gone online and not left, away or not."""
        found = self.operators.get(operator) if operator is not None else None
        return found is not None and found.online

    def is_there(self, operator: str | None) -> bool:
        """Online, and not away."""
        found = self.operators.get(operator) if operator is not None else None
        return found is not None and found.online and found.away_since is None

    def apply(self, event: DeskEvent) -> None:  # noqa: C901 - one case an event
        at = event.timestamp
        match event:
            case DeskOpened() | RulesChanged():
                if event.rules.retention != self.rules.retention:
                    self.retention_at = at + RETENTION_AFTER_CHANGE
                self.rules = event.rules
            case RetentionApplied():
                self.retention_at = at + RETENTION_EVERY
            case DeskClosed():
                self.closed = True
            case OperatorWentOnline():
                self._come_online(event)
            case OperatorWentOffline():
                self._leave(event)
            case OperatorMarkedAway():
                self.operators[event.operator].away_since = at
                self.channels.set_aside(event.operator)
            case OperatorMarkedBack():
                self.operators[event.operator].away_since = None
                self.channels.bring_back(event.operator)
            case ChannelOpened():
                ready = self.is_there(event.operator)
                self.channels.add(event.channel, event.operator, reopens=event.reopens, ready=ready)
            case ChannelClosed():
                self.channels.close(event.channel)
            case ConversationAdmitted():
                self.channels.occupy(event.channel, event.conversation)
                seat = Seat(event.visitor, event.origin, "open", at, event.channel, event.operator)
                self.seats.sit(event.conversation, seat)
            case ConversationLinedUp():
                self.seats.sit(event.conversation, Seat(event.visitor, event.origin, "waiting", at))
            case ConversationPassedOver():
                self.seats.finish(event.conversation, at)
            case ChannelReleased():
                self._vacate(event.channel, closed=event.closed)
                self.seats.finish(event.conversation, at)
            case ConversationMoved():
                self._move(event)
            case ConversationPutAway():
                self.seats.remove(event.conversation)
            case VisitorReidentified():
                self.seats.rename(event.conversation, event.visitor)
            case VisitorTurnedAway():
                self._note_turned_away(event)
            case VisitorMarkedAway():
                self.seats.all[event.conversation].away_since = at
            case VisitorMarkedBack():
                self.seats.all[event.conversation].away_since = None
        if event.command is not None:
            self.forget_old_commands(COMMANDS_KEPT)

    def _come_online(self, event: OperatorWentOnline) -> None:
        if not self.is_online(event.operator):
            self.operators[event.operator] = Attendance(since=event.timestamp)
            self.channels.keep_all_of(event.operator)
        ready = self.is_there(event.operator)
        for number in event.channels:
            self.channels.add(number, event.operator, reopens=event.reopens, ready=ready)

    def _leave(self, event: OperatorWentOffline) -> None:
        if self.is_online(event.operator):
            self.operators[event.operator] = Attendance(since=event.timestamp, online=False)
            self.channels.close_all_of(event.operator)
            self._forget_if_gone(event.operator)

    def _vacate(self, number: int, *, closed: bool) -> None:
        operator = self.channels.open[number].operator
        self.channels.release(number, closed=closed, ready=self.is_there(operator))
        self._forget_if_gone(operator)

    def _move(self, event: ConversationMoved) -> None:
        self._vacate(event.from_channel, closed=event.closed)
        self.channels.occupy(event.channel, event.conversation)
        seat = self.seats.all[event.conversation]
        seat.channel, seat.operator = event.channel, event.operator

    def _forget_if_gone(self, operator: str) -> None:
        if not self.is_online(operator) and not self.channels.holds_any(operator):
            self.operators.pop(operator, None)

    def _note_turned_away(self, event: VisitorTurnedAway) -> None:
        hour = hour_of(event.timestamp.timestamp())
        if hour != self.turned_away_hour:
            self.turned_away_hour = hour
            self.turned_away = {}
        if len(self.turned_away) >= TURNED_AWAY_KEPT:
            del self.turned_away[next(iter(self.turned_away))]
        self.turned_away[event.visitor] = None

    def snapshot(self) -> DeskSnapshot:
        return DeskSnapshot(
            rules=self.rules,
            next_channel=self.channels.next_number,
            operators=self.operators,
            channels=self.channels.open,
            free=self.channels.in_order(),
            seats=self.seats.all,
            line=list(self.seats.line),
            turned_away_hour=self.turned_away_hour,
            turned_away=list(self.turned_away),
            retention_at=self.retention_at,
            closed=self.closed,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: DeskSnapshot) -> None:
        self.rules = snapshot.rules
        self.operators = snapshot.operators
        absent = {operator for operator in snapshot.operators if not self.is_there(operator)}
        self.channels.restore(snapshot.channels, snapshot.free, snapshot.next_channel, absent)
        self.seats.restore(snapshot.seats, snapshot.line)
        self.turned_away_hour = snapshot.turned_away_hour
        self.turned_away = dict.fromkeys(snapshot.turned_away)
        self.retention_at, self.closed = snapshot.retention_at, snapshot.closed


def hour_of(timestamp: float) -> int:
    """The hour since 1970 that an instant (Unix time, s) lies in."""
    return int(timestamp) // 3600
