"""Fresh databases for a test, copied from a template that was migrated once; and an empty broker."""

import asyncio
import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from nats.js.errors import ServerError
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from services.common import schema
from services.common.broker import connect
from services.common.database import create_database
from services.common.settings import Settings
from services.standalone.migrate import declare_streams, migrate_databases

TRIES: Final = 20


def migrated_template(postgres_dsn: str) -> Settings:
    """Migrate three databases whose copies tests get."""
    settings = Settings(postgres_dsn=postgres_dsn)
    migrate_databases(settings, lambda _: None)
    return settings


@contextmanager
def fresh_settings(template: Settings, nats_url: str, home: Path) -> Iterator[Settings]:
    """Settings with databases of their own, which are dropped afterwards."""
    suffix = secrets.token_hex(4)
    names = {database: f"test_{database}_{suffix}" for database in schema.DATABASES}
    dsns = {database: make_conninfo(template.postgres_dsn, dbname=name) for database, name in names.items()}
    for database, dsn in dsns.items():
        create_database(dsn, template.database_name(database))
    try:
        yield Settings(
            home=home,
            nats_url=nats_url,
            postgres_dsn=template.postgres_dsn,
            log_dsn=dsns["log"],
            read_dsn=dsns["read"],
            keys_dsn=dsns["keys"],
            master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        )
    finally:
        _drop(template.postgres_dsn, list(names.values()))


async def empty_streams(settings: Settings) -> None:
    """Delete whatever streams the broker has, and declare them anew."""
    broker = await connect(settings.nats_url, "tests")
    try:
        found = await broker.js.streams_info()
        await asyncio.gather(*(broker.js.delete_stream(stream.config.name or "") for stream in found))
    finally:
        await broker.close()
    await _declare(settings)


async def _declare(settings: Settings) -> None:
    """The broker deletes a stream's folder after it has said so, and makes none of its name while that is under way."""
    for tries_left in range(TRIES, 0, -1):
        try:
            await declare_streams(settings)
            return
        except ServerError:
            if tries_left == 1:
                raise
            await asyncio.sleep(0.1)


def _drop(postgres_dsn: str, names: list[str]) -> None:
    with psycopg.connect(postgres_dsn, autocommit=True) as server:
        for name in names:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
