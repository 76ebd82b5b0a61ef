"""Which deadlines have passed, given who is connected and since when the owner could know."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations.opening_hours import OpeningHours, Span
from services.conversations.deadlines import OPERATOR_AWAY_AFTER, PASSED_OVER_AFTER, WOKEN_AT_ONCE, Due, Presence, due
from tests.unit.conversations.world import NOON, World


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


class Owner:
    """Looks at a desk, as the owner of its partition does."""

    def __init__(self, **settings: object) -> None:
        self.world = World().open_shop(**{"unanswered_after": None, **settings})
        self.up_since = NOON
        self.visitors: set[UUID] = set()
        self.operators: set[str] = {"o_ann"}
        self.lost: dict[UUID | str, datetime] = {}
        self.world.online("o_ann", 1)

    def look(self, at: float) -> Due:
        """`at`: seconds after noon."""
        presence = Presence(self.up_since, self.visitors, self.operators, self.lost)
        return due(self.world.desk, presence, self.world.conversation, NOON + seconds(at))

    def carry_out(self, at: float) -> list[str]:
        """Decides what is due until nothing is; says what was."""
        kinds = []
        while commands := self.look(at).commands:
            self.world.now = NOON + seconds(at)
            for command in commands:
                self.world.do(command)
                kinds.append(c.kind_of(command))
        return kinds


def test_nothing_is_due_while_all_are_connected() -> None:
    owner = Owner()
    owner.visitors = {owner.world.start("g_1")}
    assert owner.look(86_400) == Due([], None)


def test_visitor_without_connection_is_away_and_later_forgotten() -> None:
    owner = Owner(visitor_away_after=120, forgotten_after=600)
    conversation = owner.world.start("g_1")
    owner.world.say(conversation, "o_ann")
    owner.lost[conversation] = NOON + seconds(10)
    assert owner.look(100) == Due([], NOON + seconds(130))
    assert owner.carry_out(130) == ["mark_visitor_away"]
    assert owner.look(131).look_next == NOON + seconds(610)
    assert owner.carry_out(610) == ["end_forgotten_conversation"]


def test_visitor_who_waits_for_an_answer_is_never_forgotten() -> None:
    owner = Owner()
    owner.world.start("g_1")
    assert owner.carry_out(5_000) == ["mark_visitor_away"]
    assert owner.look(5_000).look_next is None


def test_visitor_who_is_connected_again_is_back() -> None:
    owner = Owner()
    conversation = owner.world.start("g_1")
    owner.carry_out(130)
    owner.visitors = {conversation}
    assert owner.carry_out(131) == ["mark_visitor_back"]


def test_waiting_visitor_is_passed_over_soon_and_keeps_the_place_for_the_time_of_the_rules() -> None:
    owner = Owner(limit=1, line=True, line_grace=60)
    owner.visitors = {owner.world.start("g_1")}
    waiting = owner.world.start("g_2")
    owner.lost[waiting] = NOON + seconds(10)
    assert owner.look(14) == Due([], NOON + seconds(10 + PASSED_OVER_AFTER))
    assert owner.carry_out(15) == ["mark_visitor_away"]
    assert owner.look(69) == Due([], NOON + seconds(70))
    assert owner.carry_out(70) == ["drop_from_line"]
    assert owner.world.conversation(waiting).status == "ended"


def test_waiting_visitor_who_is_connected_again_is_back() -> None:
    owner = Owner(limit=1, line=True)
    owner.visitors = {owner.world.start("g_1")}
    waiting = owner.world.start("g_2")
    owner.lost[waiting] = NOON + seconds(1)
    owner.carry_out(20)
    owner.visitors.add(waiting)
    assert owner.carry_out(50) == ["mark_visitor_back"]


def test_waiting_visitor_whom_no_gateway_has_named_yet_is_not_passed_over_for_that() -> None:
    owner = Owner(limit=1, line=True)
    owner.visitors = {owner.world.start("g_1")}
    owner.world.start("g_2")
    assert owner.carry_out(OPERATOR_AWAY_AFTER - 1) == []
    assert owner.carry_out(OPERATOR_AWAY_AFTER) == ["mark_visitor_away"]


def test_grace_in_line_shorter_than_a_page_load_drops_at_once() -> None:
    owner = Owner(limit=1, line=True, line_grace=2)
    owner.visitors = {owner.world.start("g_1")}
    owner.lost[owner.world.start("g_2")] = NOON + seconds(1)
    assert owner.carry_out(3) == ["drop_from_line"]


def test_operator_without_connection_is_away_then_gone() -> None:
    owner = Owner(operator_grace=120)
    owner.operators = set()
    assert owner.look(OPERATOR_AWAY_AFTER - 1).look_next == NOON + seconds(OPERATOR_AWAY_AFTER)
    assert owner.carry_out(OPERATOR_AWAY_AFTER) == ["mark_operator_away"]
    assert owner.carry_out(119) == []
    assert owner.carry_out(120) == ["mark_operator_gone"]
    assert owner.look(1_000) == Due([], None)


def test_operator_who_is_connected_again_is_back() -> None:
    owner = Owner()
    owner.operators = set()
    owner.carry_out(OPERATOR_AWAY_AFTER)
    owner.operators = {"o_ann"}
    assert owner.carry_out(50) == ["mark_operator_back"]


@pytest.mark.parametrize("grace", [1, OPERATOR_AWAY_AFTER])
def test_grace_shorter_than_away_goes_straight_to_gone(grace: int) -> None:
    owner = Owner(operator_grace=grace)
    owner.operators = set()
    assert owner.carry_out(grace) == ["mark_operator_gone"]


def test_all_grace_times_start_again_when_the_owner_was_away() -> None:
    owner = Owner(limit=1, line=True, line_grace=60, operator_grace=60)
    owner.world.start("g_1")
    waiting = owner.world.start("g_2")
    owner.operators, owner.lost = set(), {waiting: NOON, "o_ann": NOON}
    owner.up_since = NOON + seconds(90)
    assert owner.carry_out(90) == []
    assert owner.look(90).look_next == NOON + seconds(90 + OPERATOR_AWAY_AFTER)


def test_unknown_last_word_is_decided_by_the_conversation_itself() -> None:
    owner = Owner()
    conversation = owner.world.start("g_1")
    owner.carry_out(130)
    presence = Presence(NOON, set(), {"o_ann"}, {})
    commands = due(owner.world.desk, presence, lambda _: None, NOON + seconds(700)).commands
    assert [command.conversation for command in commands if isinstance(command, c.EndForgottenConversation)] == [
        conversation
    ]


def test_word_that_nobody_answers_is_noticed_once() -> None:
    owner = Owner(unanswered_after=180)
    conversation = owner.world.start("g_1")
    owner.visitors = {conversation}
    owner.world.later(seconds=30)
    owner.world.say(conversation, "g_1", "hello?")
    assert owner.look(100) == Due([], NOON + seconds(180))
    assert owner.carry_out(180) == ["notice_unanswered"]
    assert owner.look(5_000) == Due([], None)
    owner.world.now = NOON + seconds(5_000)
    owner.world.say(conversation, "o_ann", "sorry")
    owner.world.say(conversation, "g_1", "and?")
    assert owner.look(5_000).commands == []
    assert owner.carry_out(5_000 + 180) == ["notice_unanswered"]


def test_answered_word_is_not_noticed() -> None:
    owner = Owner(unanswered_after=180)
    conversation = owner.world.start("g_1")
    owner.visitors = {conversation}
    owner.world.say(conversation, "o_ann")
    assert owner.look(5_000) == Due([], None)


def test_conversations_not_in_memory_are_woken_a_few_at_a_time() -> None:
    owner = Owner(unanswered_after=180, limit=200)
    owner.world.online("o_ann", 100)
    owner.visitors = {owner.world.start(f"g_{number}") for number in range(100)}
    presence = Presence(NOON, owner.visitors, {"o_ann"}, {})
    assert len(due(owner.world.desk, presence, lambda _: None, NOON).commands) == WOKEN_AT_ONCE


def test_opening_hours_turn_at_their_times() -> None:
    day = [Span(opens="09:00", closes="18:00")]
    owner = Owner(hours=OpeningHours(week=[day] * 7), time_zone="Europe/Warsaw")
    assert owner.look(0) == Due([], NOON + timedelta(hours=5))
    assert owner.carry_out(5 * 3600) == ["turn_hours"]
    assert not owner.world.desk.open
    assert owner.look(5 * 3600).look_next == NOON + timedelta(hours=20)
    assert owner.carry_out(20 * 3600) == ["turn_hours"]
    assert owner.world.desk.open
