"""From the log to living aggregates, many in one query."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import PersistenceError, StoredEvent

from contracts import registry
from contracts.upcasters import UPCASTERS
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.definition import LogDefinition
from services.common.eventlog.faults import DamagedLog
from services.common.eventlog.held import Held
from services.common.eventlog.replaying import replay
from services.common.eventlog.store.application import PartitionLog
from services.common.eventlog.store.recorder import History

T = TypeVar("T")


class LogAway(Exception):
    """PostgreSQL does not answer at the moment."""


async def reading(read: Callable[[], T], executor: Executor | None = None) -> T:
    """Run a reading function of the log in a thread. Raises LogAway."""
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, read)
    except (psycopg.Error, PersistenceError) as error:
        raise LogAway(type(error).__name__) from error


class Loader:
    """Reads aggregates of one partition into memory."""

    def __init__(self, definition: LogDefinition[Any], log: PartitionLog, held: Held) -> None:
        self._definition, self._log, self._held = definition, log, held

    async def load(self, ids: Iterable[UUID]) -> None:
        """Bring these into memory, as far as they exist. Raises LogAway, DamagedLog."""
        wanted = set(ids)
        for aggregate, snapshot_at in await reading(lambda: self._read(wanted)):
            self._held.loaded(aggregate, snapshot_at)
            wanted.discard(aggregate.id)
        self._held.absent(wanted)

    async def check_release(self) -> None:
        """Refuse a log that a newer release has written to. Raises DamagedLog, LogAway."""
        known = [*registry.TYPE_OF_TOPIC, *UPCASTERS]
        topic = await reading(lambda: self._log.recorder.unknown_topic(known))
        if topic is not None:
            raise DamagedLog(
                f"A newer release of Shopbell has written to the log (unknown event type {topic}): install that one."
            )

    async def founders(self, topic: str) -> list[UUID]:
        """The ids of all aggregates that have an event whose topic is like `topic` (SQL). Raises LogAway."""
        return await reading(lambda: self._log.recorder.originators(topic))

    def _read(self, ids: set[UUID]) -> list[tuple[Aggregate, int]]:
        histories = self._log.recorder.histories(ids, self._definition.snapshot_topics)
        return [self._rebuild(one, history) for one, history in histories.items()]

    def _rebuild(self, aggregate_id: UUID, history: History) -> tuple[Aggregate, int]:
        """An aggregate, and the version of the snapshot that it came from."""
        stored = history.snapshot
        events: Sequence[StoredEvent] = history.events
        snapshot = None if stored is None else self._definition.decode_snapshot(stored.state)
        aggregate = None if snapshot is None else self._definition.aggregate_of[type(snapshot)].from_snapshot(snapshot)
        if stored is not None and snapshot is None:
            events = self._log.recorder.select_events(aggregate_id)
        try:
            decoded = [registry.decode(event.topic, event.state) for event in events]
        except registry.UnknownEvent as error:
            raise DamagedLog(f"The log can't be read by this release of Shopbell: {error}.") from error
        aggregate = replay(self._definition.aggregate_of, aggregate, decoded)
        return cast(Aggregate, aggregate), 0 if snapshot is None else snapshot.originator_version
