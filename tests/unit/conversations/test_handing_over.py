"""Transfer and take-over: another operator, another channel, the limit as before."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from services.conversations.domain.errors import NoFreeChannel, NotAllowed, NotOpen, OperatorOffline, Pointless
from tests.unit.conversations.world import World


def talking(**settings: object) -> tuple[World, UUID]:
    world = World().open_shop(**settings)
    world.online("o_ann", 1)
    return world, world.start("g_1")


def transfer(world: World, conversation: UUID, to: str, by: str = "o_ann") -> None:
    world.do(world.by_operator(c.TransferConversation, by, conversation=conversation, to=to))


def take_over(world: World, conversation: UUID, by: str) -> None:
    world.do(world.by_operator(c.TakeOverConversation, by, conversation=conversation))


def test_transfer_moves_it_to_a_free_channel_of_the_colleague() -> None:
    world, conversation = talking(limit=1)
    world.online("o_bob", 1)
    transfer(world, conversation, "o_bob")
    assert world.names == ["ConversationTransferred", "ConversationMoved"]
    assert world.conversation(conversation).operator == "o_bob"
    assert world.desk.channels.busy == 1
    assert world.desk.channels.longest_free_of("o_ann") == 1


@pytest.mark.parametrize(
    ("channels", "refusal"), [(None, OperatorOffline), (0, NoFreeChannel)], ids=["offline", "without a free channel"]
)
def test_transfer_to_a_colleague_who_cannot_take_it_is_refused(channels: int | None, refusal: type[Exception]) -> None:
    world, conversation = talking()
    if channels is not None:
        world.online("o_bob", channels)
    with pytest.raises(refusal):
        transfer(world, conversation, "o_bob")
    assert world.happened == []


def test_transfer_to_a_colleague_who_is_away_is_refused() -> None:
    world, conversation = talking()
    world.online("o_bob", 1)
    world.system(c.MarkOperatorAway, operator="o_bob")
    with pytest.raises(OperatorOffline):
        transfer(world, conversation, "o_bob")


def test_only_the_holder_transfers_and_only_to_another() -> None:
    world, conversation = talking()
    world.online("o_bob", 1)
    with pytest.raises(NotAllowed):
        transfer(world, conversation, "o_bob", by="o_bob")
    with pytest.raises(Pointless):
        transfer(world, conversation, "o_ann")


def test_take_over_uses_a_free_channel_of_the_taker() -> None:
    world, conversation = talking(limit=1)
    world.online("o_bob", 1)
    take_over(world, conversation, "o_bob")
    transferred = world.happened[0]
    assert isinstance(transferred, e.ConversationTransferred)
    assert (transferred.operator, transferred.to, transferred.how) == ("o_ann", "o_bob", "take_over")
    with pytest.raises(NotAllowed):
        world.say(conversation, "o_ann")


def test_take_over_of_what_a_leaver_kept_closes_the_old_channel() -> None:
    world, conversation = talking()
    world.offline("o_ann")
    world.online("o_bob", 1)
    take_over(world, conversation, "o_bob")
    assert set(world.desk.channels.open) == {2}
    assert set(world.desk.operators) == {"o_bob"}


def test_take_over_without_a_free_channel_is_refused() -> None:
    world, conversation = talking()
    with pytest.raises(OperatorOffline):
        take_over(world, conversation, "o_bob")
    world.online("o_bob", 0)
    with pytest.raises(NoFreeChannel):
        take_over(world, conversation, "o_bob")


def test_nobody_takes_a_waiting_conversation_out_of_turn() -> None:
    world, _ = talking(limit=1, line=True)
    waiting = world.start("g_2")
    world.online("o_bob", 1)
    with pytest.raises(NotOpen):
        take_over(world, waiting, "o_bob")
