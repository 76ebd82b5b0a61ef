"""Finding the servers of the installation that runs on this machine, for commands typed beside it."""

import os
from pathlib import Path

from services.common.settings import LaptopSettings
from services.standalone import secret_files, state
from services.standalone.nats import NatsFolder
from services.standalone.postgres import PostgresFolder


def servers(home: Path) -> dict[str, str]:
    """Environment variables that lead to the servers which run from this home; empty without such."""
    running = {one.service: one for one in state.read(home) if one.process() is not None}
    found: dict[str, str] = {}
    if (nats := running.get("nats")) is not None and nats.port is not None:
        found["SHOPBELL_NATS_URL"] = NatsFolder(home / "nats", nats.port, secret_files.nats_password(home)).url
    if "postgres" in running:
        found["SHOPBELL_POSTGRES_DSN"] = PostgresFolder(home / "postgres").dsn
    return found


def adopt() -> None:
    """Point this process at those servers, where the environment doesn't say otherwise."""
    for name, value in servers(LaptopSettings().home).items():
        os.environ.setdefault(name, value)
