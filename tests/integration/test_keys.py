"""Keys of persons and secrets of shops in their real tables."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace as Namespace
from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.database import open_pool
from services.common.key_store import CACHE_SECONDS, KeyStore
from services.common.master_key import MasterKey, WrongMasterKey
from services.common.settings import Settings
from services.common.signing_secrets import CACHE_SECONDS as SECRETS_CACHE_SECONDS
from services.common.signing_secrets import SigningSecrets

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Clock:
    """Seconds, as the test says."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    pool = await open_pool(settings.dsn_of("keys"), "test")
    yield pool
    await pool.close()


@pytest.fixture
def master(settings: Settings) -> MasterKey:
    return MasterKey.load(settings)


def execute(settings: Settings, statement: str) -> list[Any]:
    with psycopg.connect(settings.dsn_of("keys")) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


async def test_gateways_that_create_a_key_at_once_get_the_same(pool: Pool, master: MasterKey) -> None:
    stores = [KeyStore(pool, master) for _ in range(8)]
    keys = await asyncio.gather(*(store.get_or_create("demo", "g_anna") for store in stores))
    sealed = keys[0].seal("Hello", "text")
    assert {key.open(sealed, "text") for key in keys} == {"Hello"}


async def test_key_that_nobody_made_is_none_until_somebody_does(pool: Pool, master: MasterKey) -> None:
    store = KeyStore(pool, master)
    assert await store.get("demo", "g_anna") is None
    made = await KeyStore(pool, master).get_or_create("demo", "g_anna")
    found = await store.get("demo", "g_anna")
    assert found is not None
    assert found.digest("a") == made.digest("a")


async def test_many_keys_come_with_one_query_and_missing_ones_are_left_out(pool: Pool, master: MasterKey) -> None:
    store = KeyStore(pool, master)
    pairs = [("demo", f"g_{number}") for number in range(20)]
    made = {pair: await store.get_or_create(*pair) for pair in pairs[:15]}
    found = await KeyStore(pool, master).get_many([*pairs, *pairs])
    assert {pair: key.digest("a") for pair, key in found.items()} == {
        pair: key.digest("a") for pair, key in made.items()
    }


async def test_destroyed_key_is_gone_when_the_cache_is_over(settings: Settings, pool: Pool, master: MasterKey) -> None:
    clock = Clock()
    store = KeyStore(pool, master, clock=clock)
    await store.get_or_create("demo", "g_anna")
    execute(settings, "DELETE FROM person_key")
    clock.now += CACHE_SECONDS - 1
    assert await store.get("demo", "g_anna") is not None
    clock.now += 2
    assert await store.get("demo", "g_anna") is None
    assert await store.get_many([("demo", "g_anna")]) == {}


async def test_forgotten_key_is_read_again(settings: Settings, pool: Pool, master: MasterKey) -> None:
    store = KeyStore(pool, master)
    await store.get_or_create("demo", "g_anna")
    execute(settings, "DELETE FROM person_key")
    store.forget("demo", "g_anna")
    assert await store.get("demo", "g_anna") is None


