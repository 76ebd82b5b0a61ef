"""Rate limits over several gateways: what one lets through counts for all."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.database import open_pool
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.gateway.buckets import Rate
from services.gateway.shared_buckets import SharedBuckets
from tests.support.waiting import eventually

Pool = AsyncConnectionPool[AsyncConnection[Any]]

SLOW = Rate(burst=10, per_second=0.001)
"""Not refilled while a test lasts."""
ADDRESS = "192.0.2.77"


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    opened = await open_pool(settings.dsn_of("log"), "test", max_size=4)
    yield opened
    await opened.close()


@pytest.fixture
def master(settings: Settings) -> MasterKey:
    return MasterKey.load(settings)


async def test_two_gateways_at_once_let_through_as_much_as_one(pool: Pool, master: MasterKey) -> None:
    gateways = [SharedBuckets(pool, master) for _ in range(2)]
    waits = await asyncio.gather(*(gateway.take([("start", ADDRESS, SLOW)]) for _ in range(20) for gateway in gateways))
    assert sum(wait == 0 for wait in waits) == 10
    assert all(0 < wait <= 1_000 for wait in waits if wait)


async def test_refusal_costs_the_other_buckets_nothing(pool: Pool, master: MasterKey) -> None:
    one, narrow = SharedBuckets(pool, master), Rate(burst=1, per_second=0.001)
    assert await one.take([("visitor", "a", narrow), ("shop", "s", SLOW)]) == 0
    for _ in range(20):
        assert await SharedBuckets(pool, master).take([("visitor", "a", narrow), ("shop", "s", SLOW)]) > 0
    others = [await one.take([("visitor", f"b{n}", narrow), ("shop", "s", SLOW)]) for n in range(9)]
    assert others == [0] * 9
    assert await one.take([("visitor", "c", narrow), ("shop", "s", SLOW)]) > 0


async def test_calls_that_want_the_same_in_another_order_do_not_block_each_other(pool: Pool, master: MasterKey) -> None:
    one, wide = SharedBuckets(pool, master), Rate(burst=1_000, per_second=1)
    wanted = [("visitor", "a", wide), ("shop", "s", wide)]
    waits = await asyncio.gather(*(one.take(wanted if n % 2 else wanted[::-1]) for n in range(60)))
    assert waits == [0] * 60


async def test_bucket_fills_again(pool: Pool, master: MasterKey) -> None:
    quick = Rate(burst=1, per_second=50)
    one = SharedBuckets(pool, master)
    assert await one.take([("start", ADDRESS, quick)]) == 0

    async def filled() -> bool:
        return await one.take([("start", ADDRESS, quick)]) == 0

    await eventually(filled, what="another token")


async def test_who_was_refused_asks_the_database_no_more(pool: Pool, master: MasterKey) -> None:
    one, narrow = SharedBuckets(pool, master), Rate(burst=1, per_second=0.001)
    await one.take([("start", ADDRESS, narrow)])
    refused = await one.take([("start", ADDRESS, narrow)])
    async with pool.connection() as connection:
        await connection.execute("DELETE FROM control.rate_limit")
    assert 0 < await one.take([("start", ADDRESS, narrow)]) <= refused


async def test_refusal_of_one_account_leaves_the_others_of_its_address_alone(pool: Pool, master: MasterKey) -> None:
    one, narrow = SharedBuckets(pool, master), Rate(burst=1, per_second=0.001)
    waits = [await one.take([("address", ADDRESS, SLOW), ("account", who, narrow)]) for who in ("ann", "ann", "bob")]
    assert [wait > 0 for wait in waits] == [False, True, False]
    assert await one.take([("address", ADDRESS, SLOW), ("account", "ann", narrow)]) > 0


async def test_without_the_database_this_gateway_counts_alone(master: MasterKey) -> None:
    away = await open_pool("postgresql://nobody@127.0.0.1:1/none", "test", max_size=1)
    one = SharedBuckets(away, master)
    waits = [await one.take([("start", ADDRESS, Rate(burst=1, per_second=0.001))]) for _ in range(2)]
    assert [wait > 0 for wait in waits] == [False, True]
    await away.close()


async def test_no_address_stands_in_the_table(pool: Pool, master: MasterKey) -> None:
    await SharedBuckets(pool, master).take([("start", ADDRESS, SLOW)])
    async with pool.connection() as connection:
        rows = await (await connection.execute("SELECT rate_limit::text FROM control.rate_limit")).fetchall()
    assert len(rows) == 1
    assert ADDRESS not in str(rows)
    assert ADDRESS.encode().hex() not in str(rows)
