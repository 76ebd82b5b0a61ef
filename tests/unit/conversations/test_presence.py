"""What follows from connections lost and found."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain.errors import NoFreeChannel
from tests.unit.conversations.world import World


def talking(**settings: object) -> tuple[World, UUID]:
    world = World().open_shop(**settings)
    world.online("o_ann", 1)
    return world, world.start("g_1")


def test_visitor_is_marked_away_and_back_once() -> None:
    world, conversation = talking()
    happened = []
    for kind in (c.MarkVisitorAway, c.MarkVisitorAway, c.MarkVisitorBack, c.MarkVisitorBack):
        world.system(kind, conversation=conversation)
        happened += world.names
    assert happened == ["VisitorMarkedAway", "VisitorMarkedBack"]


def test_forgotten_conversation_ends_and_frees_its_channel() -> None:
    world, conversation = talking(line=True)
    waiting = world.start("g_2")
    world.say(conversation, "o_ann", "are you there?")
    world.system(c.MarkVisitorAway, conversation=conversation)
    world.system(c.EndForgottenConversation, conversation=conversation)
    ended = next(event for event in world.happened if isinstance(event, e.ConversationEnded))
    assert (ended.by, ended.reason, ended.command) == ("system", "forgotten", None)
    assert world.conversation(waiting).status == "open"


def test_unanswered_conversation_is_not_forgotten() -> None:
    world, conversation = talking()
    world.system(c.MarkVisitorAway, conversation=conversation)
    world.system(c.EndForgottenConversation, conversation=conversation)
    assert world.happened == []


def test_visitor_who_came_back_in_time_is_not_forgotten() -> None:
    world, conversation = talking()
    world.say(conversation, "o_ann")
    world.system(c.MarkVisitorAway, conversation=conversation)
    world.system(c.MarkVisitorBack, conversation=conversation)
    world.system(c.EndForgottenConversation, conversation=conversation)
    assert world.happened == []


def test_dropped_from_line_lets_the_others_move_up() -> None:
    world, _ = talking(line=True)
    first, second = world.start("g_2"), world.start("g_3")
    world.system(c.DropFromLine, conversation=first)
    assert world.names == ["ConversationLeftLine", "ConversationEnded", "ConversationPassedOver"]
    left = world.happened[0]
    assert isinstance(left, e.ConversationLeftLine)
    assert left.reason == "absent"
    assert world.desk.seats.line.place(second) == 1


def test_drop_of_somebody_who_was_served_meanwhile_does_nothing() -> None:
    world, conversation = talking()
    world.system(c.DropFromLine, conversation=conversation)
    assert world.happened == []


def test_channels_of_an_operator_who_is_away_take_nobody() -> None:
    world = World().open_shop(limit=9, line=True)
    world.online("o_ann", 1)
    world.online("o_bob", 1)
    world.system(c.MarkOperatorAway, operator="o_ann")
    first, second = world.start("g_1"), world.start("g_2")
    assert world.conversation(first).operator == "o_bob"
    assert world.conversation(second).status == "waiting"
    world.system(c.MarkOperatorBack, operator="o_ann")
    assert world.conversation(second).operator == "o_ann"


def test_channel_freed_while_its_operator_is_away_takes_nobody() -> None:
    world, conversation = talking(line=True)
    waiting = world.start("g_2")
    world.system(c.MarkOperatorAway, operator="o_ann")
    world.end(conversation, "g_1")
    assert world.conversation(waiting).status == "waiting"


def test_operator_who_is_back_stands_behind_the_others() -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 1)
    world.online("o_bob", 1)
    world.system(c.MarkOperatorAway, operator="o_ann")
    world.system(c.MarkOperatorBack, operator="o_ann")
    assert world.conversation(world.start("g_1")).operator == "o_bob"


def test_operator_gone_is_as_if_gone_offline() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.system(c.MarkOperatorGone, operator="o_ann")
    left = world.happened[0]
    assert isinstance(left, e.OperatorWentOffline)
    assert left.reason == "gone"
    assert world.conversation(conversation).status == "archived"


def test_operator_who_left_meanwhile_is_not_gone_again() -> None:
    world, _ = talking()
    world.offline("o_ann")
    for kind in (c.MarkOperatorAway, c.MarkOperatorBack, c.MarkOperatorGone):
        world.system(kind, operator="o_ann")
        assert world.happened == []


def test_operator_marked_away_does_not_reopen_past_the_line() -> None:
    world, conversation = talking(line=True)
    world.online("o_bob", 0)
    world.end(conversation, "g_1")
    world.system(c.MarkOperatorAway, operator="o_ann")
    world.start("g_2")
    with pytest.raises(NoFreeChannel):
        world.do(world.by_operator(c.ReopenConversation, "o_ann", conversation=conversation))
