"""Replay, snapshots, order and time: what all aggregates have in common."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from eventsourcing.application import Repository

from contracts.conversations import commands as c
from services.common.eventlog.replaying import replay
from services.common.eventlog.snapshot import encode_snapshot, snapshot_topic
from services.conversations.definition import AGGREGATE_OF
from services.conversations.domain.desk_state import TURNED_AWAY_KEPT
from services.conversations.domain.errors import NobodyOnline
from services.conversations.domain.snapshots import decode_snapshot
from tests.unit.conversations.world import World


def busy_world() -> World:
    world = World().open_shop(limit=2, line=True)
    world.online("o_ann", 2)
    first = world.start("g_1")
    for visitor in ("g_2", "g_3", "g_4"):
        world.start(visitor)
    world.say(first, "o_ann")
    world.online("o_bob", 2)
    world.system(c.MarkOperatorAway, operator="o_bob")
    world.end(first, "g_1")
    return world


def test_snapshot_of_any_version_and_the_events_after_it_are_the_same_as_all_events() -> None:
    world = busy_world()
    for which, living in world.alive.items():
        for version in range(1, living.version + 1):
            then = replay(AGGREGATE_OF, None, world.log[which][:version])
            assert then is not None
            snapshot = decode_snapshot(encode_snapshot(then.snapshot()))
            assert snapshot is not None
            assert replay(AGGREGATE_OF, None, [snapshot, *world.log[which][version:]]) == living


def test_snapshot_of_an_unknown_format_is_no_snapshot() -> None:
    state = encode_snapshot(busy_world().desk.snapshot())
    assert decode_snapshot(state.replace(b"desk.snapshot.v1", b"desk.snapshot.v9")) is None


def test_snapshot_names_its_format() -> None:
    assert snapshot_topic(busy_world().desk.snapshot()) == "desk.snapshot.v1"


def test_log_with_a_hole_is_not_replayed() -> None:
    world = busy_world()
    log = world.log[world.desk.id]
    with pytest.raises(ValueError, match="does not follow"):
        replay(AGGREGATE_OF, None, [*log[:3], *log[4:]])


def test_event_of_another_aggregate_is_not_replayed() -> None:
    world = busy_world()
    first, second = world.conversations()[:2]
    with pytest.raises(ValueError, match="does not follow"):
        replay(AGGREGATE_OF, None, [world.log[first.id][0], world.log[second.id][1]])


def test_nothing_makes_nothing() -> None:
    assert replay(AGGREGATE_OF, None, []) is None


def test_time_never_goes_back() -> None:
    world = World().open_shop()
    world.online("o_ann", 1)
    conversation = world.start("g_1")
    world.now -= timedelta(hours=1)
    world.say(conversation, "g_1")
    assert all(one.timestamp <= other.timestamp for one, other in pairwise(world.log[conversation]))


def test_visitors_turned_away_are_remembered_in_bounds() -> None:
    world = World().open_shop()
    for number in range(TURNED_AWAY_KEPT + 5):
        with pytest.raises(NobodyOnline):
            world.start(f"g_{number}")
    assert len(world.desk.turned_away) == TURNED_AWAY_KEPT
    world.later(hours=1)
    with pytest.raises(NobodyOnline):
        world.start("g_0")
    assert len(world.desk.turned_away) == 1


def test_library_repository_takes_replay_as_its_projector() -> None:
    world = busy_world()

    class Events:
        def get(self, originator_id: object, **_: object) -> object:
            return iter(world.log[world.desk.id])

    repository: Repository[object] = Repository(Events())  # type: ignore[arg-type,type-var]
    assert repository.get(world.desk.id, projector_func=partial(replay, AGGREGATE_OF)) == world.desk
