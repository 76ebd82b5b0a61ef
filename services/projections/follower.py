"""Keeps a projection up with the log: woken by the bell, and looking by itself every two seconds."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from contracts import subjects
from services.common import metrics
from services.common.health import Readiness
from services.common.logs import logger
from services.projections import log_reader, positions
from services.projections.positions import PositionMoved
from services.projections.projection import HISTORY, HistoryProjection, Pool, Step

log = logger(__name__)

POLL_SECONDS: Final = 2.0
REST_SECONDS: Final = (0.2, 1.0)
"""After it has caught up: history may be a moment behind, and larger pages cost less than many small ones."""
SHARE_OF_TIME: Final = 0.1
"""Of one partition's reader, within those bounds: under load pages get larger still."""
AT_ONCE: Final = 2
"""Partitions read at the same time by one process, each with a connection to every database."""
RETRY_SECONDS: Final = (0.2, 5.0)

_behind = metrics.gauge(
    "projection_behind_events", "Events in the log that a read table has not, at most.", ["projection", "partition"]
)

DatabaseAway = (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout, PoolTimeout)
"""The second is what a runner hears that was paused in the middle of a page."""


class Follower:
    """Follows all partitions. Any number of processes may: who comes second to a partition leaves it alone."""

    def __init__(self, projection: HistoryProjection, log_pool: Pool, read_pool: Pool, readiness: Readiness) -> None:
        self._projection = projection
        self._log_pool = log_pool
        self._read_pool = read_pool
        self._readiness = readiness
        self._rung = [asyncio.Event() for _ in range(subjects.PARTITIONS)]
        self._turns = asyncio.Semaphore(AT_ONCE)

    def ring(self, partition: int) -> None:
        """There is something new in this partition."""
        self._rung[partition].set()

    def start(self) -> list[asyncio.Task[None]]:
        """Follow until cancelled. The tasks raise log_reader.CannotRead at an event of a newer release."""
        follow = [asyncio.create_task(self._follow(partition)) for partition in range(subjects.PARTITIONS)]
        return [asyncio.create_task(self._poll()), *follow]

    async def _follow(self, partition: int) -> None:
        while True:
            await self._rung[partition].wait()
            self._rung[partition].clear()
            started = time.monotonic()
            await self._persist(lambda: self._catch_up(partition))
            shortest, longest = REST_SECONDS
            await asyncio.sleep(min(longest, max(shortest, (time.monotonic() - started) / SHARE_OF_TIME)))

    async def _catch_up(self, partition: int) -> None:
        step = Step.MORE
        while step is Step.MORE:
            async with self._turns:
                step = await self._advance(partition)

    async def _advance(self, partition: int) -> Step:
        try:
            return await self._projection.advance(partition)
        except PositionMoved:
            return Step.MORE

    async def _poll(self) -> None:
        """Rings for what the bell did not tell, and tells how far behind the tables are."""
        await self._persist(self._create_positions)
        while True:
            await self._persist(self._compare)
            self._readiness.set("databases")
            await asyncio.sleep(POLL_SECONDS)

    async def _create_positions(self) -> None:
        async with self._read_pool.connection() as connection:
            await positions.create(connection, HISTORY)

    async def _compare(self) -> None:
        async with self._log_pool.connection() as connection:
            heads = await log_reader.heads(connection)
        async with self._read_pool.connection() as connection:
            reached = await positions.read_all(connection, HISTORY)
        for partition, head in heads.items():
            behind = max(0, head - reached.get(partition, 0))
            _behind.labels(HISTORY, partition).set(behind)
            if behind:
                self.ring(partition)

    async def _persist(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it, again and again while a database is away."""
        pause = RETRY_SECONDS[0]
        while True:
            try:
                await work()
                return
            except DatabaseAway as error:
                self._readiness.set("databases", False)
                if pause == RETRY_SECONDS[0]:
                    log.warning("A database is away, history waits", error=type(error).__name__)
                await asyncio.sleep(random.uniform(0, pause))
                pause = min(pause * 2, RETRY_SECONDS[1])
