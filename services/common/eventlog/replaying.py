"""From the log to living aggregates."""

from collections.abc import Iterable, Mapping

from contracts.event import Event
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.snapshot import Snapshot

AggregateOf = Mapping[type[Event] | type[Snapshot], type[Aggregate]]
"""Whose an event or a snapshot is."""


def replay(
    aggregate_of: AggregateOf, aggregate: Aggregate | None, events: Iterable[Event | Snapshot]
) -> Aggregate | None:
    """What the events make of an aggregate; without one, of the snapshot that may stand first, or of nothing.

    Raises `ValueError` if the events are not those of one aggregate in order, without a hole.
    """
    for event in events:
        if isinstance(event, Snapshot):
            if aggregate is None:
                aggregate = aggregate_of[type(event)].from_snapshot(event)
            continue
        if aggregate is None:
            aggregate = aggregate_of[type(event)].blank(event.originator_id, event.shop, event.timestamp)
        aggregate.replay(event)
    return aggregate
