"""Engagement workers to test, and what their log holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
from psycopg.sql import SQL

from contracts import subjects
from contracts.logs import AnyEvent
from contracts.registry import decode
from services.common.log_pages import table_of
from services.common.settings import EngagementSettings, Settings
from services.engagement.main import work


@asynccontextmanager
async def worker(settings: Settings, name: str = "") -> AsyncIterator[asyncio.Task[None]]:
    """A worker in this process."""
    stop = asyncio.Event()
    own = EngagementSettings(**{**settings.model_dump(), "worker_id": name})
    task = asyncio.create_task(work(own, stop))
    try:
        yield task
    finally:
        stop.set()
        await task


def events_of(settings: Settings, shop: str, aggregate: UUID) -> list[AnyEvent]:
    """What the log holds of an aggregate."""
    query = SQL("SELECT topic, state FROM {} WHERE originator_id = %s ORDER BY originator_version")
    with psycopg.connect(settings.dsn_of("log")) as connection:
        rows = connection.execute(query.format(table_of(shop, subjects.ENGAGEMENT)), [aggregate]).fetchall()
    return [decode(topic, state) for topic, state in rows]
