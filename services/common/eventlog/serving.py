"""The wiring of a worker of one log."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from services.common import broker
from services.common.eventlog.definition import D, LogDefinition
from services.common.eventlog.group_commit import GroupCommit
from services.common.eventlog.ownership import Ownership, application_of
from services.common.eventlog.store.datastore import open_pool
from services.common.eventlog.store.schema import check_log_schema
from services.common.eventlog.worker import Worker
from services.common.health import Readiness, operations
from services.common.settings import WorkerSettings

Beside = Callable[[Worker[D], str], AbstractAsyncContextManager[Any]]
"""What runs beside a worker, given it and the name under which it is known to the broker."""


async def work(
    definition: LogDefinition[D], settings: WorkerSettings, stop: asyncio.Event, beside: Beside[D] | None = None
) -> None:
    """Own partitions until `stop` is set, then hand them over.

    Raises SchemaMismatch if the log is of another release, Unserviceable if it and the streams contradict each other.
    """
    name = settings.worker_id or secrets.token_hex(4)
    dsn, application = settings.dsn_of("log"), application_of(definition.name, name)
    check_log_schema(dsn, definition.name)
    readiness = Readiness("broker", "database", "partitions")
    async with operations(settings.ops_port, readiness):
        connection = await broker.connect(settings.nats_url, application)
        readiness.set("broker")
        group = GroupCommit(dsn, application)
        group.start()
        pool, pulse = open_pool(dsn, application), open_pool(dsn, application, 1)
        ownership = Ownership(pool, pulse, name, definition.name)
        worker = Worker(definition, connection, pool, ownership, group, readiness)
        try:
            async with beside(worker, application) if beside else nullcontext():
                await worker.run(stop)
        finally:
            await group.close()
            pool.close(timeout=1.0)
            pulse.close(timeout=1.0)
            await connection.close()
