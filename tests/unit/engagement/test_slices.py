"""The slices together: nothing twice, nothing left out."""

from contracts import subjects
from contracts.logs import COMMANDS, EVENTS
from services.engagement.definition import AGGREGATE_OF, SNAPSHOTS
from services.engagement.slices import FIRE, SLICES, TIMERS


def test_every_command_has_one_handler() -> None:
    handled = [command for part in SLICES for command in part.commands]
    assert len(handled) == len(set(handled))
    assert set(handled) == set(COMMANDS[subjects.ENGAGEMENT])


def test_every_event_is_of_one_aggregate_and_every_aggregate_has_a_snapshot() -> None:
    events = [event for part in SLICES for event in part.aggregates]
    assert len(events) == len(set(events))
    assert set(events) == set(EVENTS[subjects.ENGAGEMENT])
    snapshots = {AGGREGATE_OF[kind] for kind in SNAPSHOTS.values()}
    assert snapshots == {AGGREGATE_OF[event] for event in events}


def test_kinds_of_timers_are_nobodys_twice() -> None:
    assert len(FIRE) == sum(len(part.fire) for part in SLICES)
    assert len(TIMERS) == sum(len(part.timers) for part in SLICES)
