"""Bring databases and streams to what this program needs. Running it again changes nothing."""

import asyncio
from collections.abc import Callable

import psycopg

from contracts import subjects
from services.common import schema
from services.common.broker import connect
from services.common.database import create_database
from services.common.eventlog.store.schema import create_log_schema
from services.common.settings import Settings
from services.common.streams import ensure_streams

Say = Callable[[str], None]


def migrate_databases(settings: Settings, say: Say) -> None:
    """Create the three databases and bring their tables up to date.

    Raises schema.SchemaMismatch if one is newer than this program, psycopg.Error if the server refuses.
    """
    for database in schema.DATABASES:
        dsn = settings.dsn_of(database)
        if create_database(dsn):
            say(f"Created the database {settings.database_name(database)}.")
        with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
            for name in schema.migrate(connection, database):
                say(f"Applied {database}/{name}.")
    for log in subjects.LOGS:
        for name in create_log_schema(settings.dsn_of("log"), log):
            say(f"Brought the schema {name} up to date.")


async def declare_streams(settings: Settings) -> None:
    """Declare every stream and bucket on the broker, waiting until it is there."""
    broker = await connect(settings.nats_url, "migrate")
    try:
        await ensure_streams(broker.js, settings.nats_replicas, settings.commands_max_bytes)
    finally:
        await broker.close()


def migrate(settings: Settings, say: Say) -> None:
    """Databases, then streams."""
    migrate_databases(settings, say)
    asyncio.run(declare_streams(settings))
