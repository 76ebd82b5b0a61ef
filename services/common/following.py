"""Keeps a reader up with a log: woken by the bell, and looking by itself every two seconds."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from contracts import subjects
from services.common import log_pages, metrics
from services.common.database import DatabaseAway
from services.common.health import Readiness
from services.common.logs import logger
from services.common.positions import PositionMoved, Positions

logged = logger(__name__)

POLL_SECONDS: Final = 2.0
REST_SECONDS: Final = (0.5, 1.0)
"""After it has caught up: a reader may be a moment behind, and larger pages cost less than many small ones."""
SIEVE_REST_SECONDS: Final = (1.0, 1.0)
"""The same for who is after a few events only: a mail may leave a second later, and looks cost no less than pages."""
SHARE_OF_TIME: Final = 0.1
"""Of one partition's reader, within those bounds: under load pages get larger still."""
AT_ONCE: Final = 2
"""Partitions read at the same time by one process, each with a connection to every database."""
RETRY_SECONDS: Final = (0.2, 5.0)

Pool = AsyncConnectionPool[AsyncConnection[Any]]

_behind = metrics.gauge(
    "projection_behind_events", "Events in the log that a reader has not, at most.", ["log", "projection", "partition"]
)


class Step(Enum):
    """How one page of the log ended for a reader."""

    MORE = "the page was full: go on at once"
    CAUGHT_UP = "nothing more was there"
    BUSY = "another runner is at this partition"


class Follower:
    """Follows all partitions. Any number of processes may: who comes second to a partition leaves it alone."""

    def __init__(
        self,
        name: str,
        advance: Callable[[int], Awaitable[Step]],
        *,
        log_pool: Pool,
        positions: tuple[Pool, Positions],
        readiness: Readiness,
        rest: tuple[float, float] = REST_SECONDS,
        log: str = subjects.CONVERSATIONS,
    ) -> None:
        """`advance` applies the next page of a partition and moves its position; it may raise PositionMoved, and
        what psycopg raises while a database is away. `name` labels the metric; `rest`: seconds between two looks
        at a partition, at least and at most. `log_pool` is that of the database of `log`."""
        self._name = name
        self._advance_by_page = advance
        self._log_pool = log_pool
        self._positions_pool, self._positions = positions
        self._readiness = readiness
        self._rest, self._log = rest, log
        self._rung = [asyncio.Event() for _ in range(subjects.PARTITIONS)]
        self._turns = asyncio.Semaphore(AT_ONCE)

    def ring(self, partition: int) -> None:
        """There is something new in this partition."""
        self._rung[partition].set()

    def start(self) -> list[asyncio.Task[None]]:
        """Follow until cancelled. The tasks raise log_pages.CannotRead at an event of a newer release."""
        follow = [asyncio.create_task(self._follow(partition)) for partition in range(subjects.PARTITIONS)]
        return [asyncio.create_task(self._poll()), *follow]

    async def _follow(self, partition: int) -> None:
        while True:
            await self._rung[partition].wait()
            self._rung[partition].clear()
            started = time.monotonic()
            await self._persist(lambda: self._catch_up(partition))
            shortest, longest = self._rest
            await asyncio.sleep(min(longest, max(shortest, (time.monotonic() - started) / SHARE_OF_TIME)))

    async def _catch_up(self, partition: int) -> None:
        step = Step.MORE
        while step is Step.MORE:
            async with self._turns:
                step = await self._advance(partition)

    async def _advance(self, partition: int) -> Step:
        try:
            return await self._advance_by_page(partition)
        except PositionMoved:
            return Step.MORE

    async def _poll(self) -> None:
        """Rings for what the bell did not tell, and tells how far behind the reader is."""
        await self._persist(self._create_positions)
        while True:
            await self._persist(self._compare)
            self._readiness.set("databases")
            await asyncio.sleep(POLL_SECONDS)

    async def _create_positions(self) -> None:
        async with self._positions_pool.connection() as connection:
            await self._positions.create(connection)

    async def _compare(self) -> None:
        async with self._log_pool.connection() as connection:
            heads = await log_pages.heads(connection, self._log)
        async with self._positions_pool.connection() as connection:
            reached = await self._positions.read_all(connection)
        for partition, head in heads.items():
            behind = max(0, head - reached.get(partition, 0))
            _behind.labels(self._log, self._name, partition).set(behind)
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
                    logged.warning(
                        "A database is away, the reader waits", reader=self._name, error=type(error).__name__
                    )
                await asyncio.sleep(random.uniform(0, pause))
                pause = min(pause * 2, RETRY_SECONDS[1])