async def test_key_that_is_forgotten_while_it_is_read_is_not_kept(
    pool: Pool, master: MasterKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KeyStore(pool, master)
    await KeyStore(pool, master).get_or_create("demo", "g_anna")

    @asynccontextmanager
    async def erased_meanwhile() -> AsyncIterator[AsyncConnection[Any]]:
        async with pool.connection() as connection:
            yield connection
        store.forget("demo", "g_anna")

    with monkeypatch.context() as patch:
        patch.setattr(store, "pool", Namespace(connection=erased_meanwhile))
        assert await store.get("demo", "g_anna") is not None
        assert store.cached("demo", "g_anna") is None
    assert await store.get("demo", "g_anna") is not None
    assert store.cached("demo", "g_anna") is not None


async def test_who_begins_anew_gets_the_key_of_the_table_and_not_of_the_cache(
    settings: Settings, pool: Pool, master: MasterKey
) -> None:
    store = KeyStore(pool, master)
    before = await store.get_or_create("demo", "c_anna", "c_anna")
    execute(settings, "DELETE FROM person_key")
    after = await store.get_or_create("demo", "c_anna", "c_anna")
    assert after.digest("a") != before.digest("a")
    found = await store.get("demo", "c_anna")
    assert found is not None
    assert found.digest("a") == after.digest("a")


async def test_cache_keeps_no_more_than_its_size(pool: Pool, master: MasterKey) -> None:
    store = KeyStore(pool, master, cache_size=3)
    for number in range(5):
        await store.get_or_create("demo", f"g_{number}")
    assert [store.cached("demo", f"g_{number}") is not None for number in range(5)] == [False, False, True, True, True]


async def test_guest_who_signs_in_is_linked_to_the_customer(settings: Settings, pool: Pool, master: MasterKey) -> None:
    store = KeyStore(pool, master)
    await store.get_or_create("demo", "g_anna")
    await store.link("demo", "g_anna", "c_anna")
    assert execute(settings, "SELECT person, subject FROM person_key") == [("g_anna", "c_anna")]


async def test_another_master_key_opens_nothing(pool: Pool, master: MasterKey) -> None:
    await KeyStore(pool, master).get_or_create("demo", "g_anna")
    with pytest.raises(WrongMasterKey):
        await KeyStore(pool, MasterKey(bytes(32))).get("demo", "g_anna")


async def test_row_moved_to_another_person_does_not_open(settings: Settings, pool: Pool, master: MasterKey) -> None:
    await KeyStore(pool, master).get_or_create("demo", "g_anna")
    execute(settings, "UPDATE person_key SET person = 'g_bert'")
    with pytest.raises(WrongMasterKey):
        await KeyStore(pool, master).get("demo", "g_bert")


async def test_keys_are_stored_wrapped(settings: Settings, pool: Pool, master: MasterKey) -> None:
    key = await KeyStore(pool, master).get_or_create("demo", "g_anna")
    ((wrapped,),) = execute(settings, "SELECT wrapped FROM person_key")
    assert key._key not in bytes(wrapped)


async def test_new_secret_leaves_the_one_before_valid_and_no_third(
    settings: Settings, pool: Pool, master: MasterKey
) -> None:
    clock = Clock()
    secrets = SigningSecrets(pool, master, clock=clock)
    assert await secrets.valid("demo") == []
    first = await secrets.create("demo")
    second = await secrets.create("demo")
    assert await secrets.valid("demo") == [second, first]
    assert await secrets.find("demo", first.kid) == [first]
    third = await secrets.create("demo")
    assert await secrets.valid("demo") == [third, second]
    assert await secrets.end("demo", third.kid)
    assert await secrets.valid("demo") == [second]
    second = await secrets.create("demo")
    assert await secrets.find("demo", "k_other") == []
    assert await secrets.valid("other") == []
    execute(settings, "UPDATE shop_secret SET expires_at = now() WHERE expires_at IS NOT NULL")
    clock.now += SECRETS_CACHE_SECONDS + 1
    assert await secrets.valid("demo") == [second]
    assert second.secret not in repr(second)


async def test_secret_that_ends_already_keeps_its_end(settings: Settings, pool: Pool, master: MasterKey) -> None:
    secrets = SigningSecrets(pool, master)
    first, second = await secrets.create("demo"), await secrets.create("demo")
    ends = f"SELECT expires_at FROM shop_secret WHERE kid = '{first.kid}'"
    before = execute(settings, ends)
    await secrets.end("demo", second.kid)
    third = await secrets.create("demo")
    assert await secrets.valid("demo") == [third, first]
    assert execute(settings, ends) == before


async def test_secret_that_is_asked_for_twice_is_made_once(pool: Pool, master: MasterKey) -> None:
    secrets = SigningSecrets(pool, master)
    live = await secrets.create("demo")
    made = await asyncio.gather(*(secrets.create_once("demo", "k_twice") for _ in range(4)))
    assert sorted(is_new for _, is_new in made) == [False, False, False, True]
    assert len({secret.secret for secret, _ in made}) == 1
    assert await secrets.valid("demo") == [made[0][0], live]
    fresh = await asyncio.gather(*(secrets.create("demo") for _ in range(4)))
    rows = await secrets.all("demo")
    assert [row.expires_at is None for row in rows] == [True, False]
    assert {row.kid for row in rows} < {secret.kid for secret in fresh}
