"""Who takes the next conversation: the operator who has been free longest."""

from contracts.conversations import commands as c
from tests.unit.conversations.world import World


def shop(**channels: int) -> World:
    world = World().open_shop(limit=99)
    for name, number in channels.items():
        world.online(f"o_{name}", number)
    return world


def takers(world: World, *visitors: str) -> list[str]:
    """Who takes each of these as they come."""
    return [str(world.conversation(world.start(visitor)).operator)[2:] for visitor in visitors]


def test_operators_take_turns_whatever_number_of_channels_each_has() -> None:
    world = shop(ann=4, bob=2, cyd=4)
    assert takers(world, *"abcdef") == ["ann", "bob", "cyd", "ann", "bob", "cyd"]
    assert takers(world, *"gh") == ["ann", "cyd"]


def test_who_became_wholly_free_last_comes_last() -> None:
    world = shop(ann=1, bob=1, cyd=1)
    conversations = {visitor: world.start(visitor) for visitor in "abc"}
    for visitor in "bac":
        world.end(conversations[visitor], visitor)
    assert takers(world, *"def") == ["bob", "ann", "cyd"]


def test_end_of_one_of_several_conversations_does_not_put_an_operator_back() -> None:
    world = shop(ann=3, bob=1)
    first, _, _ = world.start("a"), world.start("b"), world.start("c")
    world.online("o_cyd", 1)
    world.end(first, "a")
    assert takers(world, *"de") == ["ann", "cyd"]


def test_who_comes_online_or_back_stands_behind_the_others() -> None:
    world = shop(ann=1, bob=1)
    world.system(c.MarkOperatorAway, operator="o_ann")
    world.online("o_cyd", 1)
    world.system(c.MarkOperatorBack, operator="o_ann")
    assert takers(world, *"abc") == ["bob", "cyd", "ann"]


def test_more_channels_change_nobodys_turn() -> None:
    world = shop(ann=1, bob=1)
    world.online("o_ann", 2)
    world.do(world.by_operator(c.OpenChannel, "o_bob"))
    assert takers(world, *"abcd") == ["ann", "bob", "ann", "bob"]


def test_conversation_handed_over_counts_as_taken() -> None:
    world = shop(ann=2, bob=2, cyd=2)
    conversation = world.start("a")
    world.do(world.by_operator(c.TransferConversation, "o_ann", conversation=conversation, to="o_bob"))
    assert takers(world, *"b") == ["cyd"]


def test_of_one_operator_the_channel_free_longest_is_taken() -> None:
    world = shop(ann=2)
    first = world.start("a")
    world.end(first, "a")
    world.start("b")
    assert world.desk.channels.taken_of("o_ann") == [2]


def test_order_survives_a_snapshot() -> None:
    world = shop(ann=1, bob=1, cyd=2)
    world.start("a")
    world.check_replay()
    assert takers(world, *"bc") == ["bob", "cyd"]
    world.check_replay()
