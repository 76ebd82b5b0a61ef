"""Which deadlines have passed, given who is connected and since when the owner could know."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations.events import Party
from services.conversations.deadlines import OPERATOR_AWAY_AFTER, Due, Presence, due
from tests.unit.conversations.world import NOON, World


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


class Owner:
    """Looks at a desk, as the owner of its partition does."""

    def __init__(self, **settings: object) -> None:
        self.world = World().open_shop(**settings)
        self.up_since = NOON
        self.visitors: set[UUID] = set()
        self.operators: set[str] = {"o_ann"}
        self.lost: dict[UUID | str, datetime] = {}
        self.world.online("o_ann", 1)

    def look(self, at: float) -> Due:
        """`at`: seconds after noon."""
        presence = Presence(self.up_since, self.visitors, self.operators, self.lost)
        return due(self.world.desk, presence, self.last_word, NOON + seconds(at))

    def last_word(self, conversation: UUID) -> Party | None:
        return self.world.conversation(conversation).last_from

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


def test_waiting_visitor_keeps_the_place_for_the_time_of_the_rules() -> None:
    owner = Owner(limit=1, line=True, line_grace=60)
    owner.visitors = {owner.world.start("g_1")}
    waiting = owner.world.start("g_2")
    assert owner.look(59) == Due([], NOON + seconds(60))
    assert owner.carry_out(60) == ["drop_from_line"]
    assert owner.world.conversation(waiting).status == "ended"


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
