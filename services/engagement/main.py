"""The wiring of an engagement worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from contracts import subjects
from services.common.database import open_pool
from services.common.eventlog import serving
from services.common.eventlog.worker import Worker
from services.common.following import AT_ONCE, SIEVE_REST_SECONDS, Follower
from services.common.garbage import spare_collections
from services.common.health import Readiness, operations
from services.common.settings import EngagementSettings
from services.common.stopping import end_tasks, stop_event
from services.engagement.definition import ENGAGEMENT
from services.engagement.duties import EngagementDuties
from services.engagement.listening import listener
from services.engagement.timers.clock import Clock
from services.engagement.timers.table import POSITIONS, TimerTable

FOLLOWER: Final = "timers"
IDLE_IN_TRANSACTION_MS: Final = 10_000
"""A process that was paused in the middle of a page must not hold its partition for ever."""


async def serve(settings: EngagementSettings) -> None:
    """Own partitions until SIGTERM, then hand them over.

    Raises SchemaMismatch if the log is of another release, Unserviceable if it and the streams contradict each other,
    log_pages.CannotRead at an event of a newer release.
    """
    spare_collections()
    await work(settings, stop_event())


async def work(settings: EngagementSettings, stop: asyncio.Event) -> None:
    """The same until `stop` is set."""
    readiness = Readiness("databases")

    @asynccontextmanager
    async def timers(worker: Worker[EngagementDuties], application: str) -> AsyncIterator[None]:
        async with _timers(settings, worker, application, readiness, stop):
            yield

    async with operations(settings.ops_port, readiness):
        await serving.work(ENGAGEMENT, settings, stop, timers)


@asynccontextmanager
async def _timers(
    settings: EngagementSettings,
    worker: Worker[EngagementDuties],
    application: str,
    readiness: Readiness,
    stop: asyncio.Event,
) -> AsyncIterator[None]:
    """Keep the table of timers, and tell the owners what is due. What fails here ends the worker."""
    options = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
    name = f"{application}-timers"
    pool = await open_pool(settings.dsn_of("log"), name, max_size=AT_ONCE + 2, options=options)
    clock = Clock(pool, lambda: _owned(worker))
    follower = Follower(
        FOLLOWER,
        TimerTable(pool, clock.look_now).advance,
        log_pool=pool,
        positions=(pool, POSITIONS),
        readiness=readiness,
        rest=SIEVE_REST_SECONDS,
        log=subjects.ENGAGEMENT,
    )
    hearing = listener(settings.nats_url, name, follower.ring)
    working = [*follower.start(), asyncio.create_task(clock.run()), asyncio.create_task(hearing.start())]
    for task in working:
        task.add_done_callback(lambda ended: stop.set() if not ended.cancelled() and ended.exception() else None)
    try:
        yield
    finally:
        await end_tasks(*working)
        await hearing.stop()
        await pool.close()
    for task in working:
        if not task.cancelled():
            task.result()


def _owned(worker: Worker[EngagementDuties]) -> dict[int, EngagementDuties]:
    found = {number: worker.partition(number) for number in range(subjects.PARTITIONS)}
    return {number: partition.duties for number, partition in found.items() if partition is not None}
