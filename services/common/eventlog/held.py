"""The aggregates that a partition's only writer keeps in memory."""

import time
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from contracts.event import Event
from services.common.eventlog import figures
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.snapshot import encode_snapshot, snapshot_topic

IDLE_SECONDS: Final = 900.0
MOST_HELD: Final = 20_000


class _Entry:
    __slots__ = ("aggregate", "snapshot_at", "used")

    def __init__(self, aggregate: Aggregate, snapshot_at: int, used: float) -> None:
        self.aggregate, self.snapshot_at, self.used = aggregate, snapshot_at, used


class Held:
    """What decisions are made on: a `Unit` of the handlers. The least recently used stands first.

    Everything in it is as in the log, but for what was decided since the last `collect`.
    """

    def __init__(
        self,
        interval: Callable[[Aggregate], int],
        most: int = MOST_HELD,
        idle_seconds: float = IDLE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`interval`: how many events lie between two snapshots of an aggregate."""
        self._interval, self._most, self._idle_seconds, self._clock = interval, most, idle_seconds, clock
        self._entries: dict[UUID, _Entry] = {}
        self._absent: set[UUID] = set()
        self._touched: dict[UUID, _Entry] = {}
        self._now = clock()

    def __len__(self) -> int:
        return len(self._entries)

    def begin(self) -> None:
        """A batch begins."""
        self._now = self._clock()
        self._absent.clear()
        self._touched.clear()

    def get(self, aggregate_id: UUID, /) -> Aggregate | None:
        """The living aggregate, or None if there is none of this id, or it was not loaded."""
        entry = self._entries.pop(aggregate_id, None)
        if entry is None:
            return None
        entry.used = self._now
        self._entries[aggregate_id] = self._touched[aggregate_id] = entry
        return entry.aggregate

    def peek(self, aggregate_id: UUID) -> Aggregate | None:
        """The same for who only looks: does not count as use."""
        entry = self._entries.get(aggregate_id)
        return None if entry is None else entry.aggregate

    def add(self, aggregate: Aggregate, /) -> None:
        """A new aggregate has come into being."""
        self._touched[aggregate.id] = self._put(aggregate, 0)

    def loaded(self, aggregate: Aggregate, snapshot_at: int) -> None:
        """It was read from the log; its newest snapshot is of version `snapshot_at`."""
        self._put(aggregate, snapshot_at)

    def absent(self, ids: Iterable[UUID]) -> None:
        """The log has none of these: don't ask for them again in this batch."""
        self._absent.update(ids)

    def missing(self, ids: Iterable[UUID]) -> set[UUID]:
        """Which of these must be read from the log."""
        return {one for one in ids if one not in self._entries and one not in self._absent}

    def collect(self) -> list[Event]:
        """The events of the decision just made, by aggregate in the order of first use."""
        events: list[Event] = []
        for entry in self._touched.values():
            if entry.aggregate.pending_events:
                events += entry.aggregate.collect()
        self._touched.clear()
        return events

    def snapshots(self, ids: Iterable[UUID]) -> list[StoredEvent]:
        """Those that are due after events of these aggregates, as of now."""
        rows = []
        for one in ids:
            entry = self._entries[one]
            aggregate = entry.aggregate
            if aggregate.version - entry.snapshot_at >= self._interval(aggregate):
                snapshot = aggregate.snapshot()
                rows.append(StoredEvent(one, aggregate.version, snapshot_topic(snapshot), encode_snapshot(snapshot)))
                entry.snapshot_at = aggregate.version
        return rows

    def drop_all(self, why: str) -> None:
        """Memory and log may differ: forget everything."""
        figures.evictions.labels(why).inc(len(self._entries))
        self._entries.clear()
        self._touched.clear()
        self._absent.clear()

    def evict_idle(self) -> int:
        """Forget who was not used for long, or is too much. Returns how many. Call it between batches."""
        count = 0
        oldest = self._clock() - self._idle_seconds
        while self._entries:
            first = next(iter(self._entries))
            if self._entries[first].used > oldest and len(self._entries) <= self._most:
                break
            del self._entries[first]
            count += 1
        if count:
            figures.evictions.labels("idle").inc(count)
        return count

    def _put(self, aggregate: Aggregate, snapshot_at: int) -> _Entry:
        self._absent.discard(aggregate.id)
        entry = self._entries[aggregate.id] = _Entry(aggregate, snapshot_at, self._clock())
        return entry
