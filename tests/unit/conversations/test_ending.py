"""How conversations end, go on, and become history."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain.errors import (
    InAnotherConversation,
    NoFreeChannel,
    NotAllowed,
    NotFound,
    NotInHistory,
    NotOpen,
)
from tests.unit.conversations.world import World


def talking(**settings: object) -> tuple[World, UUID]:
    world = World().open_shop(**settings)
    world.online("o_ann", 1)
    return world, world.start("g_1")


def reopen(world: World, conversation: UUID, operator: str = "o_ann") -> None:
    world.do(world.by_operator(c.ReopenConversation, operator, conversation=conversation))


def in_history(world: World, conversation: UUID) -> None:
    world.end(conversation, "g_1")
    world.offline("o_ann")


@pytest.mark.parametrize(("sender", "by"), [("g_1", "visitor"), ("o_ann", "operator")])
def test_either_side_ends_and_the_channel_is_free_again(sender: str, by: str) -> None:
    world, conversation = talking()
    world.end(conversation, sender)
    assert world.names == ["ConversationEnded", "ChannelReleased"]
    ended = world.happened[0]
    assert isinstance(ended, e.ConversationEnded)
    assert (ended.by, ended.operator) == (by, "o_ann" if by == "operator" else None)
    assert world.desk.room() is not None


def test_another_operator_ends_only_what_nobody_online_holds() -> None:
    world, conversation = talking()
    world.online("o_bob", 0)
    with pytest.raises(NotAllowed):
        world.end(conversation, "o_bob")
    world.offline("o_ann")
    world.end(conversation, "o_bob")
    assert world.conversation(conversation).status == "archived"


def test_end_after_the_end_is_not_open() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    with pytest.raises(NotOpen):
        world.end(conversation, "o_ann")


def test_freed_channel_serves_the_head_of_the_line() -> None:
    world, conversation = talking(line=True)
    first, second = world.start("g_2"), world.start("g_3")
    world.end(conversation, "o_ann")
    assert world.conversation(first).status == "open"
    assert list(world.desk.seats.line) == [second]


def test_channel_freed_above_a_lowered_limit_serves_nobody() -> None:
    world = World().open_shop(limit=2, line=True)
    world.online("o_ann", 2)
    first, _, third = world.start("g_1"), world.start("g_2"), world.start("g_3")
    world.change(limit=1, line=True)
    world.end(first, "g_1")
    assert world.conversation(third).status == "waiting"


def test_end_of_a_waiting_one_leaves_the_line() -> None:
    world, _ = talking(line=True)
    first, second = world.start("g_2"), world.start("g_3")
    world.end(first, "g_2")
    assert world.names == ["ConversationLeftLine", "ConversationEnded", "ConversationPassedOver"]
    assert world.happened[0].command is not None
    assert world.desk.seats.line.place(second) == 1


def test_operator_reopens_on_a_free_channel_of_theirs() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    reopen(world, conversation)
    assert world.names == ["ConversationReopened", "OperatorAssigned", "ConversationAdmitted"]


def test_operator_without_free_channel_cannot_reopen() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.start("g_2")
    with pytest.raises(NoFreeChannel):
        reopen(world, conversation)


def test_operator_cannot_reopen_above_the_limit() -> None:
    world, conversation = talking(limit=1)
    world.end(conversation, "g_1")
    world.start("g_2")
    world.online("o_ann", 2)
    with pytest.raises(NoFreeChannel):
        reopen(world, conversation)


def test_operator_cannot_reopen_for_a_visitor_who_talks_elsewhere() -> None:
    world, conversation = talking()
    world.online("o_bob", 1)
    world.end(conversation, "g_1")
    world.start("g_1")
    with pytest.raises(InAnotherConversation):
        reopen(world, conversation)


def test_open_conversation_is_not_reopened() -> None:
    world, conversation = talking()
    with pytest.raises(NotOpen):
        reopen(world, conversation)


def test_going_offline_moves_finished_conversations_to_history() -> None:
    world, conversation = talking()
    world.end(conversation, "g_1")
    world.offline("o_ann")
    assert world.names == ["OperatorWentOffline", "ConversationPutAway", "ConversationArchived"]
    with pytest.raises(NotOpen):
        reopen(world, conversation)


def test_going_offline_leaves_the_finished_ones_of_others() -> None:
    world, conversation = talking()
    world.online("o_bob", 1)
    world.end(conversation, "g_1")
    world.offline("o_bob")
    assert world.conversation(conversation).status == "ended"


def rate(world: World, conversation: UUID) -> None:
    world.do(world.by_visitor(c.RateConversation, "g_1", conversation=conversation, score=4))


def test_rating_is_taken_until_a_day_after_the_archive() -> None:
    world, conversation = talking()
    rate(world, conversation)
    in_history(world, conversation)
    world.later(hours=24)
    rate(world, conversation)
    assert world.names == ["ConversationRated"]
    world.later(seconds=1)
    with pytest.raises(NotOpen):
        rate(world, conversation)


def test_rating_while_waiting_is_not_open() -> None:
    world = World().open_shop(limit=0, line=True)
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    with pytest.raises(NotOpen):
        rate(world, conversation)


def test_only_history_is_deleted_and_then_nothing_is_found() -> None:
    world, conversation = talking()
    delete = world.by_operator(c.DeleteConversation, "o_ann", conversation=conversation)
    with pytest.raises(NotInHistory):
        world.do(delete)
    in_history(world, conversation)
    decided = world.do(delete)
    assert world.names == ["ConversationDeleted"]
    assert world.do(delete) == decided
    assert world.conversation(conversation).last_text is None
    with pytest.raises(NotFound):
        rate(world, conversation)
