"""Operators come, go, and open and close channels: slots and manual channels are one model."""

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain.errors import ChannelNotFound, OperatorOffline
from tests.unit.conversations.world import World


def channels_of(world: World, operator: str) -> list[int]:
    return [number for number, channel in world.desk.channels.open.items() if channel.operator == operator]


def close(world: World, operator: str, channel: int | None = None) -> None:
    world.do(world.by_operator(c.CloseChannel, operator, channel=channel))


def test_slots_open_as_many_channels_as_the_rules_say() -> None:
    world = World().open_shop(channels_per_operator=3)
    world.online("o_ann")
    assert channels_of(world, "o_ann") == [1, 2, 3]


def test_manual_mode_opens_none_until_asked() -> None:
    world = World().open_shop(mode="manual")
    world.online("o_ann")
    assert channels_of(world, "o_ann") == []
    world.do(world.by_operator(c.OpenChannel, "o_ann"))
    assert channels_of(world, "o_ann") == [1]


@pytest.mark.parametrize(("reopens", "left"), [(True, [1]), (False, [])])
def test_manual_channel_reopens_only_if_the_rules_say(reopens: bool, left: list[int]) -> None:
    world = World().open_shop(mode="manual", reopen_channels=reopens)
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    assert channels_of(world, "o_ann") == left


def test_going_online_again_changes_nothing() -> None:
    world = World().open_shop(channels_per_operator=2)
    world.online("o_ann")
    close(world, "o_ann")
    world.online("o_ann")
    assert len(channels_of(world, "o_ann")) == 1


@pytest.mark.parametrize("wanted", [0, 1, 2, 5])
def test_going_online_again_with_a_number_adjusts_to_it(wanted: int) -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 3)
    world.online("o_ann", wanted)
    assert len(channels_of(world, "o_ann")) == wanted


def test_fewer_channels_than_conversations_close_as_these_end() -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 2)
    first, second = world.start("g_1"), world.start("g_2")
    world.online("o_ann", 1)
    assert len(channels_of(world, "o_ann")) == 2
    world.online("o_ann", 1)
    world.end(first, "g_1")
    world.end(second, "g_2")
    assert len(channels_of(world, "o_ann")) == 1


def test_opening_and_closing_channels_of_an_offline_operator_is_refused() -> None:
    world = World().open_shop()
    with pytest.raises(OperatorOffline):
        world.do(world.by_operator(c.OpenChannel, "o_ann"))
    with pytest.raises(ChannelNotFound):
        close(world, "o_ann")


def test_channel_of_another_operator_is_not_found() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    with pytest.raises(ChannelNotFound):
        close(world, "o_bob", 1)


def test_busy_channel_closes_when_its_conversation_ends() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    close(world, "o_ann", 1)
    assert channels_of(world, "o_ann") == [1]
    world.end(conversation, "g_1")
    assert channels_of(world, "o_ann") == []


def test_new_channel_serves_the_line() -> None:
    world = World().open_shop(line=True)
    world.online("o_ann", 0)
    first, second, third = (world.start(f"g_{number}") for number in (1, 2, 3))
    world.do(world.by_operator(c.OpenChannel, "o_ann"))
    assert world.conversation(first).status == "open"
    world.online("o_bob", 1)
    assert world.conversation(second).operator == "o_bob"
    assert world.conversation(third).status == "waiting"


def test_leaving_keeps_ongoing_conversations_for_a_colleague() -> None:
    world = World().open_shop(on_leave="keep")
    world.online("o_ann", 2)
    conversation = world.start("g_1")
    world.offline("o_ann")
    assert channels_of(world, "o_ann") == [1]
    assert world.conversation(conversation).status == "open"
    world.say(conversation, "o_ann", "still here")
    world.end(conversation, "g_1")
    assert "o_ann" not in world.desk.operators


def test_returning_operator_has_kept_conversations_within_their_number() -> None:
    world = World().open_shop(channels_per_operator=2)
    world.online("o_ann")
    conversation = world.start("g_1")
    world.offline("o_ann")
    world.online("o_ann")
    assert len(channels_of(world, "o_ann")) == 2
    world.end(conversation, "g_1")
    assert len(channels_of(world, "o_ann")) == 2


def test_leaving_ends_ongoing_conversations_if_the_rules_say() -> None:
    world = World().open_shop(limit=1, line=True, on_leave="end")
    world.online("o_ann", 1)
    world.online("o_bob", 1)
    first, second = world.start("g_1"), world.start("g_2")
    world.offline("o_ann")
    assert world.conversation(first).status == "archived"
    ended = next(event for event in world.happened if isinstance(event, e.ConversationEnded))
    assert (ended.by, ended.reason) == ("system", "operator_left")
    assert world.conversation(second).operator == "o_bob"


def test_last_to_leave_closes_the_line() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 1)
    world.start("g_1")
    waiting = world.start("g_2")
    world.offline("o_ann")
    assert not world.desk.seats.line
    assert world.events_of(waiting)[-3:] == ["ConversationLeftLine", "ConversationEnded", "ConversationArchived"]
    left = world.log[waiting][-3]
    assert isinstance(left, e.ConversationLeftLine)
    assert left.reason == "closed"


def test_last_to_leave_takes_what_ended_in_the_line_to_history() -> None:
    world = World().open_shop(limit=0, line=True)
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    assert world.conversation(conversation).status == "ended"
    world.offline("o_ann")
    assert world.conversation(conversation).status == "archived"
