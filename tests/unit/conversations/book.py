"""A desk's book kept the slow and plain way, from its events alone: what each of them must not break."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from contracts.conversations import events as e
from contracts.conversations.settings import DeskRules


@dataclass
class Slot:
    """A channel. `free_since` grows with the desk's version."""

    operator: str
    free_since: int
    conversation: UUID | None = None


@dataclass
class Book:
    """`turn`: of operators online, when each last came, was given something, or became wholly free."""

    rules: DeskRules = field(default_factory=DeskRules)
    open: bool = True
    slots: dict[int, Slot] = field(default_factory=dict)
    turn: dict[str, int] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    line: dict[UUID, str | None] = field(default_factory=dict)
    absent: set[UUID] = field(default_factory=set)
    handovers: dict[UUID, str] = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)

    def read(self, happened: Iterable[e.AnyEvent], moved_by_hand: UUID | None) -> None:
        """What one command has brought about; `moved_by_hand`: the conversation that it moved itself."""
        happened = list(happened)
        reopened = {event.originator_id for event in happened if isinstance(event, e.ConversationReopened)}
        for event in happened:
            if isinstance(event, e.ConversationAdmitted):
                self._check_admitted(event, again=event.conversation in reopened)
            elif isinstance(event, e.ConversationMoved) and event.conversation != moved_by_hand:
                self._check_handed_over(event)
            self._people(event)
            self._chats(event)

    # What must be so

    def check(self) -> None:
        """After each command: nobody waits whom a free channel could serve, and nobody waits in vain."""
        assert self.open or not self.line, "somebody waits though the shop is closed"
        for conversation, department in self.line.items():
            assert self.members(department) & self.turn.keys(), "somebody waits for nobody"
            if conversation not in self.absent and self.busy < self.rules.limit:
                assert not self.ready(department), "somebody waits though there is room"
        for conversation, department in self.handovers.items():
            assert not self.ready(department, but_not=self.holder(conversation)), "a handover waits though it need not"

    def _check_admitted(self, event: e.ConversationAdmitted, *, again: bool) -> None:
        assert self.busy < self.rules.limit, "more talk than the limit allows"
        operator = event.operator
        before = (
            list(self.line)[: list(self.line).index(event.conversation)]
            if event.conversation in self.line
            else self.line
        )
        overtaken = [one for one in before if one not in self.absent and operator in self.members(self.line[one])]
        assert not overtaken, "somebody overtook the line"
        assert event.conversation not in self.absent
        served = event.conversation in self.line
        if served or not again:
            assert self.open, "somebody came in though the shop is closed"
            assert operator in self.members(event.department)
            assert operator == self.ready(event.department)[0], "another operator has been free longer"
        assert self.slots[event.channel].conversation is None
        assert event.channel == self.free_of(operator)[0], "another channel has been free longer"
        handed = [one for one, department in self.handovers.items() if operator in self.members(department)]
        assert all(self.holder(one) == operator for one in handed), "somebody overtook a handover"

    def _check_handed_over(self, event: e.ConversationMoved) -> None:
        department, holder = self.handovers[event.conversation], self.holder(event.conversation)
        assert event.operator == self.ready(department, but_not=holder)[0], "another operator has been free longer"
        for earlier, wanted in self.handovers.items():
            if earlier == event.conversation:
                return
            assert self.holder(earlier) == event.operator or event.operator not in self.members(wanted)

    # What can be asked

    @property
    def busy(self) -> int:
        return sum(slot.conversation is not None for slot in self.slots.values())

    def members(self, department: str | None) -> set[str]:
        """Who may take what is meant for a department; one that is no more is everybody."""
        found = [set(one.operators) for one in self.rules.departments if one.id == department]
        return found[0] if found else {*self.turn, *(slot.operator for slot in self.slots.values())}

    def holder(self, conversation: UUID) -> str:
        return next(slot.operator for slot in self.slots.values() if slot.conversation == conversation)

    def free_of(self, operator: str) -> list[int]:
        free = [number for number, slot in self.slots.items() if slot.operator == operator and not slot.conversation]
        return sorted(free, key=lambda number: (self.slots[number].free_since, number))

    def ready(self, department: str | None, but_not: str | None = None) -> list[str]:
        """Who can take something now, free longest first."""
        able = (self.turn.keys() - self.away - {but_not}) & self.members(department)
        return sorted((one for one in able if self.free_of(one)), key=lambda one: (self.turn[one], one))

    # What an event changes

    def _people(self, event: e.AnyEvent) -> None:
        seq = event.originator_version
        match event:
            case e.DeskOpened() | e.RulesChanged():
                self.rules = event.rules
            case e.HoursBegan() | e.HoursEnded():
                self.open = isinstance(event, e.HoursBegan)
            case e.OperatorWentOnline():
                self.turn.setdefault(event.operator, seq)
                self.slots.update({number: Slot(event.operator, seq) for number in event.channels})
            case e.OperatorWentOffline() if event.operator in self.turn:
                del self.turn[event.operator]
                self.away.discard(event.operator)
                for number in self.free_of(event.operator):
                    del self.slots[number]
            case e.OperatorMarkedAway():
                self.away.add(event.operator)
            case e.OperatorMarkedBack():
                self.away.remove(event.operator)
                self.turn[event.operator] = seq
            case e.ChannelOpened():
                self.slots[event.channel] = Slot(event.operator, seq)
            case e.ChannelClosed() if not self.slots[event.channel].conversation:
                del self.slots[event.channel]
            case e.VisitorBlocked():
                self.blocked.append(event.visitor)
            case e.VisitorUnblocked():
                self.blocked.remove(event.visitor)
            case _:
                pass

    def _chats(self, event: e.AnyEvent) -> None:
        seq = event.originator_version
        match event:
            case e.ConversationLinedUp():
                assert event.conversation not in self.line
                self.line[event.conversation] = event.department
            case e.ConversationPassedOver():
                del self.line[event.conversation]
                self.absent.discard(event.conversation)
            case e.ConversationAdmitted():
                self.line.pop(event.conversation, None)
                self._sit(event, seq)
            case e.ChannelReleased():
                self._rise(event, event.channel, seq)
            case e.ConversationMoved():
                self._rise(event, event.from_channel, seq)
                self._sit(event, seq)
            case e.HandoverAsked():
                self.handovers.pop(event.conversation, None)
                self.handovers[event.conversation] = event.department
            case e.HandoverDropped():
                del self.handovers[event.conversation]
            case e.VisitorMarkedAway() if event.conversation in self.line:
                self.absent.add(event.conversation)
            case e.VisitorMarkedBack():
                self.absent.discard(event.conversation)
            case _:
                pass

    def _sit(self, event: e.ConversationAdmitted | e.ConversationMoved, seq: int) -> None:
        assert self.slots[event.channel].conversation is None, "two conversations on a channel"
        self.slots[event.channel].conversation = event.conversation
        if event.operator in self.turn:
            self.turn[event.operator] = seq

    def _rise(self, event: e.ChannelReleased | e.ConversationMoved, number: int, seq: int) -> None:
        slot = self.slots[number]
        slot.conversation, slot.free_since = None, seq
        self.handovers.pop(event.conversation, None)
        if event.closed:
            del self.slots[number]
        if slot.operator in self.turn and not any(
            other.conversation for other in self.slots.values() if other.operator == slot.operator
        ):
            self.turn[slot.operator] = seq
