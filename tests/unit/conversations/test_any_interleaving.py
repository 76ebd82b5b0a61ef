"""Arbitrary interleavings of everybody's commands, retries among them: what may never happen does not."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.settings import ShopSettings
from services.conversations.domain.errors import NotFound
from services.conversations.handlers import Decided, InProgress, Refusal
from tests.unit.conversations.world import World

OPERATORS = st.sampled_from(["o_ann", "o_bob", "o_cyd"])
VISITORS = st.sampled_from(["g_1", "g_2", "g_3", "g_4"])
SIDES = st.sampled_from(["visitor", "visitor", "holder", "holder", "o_ann", "o_bob"])
FEW = st.sampled_from([None, None, 0, 1, 2, 3])
ANY = st.integers(0, 1_000)
SETTINGS = st.builds(
    ShopSettings,
    limit=st.sampled_from([2, 3, 3, 4, 1, 0]),
    line=st.sampled_from([True, True, False]),
    mode=st.sampled_from(["slots", "slots", "manual"]),
    channels_per_operator=st.sampled_from([2, 1, 3, 0]),
    reopen_channels=st.booleans(),
    on_leave=st.sampled_from(["keep", "end"]),
)
STAFF = [
    *[c.GoOnline] * 4,
    c.GoOffline,
    c.MarkOperatorGone,
    *[c.OpenChannel] * 2,
    c.CloseChannel,
    c.MarkOperatorAway,
    *[c.MarkOperatorBack] * 2,
]
AFTER_ARCHIVE = (e.ConversationArchived, e.ConversationRated, e.TranscriptRequested, e.ConversationDeleted)

pytestmark = pytest.mark.timeout(600)  # a failure is made small first, which takes longer than finding it


class AShop(RuleBasedStateMachine):
    """Keeps its own, simpler book of the line, of what was stored and of how many may talk."""

    @initialize(first=SETTINGS)
    def shop_opens(self, first: ShopSettings) -> None:
        self.world = World()
        self.line: list[UUID] = []
        self.stored: list[tuple[c.AnyCommand, Decided]] = []
        self.do(self.world.by_operator(c.CreateShop, "o_owner", settings=first))
        self.do(self.world.by_operator(c.GoOnline, "o_ann", channels=None))
        self.do(self.world.by_operator(c.GoOnline, "o_bob", channels=2))

    def do(self, command: c.AnyCommand) -> Decided | InProgress | Refusal:
        """Gives a command and reads what happened against the book."""
        busy_before = self.world.desk.channels.busy if self.world.alive else 0
        answer: Decided | InProgress | Refusal
        try:
            answer = self.world.do(command)
            if any(event.command is not None for event in self.world.happened):
                self.stored.append((command, answer))
        except (Refusal, InProgress) as other:
            answer = other
        for event in self.world.happened:
            self.read(event)
        busy = self.world.desk.channels.busy
        assert busy <= max(self.world.desk.rules.limit, busy_before), "more talk than the limit allows"
        self.world.check_replay()
        return answer

    def read(self, event: e.AnyEvent) -> None:
        match event:
            case e.ConversationLinedUp():
                assert event.conversation not in self.line
                self.line.append(event.conversation)
            case e.ConversationAdmitted():
                assert self.line[:1] in ([], [event.conversation]), "somebody overtook the line"
                self.line = self.line[1:]
            case e.ConversationPassedOver():
                self.line.remove(event.conversation)

    def some(self, number: int, *statuses: str) -> UUID:
        """A conversation, of one of these statuses if there is one."""
        known = self.world.conversations()
        fitting = [found for found in known if found.status in statuses] or known
        return fitting[number % len(fitting)].id

    def one_here(self) -> bool:
        return bool(self.world.conversations())

    def side(self, conversation: UUID, sender: str, kind: type[Any], /, **fields: Any) -> Any:
        fields = {"conversation": conversation, "digest": f"{kind.__name__} {fields}", **fields}
        if sender == "visitor":
            return self.world.by_visitor(kind, self.world.conversation(conversation).visitor, **fields)
        holder = self.world.conversation(conversation).operator if sender == "holder" else sender
        return self.world.by_operator(kind, holder or "o_ann", **fields)

    # Visitors

    @rule(visitor=VISITORS, text=st.sampled_from([None, "hello"]))
    def start(self, visitor: str, text: str | None) -> None:
        command = self.world.start_command(visitor, text)
        answer = self.do(command)
        if isinstance(answer, InProgress):  # the gateway says it there
            self.do(self.side(answer.conversation, "visitor", c.SayMessage, text="more", id=command.id))

    @rule(visitors=st.sets(VISITORS, min_size=3))
    def rush(self, visitors: set[str]) -> None:
        for visitor in sorted(visitors):
            self.start(visitor, "hello")

    @precondition(one_here)
    @rule(which=ANY, by=SIDES)
    def say(self, which: int, by: str) -> None:
        self.do(self.side(self.some(which, "open", "waiting"), by, c.SayMessage, text="so"))

    @precondition(one_here)
    @rule(which=ANY, by=SIDES)
    def say_after_the_end(self, which: int, by: str) -> None:
        self.do(self.side(self.some(which, "ended"), by, c.SayMessage, text="again"))

    @precondition(one_here)
    @rule(which=ANY, by=SIDES)
    def end(self, which: int, by: str) -> None:
        self.do(self.side(self.some(which, "open"), by, c.EndConversation))

    @precondition(one_here)
    @rule(which=ANY, who=st.sampled_from(["c_1", "c_2"]))
    def sign_in(self, which: int, who: str) -> None:
        self.do(self.side(self.some(which), "visitor", c.IdentifyVisitor, visitor=who, customer="sealed"))

    @precondition(one_here)
    @rule(which=ANY)
    def rate(self, which: int) -> None:
        self.do(self.side(self.some(which), "visitor", c.RateConversation, score=5))

    @precondition(one_here)
    @rule(which=ANY, by=SIDES)
    def request_transcript(self, which: int, by: str) -> None:
        self.do(self.side(self.some(which), by, c.RequestTranscript, email="sealed"))

    # Operators

    @rule(who=OPERATORS, kind=st.sampled_from(STAFF), number=FEW)
    def come_and_go(self, who: str, kind: type[c.Command], number: int | None) -> None:
        if issubclass(kind, c.GoOnline):
            self.do(self.world.by_operator(kind, who, channels=number))
        elif issubclass(kind, c.CloseChannel):
            mine = [number for number, channel in self.world.desk.channels.open.items() if channel.operator == who]
            self.do(self.world.by_operator(kind, who, channel=mine[0] if mine and number else number))
        elif issubclass(kind, c.GoOffline | c.OpenChannel):
            self.do(self.world.by_operator(kind, who))
        else:
            self.do(self.world.by_system(kind, operator=who))

    @precondition(one_here)
    @rule(which=ANY, who=SIDES.filter(lambda side: side != "visitor"), note=st.booleans())
    def reopen(self, which: int, who: str, note: bool) -> None:
        conversation = self.some(which, "ended")
        self.do(
            self.side(conversation, who, c.AddNote, text="hm")
            if note
            else self.side(conversation, who, c.ReopenConversation)
        )

    @precondition(one_here)
    @rule(which=ANY, who=OPERATORS)
    def take_over(self, which: int, who: str) -> None:
        self.do(self.side(self.some(which, "open"), who, c.TakeOverConversation))

    @precondition(one_here)
    @rule(which=ANY, to=OPERATORS)
    def transfer(self, which: int, to: str) -> None:
        self.do(self.side(self.some(which, "open"), "holder", c.TransferConversation, to=to))

    @precondition(one_here)
    @rule(which=ANY, who=OPERATORS)
    def delete(self, which: int, who: str) -> None:
        self.do(self.side(self.some(which, "archived"), who, c.DeleteConversation))

    @precondition(one_here)
    @rule(which=ANY, as_guest=st.booleans())
    def erase(self, which: int, as_guest: bool) -> None:
        conversation = self.world.conversation(self.some(which, "open", "waiting"))
        asked = conversation.person if as_guest else conversation.visitor
        self.do(self.world.by_operator(c.ErasePerson, "o_owner", persons=[asked], digest="erase"))
        gone = {one for event in self.world.happened if isinstance(event, e.PersonErased) for one in event.persons}
        here = (self.world.conversation(which) for which in self.world.desk.seats.all)
        assert not any(gone & {other.visitor, other.person} for other in here)

    @rule(new=SETTINGS, really=st.sampled_from([False, False, True]))
    def change_settings(self, new: ShopSettings, really: bool) -> None:
        if really:
            self.do(self.world.by_operator(c.ChangeSettings, "o_owner", settings=new))

    # Connections and time

    @precondition(one_here)
    @rule(
        which=ANY,
        kind=st.sampled_from([c.MarkVisitorAway, c.MarkVisitorBack, c.EndForgottenConversation, c.DropFromLine]),
    )
    def visitor_presence(self, which: int, kind: type[c.Command]) -> None:
        status = "waiting" if kind is c.DropFromLine else "open"
        conversation = self.some(which, status)
        if kind is c.EndForgottenConversation:
            self.do(self.world.by_system(c.MarkVisitorAway, conversation=conversation))
        self.do(self.world.by_system(kind, conversation=conversation))

    @rule(minutes=st.sampled_from([-1, 1, 90]))
    def clock_moves(self, minutes: int) -> None:
        self.world.later(minutes=minutes)

    # Again

    @precondition(lambda self: self.stored)
    @rule(which=ANY)
    def retry(self, which: int) -> None:
        command, decided = self.stored[which % len(self.stored)]
        if self.belongs_to_somebody_else(command):
            with pytest.raises(NotFound):
                self.world.do(command)
        else:
            assert self.world.do(command) == decided
        assert self.world.happened == []

    @precondition(lambda self: self.stored)
    @rule(which=ANY)
    def reuse_an_id(self, which: int) -> None:
        command, _ = self.stored[which % len(self.stored)]
        if self.belongs_to_somebody_else(command):
            return
        with pytest.raises(Refusal) as refused:
            self.world.do(msgspec.structs.replace(command, digest="another"))
        assert refused.value.code == "invalid"

    def belongs_to_somebody_else(self, command: c.AnyCommand) -> bool:
        """A guest's start whose guest has signed in: tokens of the guest lead nowhere."""
        if not isinstance(command, c.StartConversation):
            return False
        return self.world.conversation(command.conversation).visitor != command.visitor

    # What always holds

    @invariant()
    def book_and_desk_agree(self) -> None:
        if not hasattr(self, "world"):
            return
        assert list(self.world.desk.seats.line) == self.line
        self.world.check()

    @invariant()
    def nobody_is_in_two_conversations(self) -> None:
        if not hasattr(self, "world"):
            return
        active = [seat.visitor for seat in self.world.desk.seats.all.values() if seat.status != "ended"]
        assert len(active) == len(set(active))

    @invariant()
    def logs_have_no_holes_and_nothing_is_said_in_history(self) -> None:
        for log in self.world.log.values() if hasattr(self, "world") else ():
            assert [event.originator_version for event in log] == list(range(1, len(log) + 1))
            assert all(one.timestamp <= next_one.timestamp for one, next_one in pairwise(log))
            refs = [(event.command.sender, event.command.id) for event in log if event.command]
            assert len(refs) == len(set(refs))
            archived = next((n for n, event in enumerate(log) if isinstance(event, e.ConversationArchived)), len(log))
            assert all(isinstance(event, AFTER_ARCHIVE) for event in log[archived:])


AShop.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyInterleaving: Callable[..., Any] = AShop.TestCase
