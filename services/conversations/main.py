"""The wiring of a conversations worker."""

import asyncio
import gc
import secrets
from typing import Final

from services.common import broker
from services.common.health import Readiness, operations
from services.common.settings import ConversationsSettings
from services.common.stopping import stop_event
from services.conversations.group_commit import GroupCommit
from services.conversations.listening import listener
from services.conversations.ownership import Ownership, application_of
from services.conversations.store.datastore import open_pool
from services.conversations.store.schema import check_log_schema
from services.conversations.worker import Worker

COLLECT_AFTER: Final = (20_000, 20, 50)
"""Allocations before the youngest garbage is looked for, and how many of those make up the older ones' turns."""


async def serve(settings: ConversationsSettings) -> None:
    """Own partitions until SIGTERM, then hand them over.

    Raises SchemaMismatch if the log is of another release, Unserviceable if it and the streams contradict each other.
    """
    _spare_collections()
    await work(settings, stop_event())


def _spare_collections() -> None:
    """Aggregates live long and are no garbage: look through them seldom, or pauses grow with open conversations."""
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def work(settings: ConversationsSettings, stop: asyncio.Event) -> None:
    """The same until `stop` is set."""
    name = settings.worker_id or secrets.token_hex(4)
    dsn, application = settings.dsn_of("log"), application_of(name)
    check_log_schema(dsn)
    readiness = Readiness("broker", "database", "partitions")
    async with operations(settings.ops_port, readiness):
        connection = await broker.connect(settings.nats_url, application)
        readiness.set("broker")
        group = GroupCommit(dsn, application)
        group.start()
        pool, pulse = open_pool(dsn, application), open_pool(dsn, application, 1)
        worker = Worker(connection, pool, Ownership(pool, pulse, name), group, readiness)
        listening = listener(settings.nats_url, f"{application}-asks", worker.partition, worker.held)
        try:
            await listening.start()
            await worker.run(stop)
        finally:
            await listening.stop()
            await group.close()
            pool.close(timeout=1.0)
            pulse.close(timeout=1.0)
            await connection.close()
