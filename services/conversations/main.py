"""The wiring of a conversations worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.common.eventlog import serving
from services.common.eventlog.worker import Worker
from services.common.garbage import spare_collections
from services.common.settings import ConversationsSettings
from services.common.stopping import stop_event
from services.conversations.definition import CONVERSATIONS
from services.conversations.duties import DeskDuties
from services.conversations.listening import listener


async def serve(settings: ConversationsSettings) -> None:
    """Own partitions until SIGTERM, then hand them over.

    Raises SchemaMismatch if the log is of another release, Unserviceable if it and the streams contradict each other.
    """
    spare_collections()
    await work(settings, stop_event())


async def work(settings: ConversationsSettings, stop: asyncio.Event) -> None:
    """The same until `stop` is set."""

    @asynccontextmanager
    async def listening(worker: Worker[DeskDuties], application: str) -> AsyncIterator[None]:
        hearing = listener(settings.nats_url, f"{application}-asks", worker.partition, worker.held)
        try:
            await hearing.start()
            yield
        finally:
            await hearing.stop()

    await serving.work(CONVERSATIONS, settings, stop, listening)
