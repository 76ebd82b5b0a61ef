"""Blocked visitors: neither start nor say nor leave messages, until they are let in again."""

from typing import Any
from uuid import UUID, uuid5

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain import blocks
from services.conversations.domain.errors import Blocked, NotBlocked, NotFound
from tests.unit.conversations.world import World


def talking(**settings: object) -> tuple[World, UUID]:
    """A guest, who was g_0, is in a conversation as g_1."""
    world = World().open_shop(**settings)
    world.online("o_ann", 1)
    return world, world.start("g_1", sender="g_0", origin="origin of g_0")


def block(world: World, conversation: UUID, **fields: Any) -> None:
    world.do(world.by_operator(c.BlockVisitor, "o_ann", conversation=conversation, **fields))


def unblock(world: World, visitor: str) -> None:
    world.do(world.by_operator(c.UnblockVisitor, "o_ann", visitor=visitor))


def leave_message(world: World, visitor: str) -> None:
    world.do(world.by_visitor(c.LeaveOfflineMessage, visitor, message=uuid5(UUID(int=0), visitor), visitor=visitor))


def test_blocking_ends_the_conversation_and_serves_the_line() -> None:
    world, conversation = talking(line=True)
    waiting = world.start("g_2")
    block(world, conversation)
    blocked = next(event for event in world.happened if isinstance(event, e.VisitorBlocked))
    assert (blocked.visitor, blocked.origin, blocked.author) == ("g_1", "origin of g_0", "o_ann")
    ended = next(event for event in world.happened if isinstance(event, e.ConversationEnded))
    assert (ended.by, ended.operator) == ("operator", "o_ann")
    assert world.conversation(waiting).status == "open"


@pytest.mark.parametrize("sender", ["g_0", "g_1"], ids=["under the token from before", "under the new token"])
def test_blocked_guest_starts_nothing_under_any_token(sender: str) -> None:
    world, conversation = talking()
    block(world, conversation)
    with pytest.raises(Blocked) as refused:
        world.start("g_9", sender=sender, origin=f"origin of {sender}")
    assert refused.value.code == "blocked"
    assert world.happened == []


def test_blocked_visitor_says_and_leaves_nothing_nor_becomes_another() -> None:
    world, conversation = talking()
    block(world, conversation)
    for attempt in (
        lambda: world.say(conversation, "g_1"),
        lambda: leave_message(world, "g_1"),
        lambda: world.do(
            world.by_visitor(c.IdentifyVisitor, "g_1", conversation=conversation, visitor="c_1", customer="sealed")
        ),
        lambda: world.do(world.by_operator(c.ReopenConversation, "o_ann", conversation=conversation)),
    ):
        with pytest.raises(Blocked):
            attempt()
    leave_message(world, "g_7")


def test_visitor_blocked_for_an_old_conversation_is_out_of_the_new_one_too() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    old = world.start("c_1", origin="")
    world.end(old, "c_1")
    new = world.start("c_1", origin="")
    block(world, old)
    assert world.conversation(new).status == "ended"


def test_unblocked_visitor_may_come_again() -> None:
    world, conversation = talking()
    block(world, conversation)
    unblock(world, "g_1")
    world.say(conversation, "g_1", "thank you")
    assert world.conversation(conversation).status == "open"
    with pytest.raises(NotBlocked):
        unblock(world, "g_1")


def test_block_counts_once_and_a_late_retry_does_not_block_again() -> None:
    world, conversation = talking()
    block(world, conversation, id="block-once")
    unblock(world, "g_1")
    block(world, conversation, id="block-once")
    assert world.happened == []
    assert "g_1" not in world.desk.blocks


def test_visitor_of_no_conversation_cannot_be_blocked() -> None:
    world, _ = talking()
    with pytest.raises(NotFound):
        block(world, UUID(int=1))


def test_beyond_what_is_kept_the_oldest_are_let_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCKED_MOST", 2)
    world = World().open_shop()
    world.online("o_ann", 1)
    for number in (1, 2, 3):
        block(world, world.start(f"g_{number}"))
    assert list(world.desk.blocks.all) == ["g_2", "g_3"]
    assert "VisitorUnblocked" in world.names
    world.check_replay()


def test_whoever_is_erased_is_blocked_no_more() -> None:
    world, conversation = talking()
    block(world, conversation)
    world.do(world.by_operator(c.ErasePerson, "o_owner", persons=["g_1"], digest="erase"))
    assert "VisitorUnblocked" in world.names
    assert not world.desk.blocks.all


def test_two_blocked_of_one_origin_are_both_to_be_unblocked() -> None:
    one = blocks.Blocks({"g_1": "origin", "g_2": "origin"})
    one.remove("g_1")
    assert one.any_of("g_9", "origin")
    one.remove("g_2")
    assert not one.any_of("g_9", "origin", "")
