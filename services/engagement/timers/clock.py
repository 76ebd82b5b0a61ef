"""Looks which timers are due: once a second for all partitions of this worker, and at once when it is told to."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from services.common import metrics
from services.common.database import DatabaseAway
from services.common.eventlog.clock import utc_now
from services.common.following import Pool
from services.common.logs import logger
from services.engagement.duties import EngagementDuties
from services.engagement.timers.fired import Look
from services.engagement.timers.timer import Timer

log = logger(__name__)

LOOK_SECONDS: Final = 1.0
_DUE: Final = """
    SELECT due.* FROM unnest(%s::int[], %s::int[], %s::timestamptz[], %s::uuid[]) AS wanted (number, most, since, first)
    CROSS JOIN LATERAL (
        SELECT partition, kind, shop, key, step, due_at FROM engagement.timer
        WHERE partition = number AND due_at <= %s AND (due_at, key) >= (since, first) ORDER BY due_at, key LIMIT most
    ) AS due ORDER BY due_at, key
"""

_due = metrics.counter("timers_due_total", "Timers found to be due, each as often as it was found.")
_oldest = metrics.gauge(
    "timers_oldest_seconds", "How long the longest waiting of the due timers of this worker's partitions waits."
)


class Clock:
    """Of one worker. `owned` gives the duties of the partitions that it owns now."""

    def __init__(self, pool: Pool, owned: Callable[[], Mapping[int, EngagementDuties]]) -> None:
        self._pool, self._owned = pool, owned
        self._now = asyncio.Event()
        self._first: dict[int, datetime] = {}
        """Since when the first due timer of a partition waits, as the last look has found it."""

    def look_now(self) -> None:
        """Some were set that are due already."""
        self._now.set()

    async def run(self) -> None:
        """Look, until cancelled. While the database is away nothing is due."""
        while True:
            self._now.clear()
            try:
                await self.look(utc_now())
            except DatabaseAway as error:
                log.warning("Timers not looked at", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), LOOK_SECONDS)

    async def look(self, now: datetime) -> None:
        """Tell every owner what is due. Raises what psycopg raises while the database is away."""
        owned = self._owned()
        wanted = {number: look for number, duties in owned.items() if (look := duties.wanted)}
        found = await due(self._pool, wanted, now) if wanted else {}
        self._note(owned, wanted, found, now)
        for number, look in wanted.items():
            owned[number].found(found.get(number, []), look, now)

    def _note(
        self,
        owned: Mapping[int, EngagementDuties],
        wanted: Mapping[int, Look],
        found: Mapping[int, list[Timer]],
        now: datetime,
    ) -> None:
        """A partition that nothing is looked for has commands that wait: what it has found stands still."""
        still = {number: at for number, at in self._first.items() if number in owned and number not in wanted}
        self._first = still | {number: timers[0].due_at for number, timers in found.items()}
        _oldest.set((now - min(self._first.values(), default=now)).total_seconds())


async def due(pool: Pool, wanted: Mapping[int, Look], now: datetime) -> Mapping[int, list[Timer]]:
    """By partition the first timers that are due, as many and from where on as wanted, by time and key."""
    looks = [(number, look.most, *look.begin) for number, look in wanted.items()]
    async with pool.connection() as connection:
        cursor = await connection.execute(_DUE, [*map(list, zip(*looks, strict=True)), now])
        rows = await cursor.fetchall()
    found: dict[int, list[Timer]] = defaultdict(list)
    for partition, *columns in rows:
        found[partition].append(Timer(*columns))
    _due.inc(len(rows))
    return found
