"""Who may say what, when."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.common.eventlog.refusals import WrongSender
from services.conversations.domain.errors import (
    InAnotherConversation,
    NobodyOnline,
    NoFreeChannel,
    NotAllowed,
    NotFound,
    NotOpen,
)
from tests.unit.conversations.world import World


def talking(**settings: object) -> tuple[World, UUID]:
    world = World().open_shop(**settings)
    world.online("o_ann", 1)
    return world, world.start("g_1")


def test_both_sides_talk() -> None:
    world, conversation = talking()
    assert world.say(conversation, "o_ann") == 4
    assert world.say(conversation, "g_1") == 5
    said = [event for event in world.log[conversation] if isinstance(event, e.MessageSaid)]
    assert [(event.sender, event.operator) for event in said] == [
        ("visitor", None),
        ("operator", "o_ann"),
        ("visitor", None),
    ]


def test_another_operator_is_forbidden() -> None:
    world, conversation = talking()
    with pytest.raises(NotAllowed) as refused:
        world.say(conversation, "o_bob")
    assert refused.value.code == "forbidden"


def test_another_visitor_finds_nothing() -> None:
    world, conversation = talking()
    with pytest.raises(NotFound):
        world.say(conversation, "g_2")


def test_another_shop_finds_nothing() -> None:
    world, conversation = talking()
    hats = World("hats").open_shop()
    hats.alive[conversation] = world.alive[conversation]
    with pytest.raises(NotFound):
        hats.say(conversation, "g_1")


def test_desk_is_no_conversation() -> None:
    world, _ = talking()
    with pytest.raises(NotFound):
        world.say(world.desk.id, "g_1")


def test_system_does_not_talk() -> None:
    world, conversation = talking()
    with pytest.raises(WrongSender):
        world.do(world.by_system(c.SayMessage, conversation=conversation, text="so"))


def test_waiting_visitor_may_write() -> None:
    world, _ = talking(limit=1, line=True)
    waiting = world.start("g_2")
    world.say(waiting, "g_2")
    assert world.names == ["MessageSaid"]
    with pytest.raises(NotAllowed):
        world.say(waiting, "o_ann")


def test_word_after_the_end_reopens_on_the_channel_of_the_same_operator() -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 1)
    world.online("o_bob", 2)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    seq = world.say(conversation, "g_1", "one more thing")
    assert world.names == ["ConversationReopened", "OperatorAssigned", "MessageSaid", "ConversationAdmitted"]
    assert world.log[conversation][seq - 1].command is not None
    assert world.conversation(conversation).operator == "o_ann"


def test_word_after_the_end_reopens_with_another_operator_if_the_first_is_busy() -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    world.start("g_2")
    world.online("o_bob", 1)
    world.say(conversation, "g_1")
    assert world.conversation(conversation).operator == "o_bob"


def test_word_after_the_end_without_room_joins_the_end_of_the_line() -> None:
    world, conversation = talking(limit=1, line=True)
    world.end(conversation, "g_1")
    world.start("g_2")
    world.start("g_3")
    world.say(conversation, "g_1", "wait")
    assert world.names == ["ConversationReopened", "ConversationQueued", "MessageSaid", "ConversationLinedUp"]
    assert list(world.desk.seats.line)[-1] == conversation
    assert world.conversation(conversation).operator is None


def test_word_after_the_end_without_room_or_line_is_refused() -> None:
    world, conversation = talking(limit=1)
    world.end(conversation, "g_1")
    world.start("g_2")
    with pytest.raises(NoFreeChannel):
        world.say(conversation, "g_1")
    assert world.happened == []


def test_word_after_the_end_with_all_operators_away_is_refused_as_offline() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.system(c.MarkOperatorAway, operator="o_ann")
    with pytest.raises(NobodyOnline):
        world.say(conversation, "g_1")


def test_word_after_the_end_of_a_visitor_who_talks_elsewhere_is_not_open() -> None:
    world = World().open_shop()
    world.online("o_ann", 3)
    first = world.start("g_1")
    world.end(first, "g_1")
    world.start("g_1")
    with pytest.raises(InAnotherConversation) as refused:
        world.say(first, "g_1")
    assert refused.value.code == "not_open"


def test_operators_word_after_the_end_is_not_open() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    with pytest.raises(NotOpen):
        world.say(conversation, "o_ann")


@pytest.mark.parametrize("sender", ["g_1", "o_ann"])
def test_word_in_history_is_not_open(sender: str) -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.offline("o_ann")
    with pytest.raises(NotOpen):
        world.say(conversation, sender)


def test_note_of_any_operator_is_kept_and_reaches_no_decision() -> None:
    world, conversation = talking()
    world.do(world.by_operator(c.AddNote, "o_bob", conversation=conversation, text="regular"))
    assert world.names == ["NoteAdded"]
    assert world.conversation(conversation).last_from == "visitor"
    with pytest.raises(WrongSender):
        world.do(world.by_visitor(c.AddNote, "g_1", conversation=conversation, text="mine"))
