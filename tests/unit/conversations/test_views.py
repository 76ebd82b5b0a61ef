"""What gateways show of a desk."""

import pytest

from contracts.conversations import commands as c
from contracts.desks import ChannelView, OperatorView
from services.conversations import views
from tests.unit.conversations.world import World


@pytest.mark.parametrize(
    ("settings", "operators", "visitors", "found"),
    [
        ({}, 1, 0, "online"),
        ({"limit": 1}, 2, 1, "form"),
        ({"limit": 1, "offline_mode": False}, 2, 1, "hidden"),
        ({"limit": 1, "line": True}, 2, 1, "line"),
        ({"limit": 1, "line": True}, 2, 2, "line"),
        ({"line": True}, 0, 0, "form"),
        ({"line": True, "offline_mode": False}, 0, 0, "hidden"),
    ],
)
def test_new_visitor_finds(settings: dict[str, object], operators: int, visitors: int, found: str) -> None:
    world = World().open_shop(**settings)
    for number in range(operators):
        world.online(f"o_{number}", 1)
    for number in range(visitors):
        world.start(f"g_{number}")
    assert views.availability(world.desk) == found


def test_new_visitor_finds_the_form_while_all_operators_are_away() -> None:
    world = World().open_shop(line=True)
    world.online("o_ann", 1)
    world.system(c.MarkOperatorAway, operator="o_ann")
    assert views.availability(world.desk) == "form"


def test_desk_shows_channels_operators_and_line() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 2)
    busy, waiting = world.start("g_1"), world.start("g_2")
    world.system(c.MarkOperatorAway, operator="o_ann")
    view = views.desk_view(world.desk)
    assert view.channels == [ChannelView(1, "o_ann", busy), ChannelView(2, "o_ann")]
    assert view.operators == [OperatorView("o_ann", online=True, away=True)]
    assert (view.busy, view.limit, view.line, view.version) == (1, 1, [waiting], world.desk.version)


def test_operator_who_left_but_holds_conversations_shows_as_offline() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    world.start("g_1")
    world.offline("o_ann")
    assert views.desk_view(world.desk).operators == [OperatorView("o_ann", online=False)]
    assert views.desk_summary(world.desk).operators == 0


def test_summary_of_a_conversation_has_its_last_word() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1", "hello", name="sealed name")
    world.say(conversation, "o_ann", "hi")
    summary = views.conversation_summary(world.conversation(conversation))
    assert summary is not None
    assert (summary.last_from, summary.last_text, summary.name) == ("operator", "hi", "sealed name")
    assert (summary.status, summary.operator, summary.seq) == ("open", "o_ann", 4)


def test_deleted_conversation_has_no_summary() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.end(conversation, "g_1")
    world.offline("o_ann")
    world.do(world.by_operator(c.DeleteConversation, "o_ann", conversation=conversation))
    assert views.conversation_summary(world.conversation(conversation)) is None


def test_visitor_is_shown_the_conversation_that_goes_on_before_one_that_ended() -> None:
    world = World().open_shop(limit=0, line=True)
    world.online("o_ann", 1)
    first = world.start("c_ada")
    world.end(first, "c_ada")
    assert views.conversation_of_visitor(world.desk, "c_ada", "origin of c_ada") == first
    second = world.start("c_ada")
    assert views.conversation_of_visitor(world.desk, "c_ada", "origin of c_ada") == second
    assert views.place_in_line(world.desk, second) == 1
    assert views.place_in_line(world.desk, first) is None
    assert views.conversation_of_visitor(world.desk, "c_bea", "origin of c_bea") is None
