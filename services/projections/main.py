"""The wiring of `shopbell serve projections`."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import product
from typing import Final

from nats.aio.msg import Msg

from contracts import subjects
from services.common import erased
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.following import AT_ONCE, SIEVE_REST_SECONDS, Follower, Pool
from services.common.health import Readiness, operations
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import ProjectionsSettings
from services.common.stopping import end_tasks, stop_event
from services.projections.engagement import projection as engaging
from services.projections.erasing import intake
from services.projections.erasing.eraser import Eraser
from services.projections.projection import HISTORY, HistoryProjection, positions_of

NAME: Final = "shopbell-projections"
IDLE_IN_TRANSACTION_MS: Final = 10_000
"""A runner that was paused in the middle of a page must not hold its partition for ever."""


@asynccontextmanager
async def pools(settings: ProjectionsSettings) -> AsyncIterator[tuple[Pool, Pool, KeyStore]]:
    """The logs, which three readers follow, the read tables, and the keys."""
    async with AsyncExitStack() as stack:
        opened = []
        for database, size in (("log", 3 * AT_ONCE + 2), ("read", 2 * AT_ONCE + 2), ("keys", AT_ONCE + 1)):
            options = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
            pool = await open_pool(settings.dsn_of(database), NAME, max_size=size, options=options)
            stack.push_async_callback(pool.close)
            opened.append(pool)
        yield opened[0], opened[1], KeyStore(opened[2], MasterKey.load(settings))


async def serve(settings: ProjectionsSettings) -> None:
    """Keep the read tables up with the log, and erase, until told to stop. Raises log_pages.CannotRead."""
    readiness = Readiness("databases", "broker")
    async with operations(settings.ops_port, readiness), pools(settings) as (log_pool, read_pool, keys):
        broker = Broker()
        history = Follower(
            HISTORY,
            HistoryProjection(log_pool, read_pool, keys).advance,
            log_pool=log_pool,
            positions=(read_pool, positions_of()),
            readiness=readiness,
        )
        engagement = Follower(
            engaging.ENGAGEMENT,
            engaging.EngagementProjection(log_pool, read_pool, keys).advance,
            log_pool=log_pool,
            positions=(read_pool, engaging.positions()),
            readiness=readiness,
            log=subjects.ENGAGEMENT,
        )
        eraser = Eraser(
            log_pool=log_pool,
            read_pool=read_pool,
            keys=keys,
            broker=broker,
            backup_days=settings.keys_backup_days,
        )
        erasing = Follower(
            intake.NAME,
            intake.intake(log_pool, eraser.wake).advance,
            log_pool=log_pool,
            positions=(log_pool, intake.POSITIONS),
            readiness=readiness,
            rest=SIEVE_REST_SECONDS,
        )
        followers = {subjects.CONVERSATIONS: [history, erasing], subjects.ENGAGEMENT: [engagement]}
        following = [task for some in followers.values() for follower in some for task in follower.start()]
        listening = _listen(settings, broker, followers, keys, readiness)
        working = [*following, *map(asyncio.create_task, (eraser.run(), listening))]
        stopping = asyncio.create_task(stop_event().wait())
        try:
            await asyncio.wait((*working, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_tasks(*working, stopping)
    for task in working:
        if not task.cancelled():
            task.result()


async def _listen(
    settings: ProjectionsSettings,
    broker: Broker,
    followers: Mapping[str, list[Follower]],
    keys: KeyStore,
    readiness: Readiness,
) -> None:
    """Hear the bells of each log, and whose keys are destroyed. Without a broker all goes on, by polling."""
    await broker.connect(settings.nats_url, NAME)

    async def rung(message: Msg) -> None:
        _, log, partition = message.subject.split(".")
        for follower in followers[log]:
            follower.ring(int(partition))

    try:
        for log, partition in product(followers, range(subjects.PARTITIONS)):
            await broker.client.subscribe(subjects.bell(log, partition), cb=rung)
        await erased.listen(broker, keys)
        readiness.set("broker")
        await asyncio.Event().wait()
    finally:
        await broker.close()
