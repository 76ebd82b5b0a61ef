"""A crowded shop with departments: who is served next, whatever happens in whatever order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from contracts.conversations import commands as c
from contracts.conversations.departments import Department
from contracts.conversations.opening_hours import OpeningHours, Span
from contracts.conversations.settings import ShopSettings
from tests.unit.conversations.machine import ShopMachine

OPERATORS = st.sampled_from(["o_ann", "o_bob", "o_cyd"])
VISITORS = st.sampled_from([f"g_{number}" for number in range(8)])
WANTED = st.sampled_from([None, "sizes", "returns"])
ANY = st.integers(0, 1_000)
DEPARTMENTS = [
    Department(id="sizes", name="S", operators=["o_ann", "o_bob"]),
    Department(id="returns", name="R", operators=["o_bob", "o_cyd"]),
]
SETTINGS = st.builds(
    ShopSettings,
    limit=st.sampled_from([9, 4, 2]),
    line=st.just(True),
    channels_per_operator=st.sampled_from([1, 1, 2]),
    on_leave=st.sampled_from(["keep", "end"]),
    departments=st.sampled_from([DEPARTMENTS, DEPARTMENTS, DEPARTMENTS[:1], DEPARTMENTS[1:]]),
    hours=st.sampled_from([None, OpeningHours(week=[[Span(opens="08:00", closes="20:00")]] * 7)]),
)
one_here = ShopMachine.one_here

pytestmark = pytest.mark.timeout(600)  # a failure is made small first, which takes longer than finding it


class ACrowd(ShopMachine):
    """All operators are online, all channels taken, some wait."""

    @initialize(first=SETTINGS, wanted=st.lists(WANTED, min_size=6, max_size=6))
    def shop_opens(self, first: ShopSettings, wanted: list[str | None]) -> None:
        self.open_shop(first)
        for operator in ("o_ann", "o_bob", "o_cyd"):
            self.do(self.world.by_operator(c.GoOnline, operator, channels=None))
        for number, department in enumerate(wanted):
            self.start(f"g_{number}", department)

    @rule(visitor=VISITORS, department=WANTED)
    def start(self, visitor: str, department: str | None) -> None:
        self.do(self.world.start_command(visitor, "hello", department=department))

    @precondition(one_here)
    @rule(which=ANY)
    def end(self, which: int) -> None:
        self.do(self.side(self.some(which, "open"), "holder", c.EndConversation))

    @precondition(one_here)
    @rule(which=ANY, to=st.sampled_from(["sizes", "returns", "holder", "o_ann", "o_cyd"]))
    def hand_over(self, which: int, to: str) -> None:
        conversation = self.some(which, "open")
        holder = self.world.conversation(conversation).operator or "o_ann"
        target = holder if to == "holder" else to
        self.do(self.side(conversation, "holder", c.TransferConversation, to=target))

    @precondition(one_here)
    @rule(which=ANY, who=OPERATORS)
    def take_over(self, which: int, who: str) -> None:
        self.do(self.side(self.some(which, "open"), who, c.TakeOverConversation))

    @precondition(one_here)
    @rule(which=ANY, who=st.sampled_from(["visitor", "holder", "o_ann"]))
    def reopen(self, which: int, who: str) -> None:
        conversation = self.some(which, "ended")
        command = (
            self.side(conversation, who, c.SayMessage, text="again")
            if who == "visitor"
            else self.side(conversation, who, c.ReopenConversation)
        )
        self.do(command)

    @rule(who=OPERATORS, channels=st.sampled_from([None, 1, 2, 3]))
    def come(self, who: str, channels: int | None) -> None:
        self.do(self.world.by_operator(c.GoOnline, who, channels=channels))

    @rule(who=OPERATORS)
    def leave(self, who: str) -> None:
        self.do(self.world.by_operator(c.GoOffline, who))

    @rule(who=OPERATORS, kind=st.sampled_from([c.MarkOperatorAway, c.MarkOperatorBack]))
    def vanish_or_return(self, who: str, kind: type[Any]) -> None:
        self.do(self.world.by_system(kind, operator=who))

    @precondition(lambda self: self.book.line)
    @rule(which=ANY, kind=st.sampled_from([c.MarkVisitorAway, c.MarkVisitorAway, c.MarkVisitorBack, c.DropFromLine]))
    def in_line(self, which: int, kind: type[Any]) -> None:
        waiting = list(self.book.line)[which % len(self.book.line)]
        self.do(self.world.by_system(kind, conversation=waiting))

    @rule(hours=st.sampled_from([1, 1, 1, 6]))
    def clock_moves(self, hours: int) -> None:
        self.world.later(hours=hours)
        for to_open in (True, False):
            self.do(self.world.by_system(c.TurnHours, open=to_open))
        assert self.book.open == self.world.desk.timetable.open_at(self.world.now)

    @rule(new=SETTINGS, really=st.sampled_from([False, True]))
    def change_settings(self, new: ShopSettings, really: bool) -> None:
        if really:
            self.do(self.world.by_operator(c.ChangeSettings, "o_owner", settings=new))


ACrowd.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyCrowd: Callable[..., Any] = ACrowd.TestCase
