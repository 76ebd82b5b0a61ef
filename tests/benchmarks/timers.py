"""A million review mails that are to come: what the worker that keeps their timers weighs, and how soon it finds the
due ones. Then some that are due at once among them, from the shop's call to the mail that is to be sent."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import httpx
import psycopg
from psycopg.sql import SQL

from contracts import subjects
from contracts.ids import order_id, review_request_id
from services.common.database import open_pool
from services.common.log_pages import table_of
from services.engagement.timers.clock import due
from services.engagement.timers.fired import Look
from tests.benchmarks import product
from tests.support.installation import Installation
from tests.support.protocol_client import sign_in
from tests.support.waiting import eventually

Figures = dict[str, float]

WITHIN_DAYS = 60
QUIET_WITHIN_S = 30.0
LOOKS = 200
SOME = 250
ORDERS = 30
RULES = {"on": True, "mode": "placed", "days": 1, "reminder_days": None}

_FILL = """
    INSERT INTO engagement.timer (partition, shop, kind, key, step, due_at)
    SELECT number %% %s, 'bench-' || number %% 1000, 'review_request', gen_random_uuid(), 'request',
           now() + make_interval(secs => 86400 + %s * number::float8 / %s)
    FROM generate_series(1, %s) AS number
"""


async def measure(one: Installation, count: int) -> Figures:
    """With `count` timers in the table, all of them a day or more ahead."""
    (shop,) = await product.make_shops(one, 1)
    cookie = await sign_in(one.base_urls[0], shop.email, shop.password)
    address = f"{one.base_urls[0]}/v1/shops/{shop.id}"
    async with httpx.AsyncClient(base_url=address, headers={"Cookie": cookie, "Origin": one.base_urls[0]}) as http:
        (await http.put("/review-rules", json=RULES)).raise_for_status()
        few = await _lags(one, shop.id, http, "few")
        before = _worker_mib(one)
        _fill(one, count)
        many = await _lags(one, shop.id, http, "many")
        grown = _worker_mib(one) - before
    return {
        **await _looks(one, count),
        "timers_grown_mib": grown,
        "timer_lag_ms": median(many),
        "timer_few_lag_ms": median(few),
    }


def _worker_mib(one: Installation) -> float:
    pids = {process.pid for process in one.status() if "engagement" in process.service}
    return sum(product.pss_kib(pid) for pid in pids) / 1024


def _fill(one: Installation, count: int) -> None:
    with psycopg.connect(one.settings.dsn_of("log"), autocommit=True) as log:
        log.execute(_FILL, [subjects.PARTITIONS, 86_400 * WITHIN_DAYS, count, count])
        log.execute("VACUUM ANALYZE engagement.timer")


async def _looks(one: Installation, count: int) -> Figures:
    """As the worker looks: for all partitions at once; at a moment at which nothing is due, and at one at which some
    are."""
    wanted, now = dict.fromkeys(range(subjects.PARTITIONS), Look()), datetime.now(UTC)
    soon = now + timedelta(days=1) + SOME * timedelta(days=WITHIN_DAYS) / count
    async with await open_pool(one.settings.dsn_of("log"), "bench") as pool:

        async def nothing() -> int:
            return sum(map(len, (await due(pool, wanted, now)).values()))

        async def some() -> int:
            return sum(map(len, (await due(pool, wanted, soon)).values()))

        async def quiet() -> bool:
            return await nothing() == 0

        await eventually(quiet, QUIET_WITHIN_S, "that the demo shop's own timers are done")
        idle, found = await _timed(nothing, expected=False), await _timed(some, expected=True)
    return {
        "timers_idle_ms": median(idle),
        "timers_found_p50_ms": median(found),
        "timers_found_p99_ms": quantiles(found, n=100)[-1],
    }


async def _timed(look: Callable[[], Awaitable[int]], *, expected: bool) -> list[float]:
    seconds: list[float] = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        found = await look()
        seconds.append(1_000 * (time.perf_counter() - began))
        if bool(found) != expected:
            raise RuntimeError("what is due was not found")
    return seconds


async def _lags(one: Installation, shop: str, http: httpx.AsyncClient, name: str) -> list[float]:
    """Milliseconds from an order that is due already to the event that calls for its mail."""
    query = SQL("SELECT 1 FROM {} WHERE originator_id = %s").format(table_of(shop, subjects.ENGAGEMENT))
    placed_at = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    found: list[float] = []
    with psycopg.connect(one.settings.dsn_of("log"), autocommit=True) as log:
        for number in range(ORDERS):
            said = {"number": f"{name}-{number}", "placed_at": placed_at, "items": [{"sku": "mug", "name": "Mug"}]}
            request = review_request_id(order_id(shop, said["number"]), "", "request")  # type: ignore[arg-type]
            began = time.perf_counter()
            (await http.post("/orders", json=said)).raise_for_status()
            await eventually(lambda: log.execute(query, [request]).fetchone(), 20, what="the mail")  # noqa: B023
            found.append(1_000 * (time.perf_counter() - began))
    return found
