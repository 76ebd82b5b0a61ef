"""A log with a past: a million events, one shop of it with a desk of 100,000."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import psycopg
from psycopg.sql import SQL, Identifier

from contracts import subjects
from services.common.broker import Broker, connect
from services.common.staff import NewAccount, create_account
from tests.benchmarks.product import Shop
from tests.support.installation import Installation
from tests.support.seed_log import seed_log

CAUGHT_UP_WITHIN_S = 600.0
POLL_S = 0.25
DESK_EVENTS = 100_000
OWNER = Shop("seed-1-0", "owner@seed.example", "bench-owner-password")


def desk_events(one: Installation, shop: str) -> int:
    """How many events the log holds of a shop's desk."""
    table = Identifier(f"log_{subjects.CONVERSATIONS}_{subjects.partition_of(shop)}", "stored_events")
    query = SQL("SELECT count(*) FROM {} WHERE topic LIKE 'desk.%%' AND state LIKE %s").format(table)
    with psycopg.connect(one.settings.dsn_of("log")) as log:
        row = log.execute(query, [f'%"shop":"{shop}"%'.encode()]).fetchone()
    return int(row[0]) if row else 0


def seed(one: Installation, events: int) -> int:
    """Write `events` events: two thirds of one shop with an owner who can sign in, the rest of ten others."""
    settings = one.settings
    written = seed_log(settings, events=events * 13 // 20, shops=1, seed=1).events
    written += seed_log(settings, events=events - written, shops=10, seed=2).events
    with psycopg.connect(settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(OWNER.id, OWNER.email, "Owner", "owner", OWNER.password))
    return written


async def caught_up(one: Installation) -> float:
    """Wait until streams and read tables hold all that the log holds; the seconds that took."""
    started = time.monotonic()
    settings = one.settings
    broker = await connect(settings.nats_url, "bench")
    try:
        heads, counts = await asyncio.to_thread(_heads_and_counts, settings.dsn_of("log"))
        async with asyncio.timeout(CAUGHT_UP_WITHIN_S):
            await _until(lambda: _published(broker, counts))
            await _until(lambda: asyncio.to_thread(_projected, settings.dsn_of("read"), heads))
    finally:
        await broker.close()
    return time.monotonic() - started


async def _until(check: Callable[[], Awaitable[bool]]) -> None:
    while not await check():  # noqa: ASYNC110 - it is about other processes
        await asyncio.sleep(POLL_S)


async def _published(broker: Broker, counts: dict[int, int]) -> bool:
    for partition, count in counts.items():
        info = await broker.js.stream_info(subjects.event_stream(subjects.CONVERSATIONS, partition))
        if info.state.messages < count:
            return False
    return True


def rebuild_seconds(one: Installation) -> float:
    """How long `shopbell rebuild history` takes, its own start included. Raises RuntimeError if it fails."""
    started = time.monotonic()
    done = one.cli("rebuild", "history")
    if done.returncode:
        raise RuntimeError(f"the rebuild failed: {done.stderr or done.stdout}")
    return time.monotonic() - started


def _heads_and_counts(dsn: str) -> tuple[dict[int, int], dict[int, int]]:
    heads, counts = {}, {}
    with psycopg.connect(dsn) as log:
        for partition in range(subjects.PARTITIONS):
            table = Identifier(f"log_{subjects.CONVERSATIONS}_{partition}", "stored_events")
            query = SQL("SELECT coalesce(max(notification_id), 0), count(*) FROM {}").format(table)
            row = log.execute(query).fetchone()
            assert row is not None
            heads[partition], counts[partition] = row
    return heads, counts


def _projected(dsn: str, heads: dict[int, int]) -> bool:
    with psycopg.connect(dsn) as read:
        rows = read.execute(
            "SELECT partition, min(notification_id) FROM projection_position WHERE log = 'conversations' GROUP BY 1"
        ).fetchall()
    positions: dict[int, int] = dict(rows)
    return all(positions.get(partition, 0) >= head for partition, head in heads.items())
