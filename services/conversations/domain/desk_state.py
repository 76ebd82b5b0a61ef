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
    HandoverAsked,
    HandoverDropped,
    HoursBegan,
    HoursEnded,
    OperatorMarkedAway,
    OperatorMarkedBack,
    OperatorWentOffline,
    OperatorWentOnline,
    RetentionApplied,
    RulesChanged,
    VisitorBlocked,
    VisitorMarkedAway,
    VisitorMarkedBack,
    VisitorReidentified,
    VisitorTurnedAway,
    VisitorUnblocked,
)
from contracts.conversations.settings import DeskRules
from services.common.eventlog.aggregate import Aggregate
from services.conversations.domain.blocks import Blocks
from services.conversations.domain.channels import Channels
from services.conversations.domain.handovers import Handovers
from services.conversations.domain.seats import Seats
from services.conversations.domain.snapshots import Attendance, DeskSnapshot, Seat
from services.conversations.domain.timetable import Timetable
from services.conversations.domain.turns import Turns

COMMANDS_KEPT = 512
RETENTION_EVERY = timedelta(days=1)
RETENTION_AFTER_CHANGE = timedelta(hours=1)
"""So long a slip of the pen can be taken back: what is deleted does not come again."""
TURNED_AWAY_KEPT = 10_000
"""Visitors of the current hour; beyond, the first of them may be counted twice."""


class DeskState(Aggregate):
    """`operators` are those who are online, and those who left but still hold conversations.

    `open`: by the opening hours, as the log says; `timetable` and `departments` come of the rules.
    """

    def reset(self) -> None:
        self.operators: dict[str, Attendance] = {}
        self.channels = Channels()
        self.seats = Seats()
        self.turns = Turns()
        self.handovers = Handovers()
        self.blocks = Blocks()
        self.open = True
        self.turned_away_hour = 0
        self.turned_away: dict[str, None] = {}
        self.retention_at: datetime | None = None
        self.closed = False
        self._follow(DeskRules())

    def _follow(self, rules: DeskRules) -> None:
        self.rules = rules
        self.timetable = Timetable(rules.hours, rules.time_zone)
        self.departments = {one.id: frozenset(one.operators) for one in rules.departments}
        self.turns.arrange(rules.departments)
        self.seats.line.arrange(self.departments)

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
                self._follow(event.rules)
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
                self._settle(event.operator)
            case OperatorMarkedBack():
                self.operators[event.operator].away_since = None
                self.turns.put_last(event.operator, event.originator_version)
                self._settle(event.operator)
            case ChannelOpened():
                self.channels.add(event.channel, event.operator, reopens=event.reopens)
                self._settle(event.operator)
            case ChannelClosed():
                operator = self.channels.open[event.channel].operator
                self.channels.close(event.channel)
                self._settle(operator)
            case ConversationAdmitted():
                self._occupy(event)
                seat = Seat(event.visitor, event.origin, "open", at, event.channel, event.operator)
                seat.department = event.department
                self.seats.sit(event.conversation, seat)
            case ConversationLinedUp():
                seat = Seat(event.visitor, event.origin, "waiting", at, department=event.department)
                self.seats.sit(event.conversation, seat)
            case ConversationPassedOver():
                self.seats.finish(event.conversation, at)
            case ChannelReleased():
                self._vacate(event, event.channel)
                self.seats.finish(event.conversation, at)
            case ConversationMoved():
                self._move(event)
            case HandoverAsked():
                self.handovers.ask(event.conversation, event.department, event.originator_version)
            case HandoverDropped():
                self.handovers.drop(event.conversation)
            case ConversationPutAway():
                self.seats.remove(event.conversation)
            case VisitorReidentified():
                self.seats.rename(event.conversation, event.visitor)
            case VisitorTurnedAway():
                self._note_turned_away(event)
            case VisitorMarkedAway():
                self.seats.mark_away(event.conversation, at)
            case VisitorMarkedBack():
                self.seats.mark_away(event.conversation, None)
            case VisitorBlocked():
                self.blocks.add(event.visitor, event.origin)
            case VisitorUnblocked():
                self.blocks.remove(event.visitor)
            case HoursBegan() | HoursEnded():
                self.open = isinstance(event, HoursBegan)
        if event.command is not None:
            self.forget_old_commands(COMMANDS_KEPT)

    def _come_online(self, event: OperatorWentOnline) -> None:
        if not self.is_online(event.operator):
            self.operators[event.operator] = Attendance(since=event.timestamp)
            self.turns.put_last(event.operator, event.originator_version)
            self.channels.keep_all_of(event.operator)
        for number in event.channels:
            self.channels.add(number, event.operator, reopens=event.reopens)
        self._settle(event.operator)

    def _leave(self, event: OperatorWentOffline) -> None:
        if self.is_online(event.operator):
            self.operators[event.operator] = Attendance(since=event.timestamp, online=False)
            self.turns.leave(event.operator)
            self.channels.close_all_of(event.operator)
            self._settle(event.operator)

    def _occupy(self, event: ConversationAdmitted | ConversationMoved) -> None:
        self.channels.occupy(event.channel, event.conversation)
        if self.is_online(event.operator):
            self.turns.put_last(event.operator, event.originator_version)
        self._settle(event.operator)

    def _vacate(self, event: ChannelReleased | ConversationMoved, number: int) -> None:
        operator = self.channels.open[number].operator
        self.handovers.drop(event.conversation)
        self.channels.release(number, closed=event.closed)
        if self.is_online(operator) and not self.channels.holds_any(operator):
            self.turns.put_last(operator, event.originator_version)
        self._settle(operator)

    def _move(self, event: ConversationMoved) -> None:
        self._vacate(event, event.from_channel)
        self._occupy(event)
        seat = self.seats.all[event.conversation]
        seat.channel, seat.operator = event.channel, event.operator

    def _settle(self, operator: str) -> None:
        """After what may have changed whether an operator can take a conversation, or is still of this desk."""
        if self.is_online(operator):
            free = self.channels.longest_free_of(operator) is not None
            self.turns.set_ready(operator, ready=free and self.is_there(operator))
        elif not self.channels.holds_any(operator):
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
            turns=self.turns.turns,
            handovers=list(self.handovers.all.items()),
            blocked=self.blocks.all,
            open=self.open,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: DeskSnapshot) -> None:
        self._follow(snapshot.rules)
        self.operators = snapshot.operators
        self.channels.restore(snapshot.channels, snapshot.free, snapshot.next_channel)
        self.seats.restore(snapshot.seats, snapshot.line)
        for operator, there in snapshot.operators.items():
            if there.online:
                self.turns.put_last(operator, snapshot.turns.get(operator, 0))
                self._settle(operator)
        for number, (conversation, department) in enumerate(snapshot.handovers):
            self.handovers.ask(conversation, department, number)
        self.blocks = Blocks(snapshot.blocked)
        self.open = snapshot.open
        self.turned_away_hour = snapshot.turned_away_hour
        self.turned_away = dict.fromkeys(snapshot.turned_away)
        self.retention_at, self.closed = snapshot.retention_at, snapshot.closed


def hour_of(timestamp: float) -> int:
    """The hour since 1970 that an instant (Unix time, s) lies in."""
    return int(timestamp) // 3600
