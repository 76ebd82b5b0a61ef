"""Departments: their own operators' channels, their own lane of the one line."""

from uuid import UUID

import pytest

from contracts.conversations import events as e
from contracts.conversations.departments import Department
from services.conversations import views
from services.conversations.domain.errors import NobodyOnline
from tests.unit.conversations.world import World

RETURNS = Department(id="returns", name="Returns", operators=["o_ann", "o_eve"])
SIZES = Department(id="sizes", name="Sizes", operators=["o_bob"])


def shop(**settings: object) -> World:
    """Ann takes returns, Bob sizes; each has one channel."""
    world = World().open_shop(**{"limit": 9, "line": True, "departments": [RETURNS, SIZES], **settings})
    world.online("o_ann", 1)
    world.online("o_bob", 1)
    return world


def holder(world: World, conversation: UUID) -> str | None:
    return world.conversation(conversation).operator


def test_conversation_for_a_department_goes_to_its_operator_though_another_is_free_longer() -> None:
    world = shop()
    conversation = world.start("g_1", department="sizes")
    assert holder(world, conversation) == "o_bob"
    started = world.log[conversation][0]
    assert isinstance(started, e.ConversationStarted)
    assert started.department == "sizes"


def test_nobody_of_the_department_online_is_refused_as_offline_and_noted() -> None:
    world = shop()
    world.offline("o_bob")
    with pytest.raises(NobodyOnline):
        world.start("g_1", department="sizes")
    assert world.names == ["VisitorTurnedAway"]


def test_department_that_does_not_exist_is_anybody() -> None:
    world = shop()
    conversation = world.start("g_1", department="hats")
    assert holder(world, conversation) == "o_ann"
    assert world.conversation(conversation).department is None


def test_full_department_lines_up_and_others_channels_serve_others() -> None:
    world = shop()
    world.start("g_1", department="sizes")
    waiting = world.start("g_2", department="sizes")
    assert world.conversation(waiting).status == "waiting"
    assert views.availability(world.desk) == "online"
    assert holder(world, world.start("g_3")) == "o_ann"


def test_freed_channel_goes_to_the_first_who_may_have_it() -> None:
    world = shop()
    by_ann, by_bob = world.start("g_1"), world.start("g_2")
    for_sizes, for_anybody, for_returns = (
        world.start("g_3", department="sizes"),
        world.start("g_4"),
        world.start("g_5", department="returns"),
    )
    world.end(by_ann, "g_1")
    assert holder(world, for_anybody) == "o_ann"
    world.end(by_bob, "g_2")
    assert holder(world, for_sizes) == "o_bob"
    assert list(world.desk.seats.line) == [for_returns]


def test_line_at_the_limit_is_served_in_order_over_all_lanes() -> None:
    world = shop(limit=1)
    first = world.start("g_1")
    waiting = [world.start(f"g_{number}", department=name) for number, name in ((2, "sizes"), (3, None), (4, "sizes"))]
    served = []
    for visitor, conversation in zip(("g_1", "g_2", "g_3"), [first, *waiting], strict=False):
        world.end(conversation, visitor)
        served += [event.conversation for event in world.happened if isinstance(event, e.ConversationAdmitted)]
    assert served == waiting


def test_last_of_a_department_to_leave_closes_its_lane_only() -> None:
    world = shop()
    world.start("g_1")
    world.start("g_2")
    for_sizes, for_anybody = world.start("g_3", department="sizes"), world.start("g_4")
    world.offline("o_bob")
    assert world.events_of(for_sizes)[-2:] == ["ConversationLeftLine", "ConversationEnded"]
    assert list(world.desk.seats.line) == [for_anybody]


def test_operator_who_comes_to_a_department_serves_its_lane_at_once() -> None:
    world = shop()
    world.start("g_1", department="sizes")
    waiting = world.start("g_2", department="sizes")
    world.change(
        limit=9, line=True, departments=[RETURNS, Department(id="sizes", name="Sizes", operators=["o_ann", "o_bob"])]
    )
    assert holder(world, waiting) == "o_ann"


def test_line_of_a_department_that_is_no_more_is_anybodys() -> None:
    world = shop()
    world.start("g_1", department="sizes")
    waiting = world.start("g_2", department="sizes")
    world.change(limit=9, line=True, departments=[RETURNS])
    assert holder(world, waiting) == "o_ann"


def test_department_left_without_anybody_online_closes_its_lane() -> None:
    world = shop()
    world.start("g_1", department="sizes")
    waiting = world.start("g_2", department="sizes")
    world.change(limit=9, line=True, departments=[RETURNS, Department(id="sizes", name="Sizes")])
    assert world.conversation(waiting).status == "ended"


def test_reopened_conversation_goes_back_to_its_department_behind_the_line() -> None:
    world = shop()
    conversation = world.start("g_1", department="sizes")
    world.end(conversation, "g_1")
    world.start("g_2", department="sizes")
    first = world.start("g_3", department="sizes")
    world.say(conversation, "g_1", "one thing more")
    assert list(world.desk.seats.line) == [first, conversation]
    assert world.desk.seats.line.department(conversation) == "sizes"


def test_summary_says_for_which_department_and_since_when_it_waits() -> None:
    world = shop()
    world.start("g_1", department="sizes")
    waiting = world.start("g_2", department="sizes")
    summary = views.conversation_summary(world.conversation(waiting))
    assert summary is not None
    assert (summary.department, summary.waiting_since) == ("sizes", world.now)
    world.offline("o_ann")
    world.end(world.desk.channels.held_by("o_bob")[0], "g_1")
    served = views.conversation_summary(world.conversation(waiting))
    assert served is not None
    assert served.waiting_since is None
