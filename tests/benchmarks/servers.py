"""The floor's own broker and database: the product's programs with the product's settings."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from tests.support.processes import NatsServer, PostgresServer


@dataclass(frozen=True)
class Servers:
    """Where the broker and the database listen; `folder` holds the data of both."""

    nats_url: str
    postgres_socket: str
    folder: Path


@contextmanager
def servers() -> Iterator[Servers]:
    """nats-server (JetStream in files) and PostgreSQL (fsync on) in a temporary folder, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="floor-"))
    nats, postgres = NatsServer(folder), PostgresServer(folder)
    try:
        nats.start()
        postgres.start()
        yield Servers(nats.url, str(conninfo_to_dict(postgres.dsn)["host"]), folder)
    finally:
        postgres.stop()
        nats.stop()
        shutil.rmtree(folder, ignore_errors=True)
