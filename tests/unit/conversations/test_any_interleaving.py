"""Arbitrary interleavings of everybody's commands, retries among them: what may never happen does not."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.departments import Department
from contracts.conversations.opening_hours import OpeningHours, Span
from contracts.conversations.settings import ShopSettings
from services.conversations.domain.errors import NotFound
from services.conversations.handlers import InProgress, Refusal
from tests.unit.conversations.machine import ShopMachine

OPERATORS = st.sampled_from(["o_ann", "o_bob", "o_cyd"])
DEPARTMENTS = st.sampled_from([None, None, "sizes", "returns", "gone"])
VISITORS = st.sampled_from(["g_1", "g_2", "g_3", "g_4"])
SIDES = st.sampled_from(["visitor", "visitor", "holder", "holder", "o_ann", "o_bob"])
FEW = st.sampled_from([None, None, 0, 1, 2, 3])
ANY = st.integers(0, 1_000)


def _hours(week: list[list[Span]]) -> OpeningHours:
    return OpeningHours(week=week)


DAY = st.sampled_from([[Span(opens="00:00", closes="24:00")], [Span(opens="09:00", closes="13:30")], []])
SETTINGS = st.builds(
    ShopSettings,
    limit=st.sampled_from([2, 3, 3, 4, 1, 0]),
    line=st.sampled_from([True, True, False]),
    mode=st.sampled_from(["slots", "slots", "manual"]),
    channels_per_operator=st.sampled_from([2, 1, 3, 0]),
    reopen_channels=st.booleans(),
    on_leave=st.sampled_from(["keep", "end"]),
    departments=st.sampled_from(
        [
            [],
            [Department(id="sizes", name="S", operators=["o_bob"])],
            [
                Department(id="sizes", name="S", operators=["o_ann", "o_bob"]),
                Department(id="returns", name="R", operators=["o_bob", "o_cyd"]),
            ],
            [Department(id="returns", name="R", operators=["o_ann"]), Department(id="sizes", name="S")],
        ]
    ),
    hours=st.one_of(st.none(), st.none(), st.none(), st.lists(DAY, min_size=7, max_size=7).map(_hours)),
    unanswered_after=st.sampled_from([None, 60, 180]),
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
one_here = ShopMachine.one_here

pytestmark = pytest.mark.timeout(600)  # a failure is made small first, which takes longer than finding it


class AShop(ShopMachine):
    """Everybody does everything."""

    @initialize(first=SETTINGS)
    def shop_opens(self, first: ShopSettings) -> None:
        self.open_shop(first)
        self.do(self.world.by_operator(c.GoOnline, "o_ann", channels=None))
        self.do(self.world.by_operator(c.GoOnline, "o_bob", channels=2))

    # Visitors

    @rule(visitor=VISITORS, text=st.sampled_from([None, "hello"]), department=DEPARTMENTS)
    def start(self, visitor: str, text: str | None, department: str | None) -> None:
        command = self.world.start_command(visitor, text, department=department)
        answer = self.do(command)
        assert visitor not in self.book.blocked or getattr(answer, "code", "") == "blocked"
        if isinstance(answer, InProgress):  # the gateway says it there
            self.do(self.side(answer.conversation, "visitor", c.SayMessage, text="more", id=command.id))

    @rule(visitors=st.sets(VISITORS, min_size=3), department=DEPARTMENTS)
    def rush(self, visitors: set[str], department: str | None) -> None:
        for number, visitor in enumerate(sorted(visitors)):
            self.start(visitor, "hello", department if number % 2 else None)

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
    @rule(which=ANY, to=st.one_of(OPERATORS, DEPARTMENTS.filter(bool)))
    def transfer(self, which: int, to: str) -> None:
        self.do(self.side(self.some(which, "open"), "holder", c.TransferConversation, to=to))

    @precondition(one_here)
    @rule(which=ANY, who=OPERATORS)
    def block(self, which: int, who: str) -> None:
        self.do(self.side(self.some(which, "open", "waiting"), who, c.BlockVisitor))

    @precondition(lambda self: self.book.blocked)
    @rule(which=ANY)
    def unblock(self, which: int) -> None:
        visitor = self.book.blocked[which % len(self.book.blocked)]
        self.do(self.world.by_operator(c.UnblockVisitor, "o_bob", visitor=visitor))

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
        kind=st.sampled_from(
            [c.MarkVisitorAway, c.MarkVisitorBack, c.EndForgottenConversation, c.DropFromLine, c.NoticeUnanswered]
        ),
        in_line=st.booleans(),
    )
    def visitor_presence(self, which: int, kind: type[c.Command], in_line: bool) -> None:
        conversation = self.some(which, "waiting" if in_line or kind is c.DropFromLine else "open")
        if kind is c.EndForgottenConversation:
            self.do(self.world.by_system(c.MarkVisitorAway, conversation=conversation))
        self.do(self.world.by_system(kind, conversation=conversation))

    @precondition(lambda self: self.book.absent)
    @rule(which=ANY)
    def somebody_comes_back(self, which: int) -> None:
        back = sorted(self.book.absent)[which % len(self.book.absent)]
        self.do(self.world.by_system(c.MarkVisitorBack, conversation=back))

    @rule(minutes=st.sampled_from([-1, 1, 90]))
    def clock_moves(self, minutes: int) -> None:
        self.world.later(minutes=minutes)
        for to_open in (True, False):
            self.do(self.world.by_system(c.TurnHours, open=to_open))
        assert self.book.open == self.world.desk.timetable.open_at(self.world.now)

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


AShop.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyInterleaving: Callable[..., Any] = AShop.TestCase
