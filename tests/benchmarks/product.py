"""The product as a user runs it, in a folder of its own: started, given shops, weighed, stopped."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.sql import SQL, Identifier

from contracts import subjects
from contracts.conversations.settings import ShopSettings
from services.common.broker import connect
from services.common.staff import NewAccount, create_account
from services.standalone.shops import create_shop
from tests.support.installation import Installation

CREATE_WITHIN_S = 10.0


@dataclass(frozen=True)
class Shop:
    """A shop and the one member of its staff."""

    id: str
    email: str
    password: str


@contextmanager
def installation(**environment: str) -> Iterator[Installation]:
    """A fresh one with two gateways and no rate limits, not started yet; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    one = Installation(folder / "home", environment=environment)
    try:
        yield one
    finally:
        if one.is_running:
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def make_shops(product: Installation, count: int) -> list[Shop]:
    """New shops, each with an owner."""
    run = secrets.token_hex(3)
    made = [Shop(f"bench-{run}-{n}", f"o{n}@{run}.example", secrets.token_urlsafe(9)) for n in range(count)]
    settings = product.settings
    broker = await connect(settings.nats_url, "bench")
    try:
        for shop in made:
            wanted = ShopSettings(name=shop.id, origins=product.base_urls)
            await create_shop(broker, shop.id, wanted, CREATE_WITHIN_S)
    finally:
        await broker.close()
    with psycopg.connect(settings.dsn_of("log")) as connection:
        for shop in made:
            create_account(connection, NewAccount(shop.id, shop.email, "Bench", "owner", shop.password))
    return made


def log_is_clear(product: Installation) -> bool:
    """Whether what visitors say stands in the log as they said it."""
    said = b"%Hello, is anybody there?%"
    with psycopg.connect(product.settings.dsn_of("log")) as log:
        for partition in range(subjects.PARTITIONS):
            table = Identifier(subjects.log_schema(subjects.CONVERSATIONS, partition), "stored_events")
            query = SQL("SELECT 1 FROM {} WHERE state LIKE %s LIMIT 1").format(table)
            if log.execute(query, [said]).fetchone():
                return True
    return False


def tree_pss_mib(product: Installation) -> float:
    """Proportional set size in MiB of the supervisor and of all that runs below it."""
    top = psutil.Process(product.supervisor.pid)
    return sum(pss_kib(process.pid) for process in (top, *top.children(recursive=True))) / 1024


def pss_kib(pid: int) -> int:
    """Proportional set size of one process in KiB; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
