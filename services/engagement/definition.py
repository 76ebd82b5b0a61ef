"""The log `engagement`: its commands, its aggregates, its rules."""

from collections.abc import Mapping
from typing import Final

import msgspec

from contracts import subjects
from contracts.engagement.commands import EngagementCommand
from contracts.event import Event
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.definition import LogDefinition
from services.common.eventlog.snapshot import Snapshot, snapshot_topic
from services.engagement import dispatch
from services.engagement.duties import EngagementDuties
from services.engagement.slice import EVENTS_BETWEEN_SNAPSHOTS
from services.engagement.slices import SLICES

AGGREGATE_OF: Final[Mapping[type[Event] | type[Snapshot], type[Aggregate]]] = {
    **{event: aggregate for part in SLICES for event, aggregate in part.aggregates.items()},
    **{snapshot: aggregate for part in SLICES for snapshot, aggregate in part.snapshots.items()},
}
SNAPSHOTS: Final[Mapping[str, type[Snapshot]]] = {
    snapshot_topic(kind): kind for part in SLICES for kind in part.snapshots
}
INTERVALS: Final[Mapping[type[Aggregate], int]] = {
    kind: events for part in SLICES for kind, events in part.intervals.items()
}

_decoder: Final[msgspec.json.Decoder[EngagementCommand]] = msgspec.json.Decoder(EngagementCommand)


class _Tagged(msgspec.Struct):
    type: str


_tag_decoder: Final = msgspec.json.Decoder(_Tagged)


def decode_snapshot(state: bytes) -> Snapshot | None:
    """The snapshot, or None if it is of a format that this release does not know."""
    try:
        kind = SNAPSHOTS.get(_tag_decoder.decode(state).type)
        return None if kind is None else msgspec.json.decode(state, type=kind)
    except msgspec.ValidationError:
        return None


def snapshot_interval(aggregate: Aggregate) -> int:
    """Events between two snapshots."""
    return INTERVALS.get(type(aggregate), EVENTS_BETWEEN_SNAPSHOTS)


ENGAGEMENT: Final = LogDefinition(
    name=subjects.ENGAGEMENT,
    decode_command=_decoder.decode,
    target_ids=dispatch.target_ids,
    further_ids=dispatch.further_ids,
    decide=dispatch.decide,
    aggregate_of=AGGREGATE_OF,
    decode_snapshot=decode_snapshot,
    snapshot_topics=tuple(SNAPSHOTS),
    snapshot_interval=snapshot_interval,
    duties=EngagementDuties,
)
