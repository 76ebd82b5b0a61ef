"""Who waits without a connection is passed over, and keeps the place."""

from uuid import UUID

from contracts.conversations import commands as c
from services.conversations import views
from tests.unit.conversations.world import World


def line() -> tuple[World, UUID, UUID, UUID]:
    """One talks, two wait; the first of them is away."""
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 2)
    talking, first, second = (world.start(f"g_{number}") for number in (1, 2, 3))
    world.system(c.MarkVisitorAway, conversation=first)
    return world, talking, first, second


def test_absent_visitor_is_passed_over_and_keeps_the_place() -> None:
    world, talking, first, second = line()
    assert views.desk_view(world.desk).absent == [first]
    world.end(talking, "g_1")
    assert world.conversation(second).status == "open"
    assert world.conversation(first).status == "waiting"
    assert views.place_in_line(world.desk, first) == 1


def test_visitor_who_is_back_keeps_the_place_before_those_who_came_later() -> None:
    world, talking, first, second = line()
    world.system(c.MarkVisitorBack, conversation=first)
    world.end(talking, "g_1")
    assert world.conversation(first).status == "open"
    assert list(world.desk.seats.line) == [second]


def test_visitor_who_is_back_is_served_at_once_if_a_channel_is_free() -> None:
    world, talking, first, second = line()
    world.end(talking, "g_1")
    world.end(second, "g_3")
    assert world.conversation(first).status == "waiting"
    world.system(c.MarkVisitorBack, conversation=first)
    assert world.conversation(first).status == "open"


def test_newcomer_is_served_before_the_absent() -> None:
    world, talking, first, second = line()
    world.end(second, "g_3")
    world.end(talking, "g_1")
    assert views.availability(world.desk) == "online"
    assert world.conversation(world.start("g_4")).status == "open"
    assert list(world.desk.seats.line) == [first]


def test_absent_visitor_who_comes_back_after_a_snapshot_is_in_order_still() -> None:
    world, talking, first, _ = line()
    world.check_replay()
    world.system(c.MarkVisitorBack, conversation=first)
    world.check_replay()
    world.end(talking, "g_1")
    assert world.conversation(first).status == "open"
