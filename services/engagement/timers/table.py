"""The table of timers follows the log: rows and position in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from contracts import subjects
from contracts.event import Event, topic_of
from services.common.eventlog.clock import utc_now
from services.common.following import Pool, Step
from services.common.positions import Positions
from services.common.sieve import Found, Sieve
from services.engagement.slices import TIMERS
from services.engagement.timers.timer import Change, ClearTimer, SetTimer

POSITIONS: Final = Positions("engagement.timer_position")
NAMES: Final = [topic_of(event).rpartition(".v")[0] for event in TIMERS]

_CLEAR_KEYS: Final = "DELETE FROM engagement.timer WHERE key = ANY (%s)"
_CLEAR: Final = """
    DELETE FROM engagement.timer WHERE (key, step) IN (SELECT * FROM unnest(%s::uuid[], %s::text[]))
"""
_SET: Final = """
    INSERT INTO engagement.timer (partition, shop, kind, key, step, due_at)
    SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::text[], %s::timestamptz[])
    ON CONFLICT (key, step) DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at
"""

Connection = AsyncConnection[Any]


class Changes:
    """What some events, in log order, come to."""

    def __init__(self) -> None:
        self.keys: set[UUID] = set()
        self.cleared: set[tuple[UUID, str]] = set()
        self.set: dict[UUID, dict[str, tuple[str, SetTimer]]] = {}

    def rows(self) -> list[tuple[str, str, UUID, str, datetime]]:
        """Shop, kind, key, step and time of the timers to set."""
        return [
            (shop, one.kind, one.key, one.step, one.due_at)
            for steps in self.set.values()
            for shop, one in steps.values()
        ]

    def add(self, shop: str, change: Change) -> None:
        """The next one; the last word about a timer holds."""
        match change:
            case SetTimer(key=key, step=step):
                self.set.setdefault(key, {})[step] = shop, change
            case ClearTimer(key=key, step=None):
                self.set.pop(key, None)
                self.keys.add(key)
            case ClearTimer(key=key, step=str(step)):
                self.set.get(key, {}).pop(step, None)
                self.cleared.add((key, step))


def changes_of(events: Iterable[Event]) -> Changes:
    """What these events change about timers."""
    changes = Changes()
    for event in events:
        for change in TIMERS[type(event)](event):
            changes.add(event.shop, change)
    return changes


class TimerTable:
    """One reader's, of all partitions; any number of processes may have one."""

    def __init__(self, pool: Pool, noted_due: Callable[[], None]) -> None:
        """`pool` is that of the log; `noted_due` is called when timers were set whose time has come already."""
        self._sieve = Sieve(pool, POSITIONS, NAMES, self._take, lambda _count: None, log=subjects.ENGAGEMENT)
        self._noted_due = noted_due
        self._due: set[int] = set()

    async def advance(self, partition: int) -> Step:
        """Look through the next part of a partition; see `Sieve`."""
        step = await self._sieve.advance(partition)
        if partition in self._due:
            self._due.discard(partition)
            self._noted_due()
        return step

    async def _take(self, connection: Connection, partition: int, found: Found) -> None:
        changes = changes_of(event for _, event in found)
        await write(connection, partition, changes)
        now = utc_now()
        if any(due_at <= now for *_, due_at in changes.rows()):
            self._due.add(partition)


async def write(connection: Connection, partition: int, changes: Changes) -> None:
    """Clear, then set: what was set before it was cleared is not among `changes.set`."""
    if changes.keys:
        await connection.execute(_CLEAR_KEYS, [list(changes.keys)])
    if changes.cleared:
        await connection.execute(_CLEAR, [list(column) for column in zip(*changes.cleared, strict=True)])
    if rows := changes.rows():
        await connection.execute(_SET, [partition, *(list(column) for column in zip(*rows, strict=True))])
