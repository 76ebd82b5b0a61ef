"""A visitor rings: a channel, the line, or a refusal."""

import pytest

from contracts.conversations import events as e
from services.conversations.domain.errors import InProgress, NobodyOnline, NoFreeChannel, NotFound, ShopNotFound
from tests.unit.conversations.world import World


def test_free_channel_admits_and_assigns() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1", "hello")
    assert world.events_of(conversation) == ["ConversationStarted", "OperatorAssigned", "MessageSaid"]
    assert world.desk.seats.all[conversation].operator == "o_ann"
    assert world.conversation(conversation).status == "open"


def test_start_without_text_says_nothing() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1", None)
    assert world.events_of(conversation) == ["ConversationStarted", "OperatorAssigned"]


def test_nobody_online_is_refused_as_offline_and_noted() -> None:
    world = World().open_shop(line=True)
    with pytest.raises(NobodyOnline) as refused:
        world.start("g_1")
    assert refused.value.code == "offline"
    assert world.names == ["VisitorTurnedAway"]


def test_at_the_limit_without_line_is_refused_as_no_capacity_and_noted() -> None:
    world = World().open_shop(limit=1)
    world.online("o_ann", 2)
    world.start("g_1")
    with pytest.raises(NoFreeChannel) as refused:
        world.start("g_2")
    assert refused.value.code == "no_capacity"
    turned_away = world.happened[0]
    assert isinstance(turned_away, e.VisitorTurnedAway)
    assert (turned_away.visitor, turned_away.reason) == ("g_2", "limit")
    assert turned_away.command is None


def test_visitor_is_noted_as_turned_away_once_an_hour() -> None:
    world = World().open_shop()
    noted = []
    for minutes in (0, 20, 50):
        world.later(minutes=minutes)
        with pytest.raises(NobodyOnline):
            world.start("g_1")
        noted.append(len(world.happened))
    assert noted == [1, 0, 1]


def test_at_the_limit_with_line_waits_at_its_end() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 2)
    world.start("g_1")
    first, second = world.start("g_2"), world.start("g_3")
    assert world.events_of(second) == ["ConversationStarted", "ConversationQueued", "MessageSaid"]
    queued = world.log[second][1]
    assert isinstance(queued, e.ConversationQueued)
    assert queued.place == 2
    assert list(world.desk.seats.line) == [first, second]


def test_channel_that_has_been_free_longest_is_offered_first() -> None:
    world = World().open_shop(limit=9)
    world.online("o_ann", 1)
    world.online("o_bob", 1)
    first = world.start("g_1")
    world.end(first, "g_1")
    second, third = world.start("g_2"), world.start("g_3")
    assert [world.conversation(each).operator for each in (first, second, third)] == ["o_ann", "o_bob", "o_ann"]


def test_second_start_belongs_to_the_conversation_that_goes_on() -> None:
    world = World().open_shop()
    world.online("o_ann", 2)
    conversation = world.start("g_1")
    with pytest.raises(InProgress) as progress:
        world.start("g_1")
    assert progress.value.conversation == conversation
    assert world.happened == []


@pytest.mark.parametrize(
    "again",
    [
        {"visitor": "g_3", "origin": "origin of g_1", "sender": "g_1"},
        {"visitor": "g_3", "origin": "origin of g_2", "sender": "g_2"},
    ],
    ids=["under the token from before", "under the new token"],
)
def test_second_start_of_a_guest_with_another_id_is_recognised(again: dict[str, str]) -> None:
    world = World().open_shop()
    world.online("o_ann", 2)
    conversation = world.start("g_2", sender="g_1", origin="origin of g_1")
    with pytest.raises(InProgress) as progress:
        world.start(again.pop("visitor"), **again)
    assert progress.value.conversation == conversation


def test_start_after_the_end_is_a_new_conversation() -> None:
    world = World().open_shop()
    world.online("o_ann", 2)
    first = world.start("g_1")
    world.end(first, "g_1")
    assert world.start("g_1") != first


def test_start_that_was_said_in_an_ended_conversation_is_found_there() -> None:
    world = World().open_shop()
    world.online("o_ann", 2)
    conversation = world.start("g_1")
    again = world.start_command("g_1")
    world.say(conversation, "g_1", "hello", id=again.id)
    world.end(conversation, "g_1")
    with pytest.raises(InProgress) as progress:
        world.do(again)
    assert progress.value.conversation == conversation


def test_start_at_an_unknown_shop_is_not_found() -> None:
    with pytest.raises(ShopNotFound):
        World().start("g_1")


def test_start_under_the_id_of_another_thing_is_not_found() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    with pytest.raises(NotFound):
        world.start("g_1", id="command-x", conversation=world.desk.id)
