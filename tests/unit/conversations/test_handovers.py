"""Transfer to a department: at once if one of its channels is free, else before everybody else, still held."""

from uuid import UUID

import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.departments import Department
from contracts.desks import Handover
from services.conversations import views
from services.conversations.domain.errors import AskedAlready, DepartmentNotFound, NotAllowed
from tests.unit.conversations.world import World

SIZES = Department(id="sizes", name="Sizes", operators=["o_bob", "o_cyd"])
RETURNS = Department(id="returns", name="Returns", operators=["o_ann"])


def shop(**settings: object) -> tuple[World, UUID]:
    """Ann holds a conversation; she has one channel."""
    world = World().open_shop(**{"limit": 9, "line": True, "departments": [SIZES, RETURNS], **settings})
    world.online("o_ann", 1)
    return world, world.start("g_1")


def waiting_for_sizes(**settings: object) -> tuple[World, UUID, UUID]:
    """Ann's conversation waits for Bob, who holds another on his only channel."""
    world, conversation = shop(**settings)
    world.online("o_bob", 1)
    by_bob = world.start("g_2")
    transfer(world, conversation)
    return world, conversation, by_bob


def transfer(world: World, conversation: UUID, to: str = "sizes", by: str = "o_ann") -> None:
    world.do(world.by_operator(c.TransferConversation, by, conversation=conversation, to=to))


def test_goes_at_once_to_the_one_of_the_department_who_is_free_longest() -> None:
    world, conversation = shop()
    world.online("o_cyd", 1)
    world.online("o_bob", 1)
    transfer(world, conversation)
    assert world.names == ["ConversationTransferred", "ConversationMoved"]
    assert world.conversation(conversation).operator == "o_cyd"


def test_never_goes_to_the_holder_who_is_of_the_department_too() -> None:
    world = World().open_shop(departments=[SIZES])
    world.online("o_bob", 2)
    conversation = world.start("g_1")
    transfer(world, conversation, by="o_bob")
    assert world.names == ["TransferAsked", "HandoverAsked"]
    world.online("o_cyd", 1)
    assert world.conversation(conversation).operator == "o_cyd"


def test_waits_held_by_its_operator_who_goes_on_talking() -> None:
    world, conversation, _ = waiting_for_sizes()
    assert world.names == ["TransferAsked", "HandoverAsked"]
    asked = world.happened[0]
    assert isinstance(asked, e.TransferAsked)
    assert (asked.operator, asked.department) == ("o_ann", "sizes")
    assert views.desk_view(world.desk).handovers == [Handover(conversation, "sizes")]
    world.say(conversation, "o_ann", "one moment, I hand you over")


def test_is_first_to_get_a_freed_channel_before_the_whole_line() -> None:
    world, conversation, by_bob = waiting_for_sizes()
    first = world.start("g_3")
    world.end(by_bob, "g_2")
    assert world.conversation(conversation).operator == "o_bob"
    assert world.conversation(first).operator == "o_ann"
    assert not world.desk.handovers


def test_moves_at_the_limit_which_it_does_not_touch() -> None:
    world, conversation, _ = waiting_for_sizes(limit=2)
    world.online("o_cyd", 1)
    assert world.conversation(conversation).operator == "o_cyd"
    assert world.desk.channels.busy == 2


def test_newcomer_does_not_take_the_channel_it_waits_for() -> None:
    world, conversation, by_bob = waiting_for_sizes()
    world.system(c.MarkOperatorAway, operator="o_bob")
    world.end(by_bob, "g_2")
    world.end(conversation, "g_1")
    assert not world.desk.handovers
    second = world.start("g_4")
    transfer(world, second)
    world.online("o_ann", 2)
    world.system(c.MarkOperatorBack, operator="o_bob")
    assert world.conversation(second).operator == "o_bob"


def test_handovers_move_one_after_another_into_the_channels_they_free() -> None:
    world, to_sizes, by_bob = waiting_for_sizes()
    transfer(world, by_bob, to="returns", by="o_bob")
    line = world.start("g_5")
    world.online("o_cyd", 1)
    assert world.conversation(to_sizes).operator == "o_cyd"
    assert world.conversation(by_bob).operator == "o_ann"
    assert world.conversation(line).operator == "o_bob"


def test_first_asked_goes_first() -> None:
    world = World().open_shop(limit=9, departments=[SIZES])
    world.online("o_ann", 2)
    conversations = [world.start("g_1"), world.start("g_2")]
    for conversation in reversed(conversations):
        transfer(world, conversation)
    world.online("o_bob", 1)
    assert [world.conversation(each).operator for each in conversations] == ["o_ann", "o_bob"]


def test_first_asked_goes_first_over_departments_that_share_an_operator() -> None:
    both = [Department(id=name, name=name, operators=["o_bob"]) for name in ("hats", "sizes")]
    world = World().open_shop(limit=9, departments=both)
    world.online("o_ann", 2)
    second, first = world.start("g_1"), world.start("g_2")
    transfer(world, first, to="sizes")
    transfer(world, second, to="hats")
    world.online("o_bob", 1)
    assert [world.conversation(each).operator for each in (first, second)] == ["o_bob", "o_ann"]


@pytest.mark.parametrize("how", ["end", "take over", "to a colleague", "kept", "department gone", "gone to another"])
def test_waits_no_more_once_something_else_became_of_it(how: str) -> None:
    world, conversation, _ = waiting_for_sizes()
    if how == "end":
        world.end(conversation, "g_1")
    elif how == "kept":
        transfer(world, conversation, to="o_ann")
    elif how == "department gone":
        world.change(limit=9, departments=[RETURNS])
    elif how == "gone to another":
        world.change(limit=9, departments=[RETURNS, Department(id="hats", name="Hats", operators=["o_eve"])])
    else:
        world.online("o_dan", 1)
        if how == "take over":
            world.do(world.by_operator(c.TakeOverConversation, "o_dan", conversation=conversation))
        else:
            transfer(world, conversation, to="o_dan")
    assert not world.desk.handovers
    world.check()
    world.check_replay()


def test_another_department_takes_the_place_of_the_first() -> None:
    hats = Department(id="hats", name="Hats", operators=["o_eve"])
    world, conversation, by_bob = waiting_for_sizes(departments=[SIZES, RETURNS, hats])
    transfer(world, conversation, to="hats")
    assert world.desk.handovers.all == {conversation: "hats"}
    world.end(by_bob, "g_2")
    assert world.conversation(conversation).operator == "o_ann"


def test_asking_twice_or_for_no_department_or_as_another_is_refused() -> None:
    world, conversation, _ = waiting_for_sizes()
    for to, by, refusal in (
        ("sizes", "o_ann", AskedAlready),
        ("hats", "o_ann", DepartmentNotFound),
        ("sizes", "o_bob", NotAllowed),
    ):
        with pytest.raises(refusal):
            transfer(world, conversation, to=to, by=by)


def test_away_operator_does_not_reopen_on_the_channel_it_waits_for() -> None:
    world, _conversation, by_bob = waiting_for_sizes()
    world.system(c.MarkOperatorAway, operator="o_bob")
    world.end(by_bob, "g_2")
    with pytest.raises(Exception, match="No channel is free"):
        world.do(world.by_operator(c.ReopenConversation, "o_bob", conversation=by_bob))
