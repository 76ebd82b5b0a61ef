"""The master key is replaced while all goes on: two keys are readable meanwhile, and nothing derived changes."""

import base64
import secrets
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from services.common.database import open_pool
from services.common.dkim_keys import DkimKeys
from services.common.installation_root import rooted
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey, WrongMasterKey
from services.common.settings import Settings
from services.common.signing_secrets import SigningSecrets
from services.common.vapid import vapid_key
from services.standalone.rotation import rotate_keys


def another_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def with_keys(settings: Settings, present: Any, **others: Any) -> Settings:
    keys = {"master_key": present, **others}
    return Settings(**{**settings.model_dump(), **keys})


async def contents(settings: Settings) -> tuple[Any, ...]:
    """Whatever the keys are for, as a process with these settings sees it."""
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        master = await rooted(MasterKey.load(settings), pool)
        person = await KeyStore(pool, master).get_or_create("demo", "c_hannah", "c_hannah")
        shops, mails = SigningSecrets(pool, master), DkimKeys(pool, master)
        return (
            master.derive("guest-ids"),
            person.digest("a"),
            await shops.valid("demo"),
            [key.private for key in await mails.all("demo")],
            (await vapid_key(pool, master)).public,
        )


async def fill(settings: Settings) -> None:
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        master = await rooted(MasterKey.load(settings), pool)
        await SigningSecrets(pool, master).create("demo")
        await DkimKeys(pool, master).create("demo", "demo.example", datetime.now(UTC))
        keys = KeyStore(pool, master)
        for number in range(30):
            await keys.get_or_create("demo", f"g_{number}")


async def test_every_secret_opens_before_amid_and_after_the_rotation(settings: Settings) -> None:
    old, new = settings.master_key.get_secret_value() if settings.master_key else "", another_key()
    await fill(settings)
    before = await contents(settings)
    both = with_keys(settings, old, master_key_next=new)
    assert await contents(both) == before
    assert rotate_keys(both)[0].startswith("35 keys")  # 31 persons, and one each of the rest
    assert await contents(both) == before
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:  # one more by a process of before
        late = await KeyStore(pool, MasterKey.load(both)).get_or_create("demo", "g_late")
    swapped = with_keys(settings, new, master_key_previous=old)
    assert await contents(swapped) == before
    assert rotate_keys(swapped)[0].startswith("1 keys")
    alone = with_keys(settings, new)
    assert await contents(alone) == before
    assert rotate_keys(alone) == ["0 keys were wrapped anew; the others were already."]
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        found = await KeyStore(pool, MasterKey.load(alone)).get("demo", "g_late")
    assert found is not None
    assert found.digest("a") == late.digest("a")
    with pytest.raises(WrongMasterKey):
        await contents(settings)


async def test_installation_that_is_in_use_goes_on_deriving_as_before(settings: Settings) -> None:
    master = MasterKey.load(settings)
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        await KeyStore(pool, master).get_or_create("demo", "g_anna")
        assert (await rooted(master, pool)).derive("tokens") == master.derive("tokens")


async def test_fresh_installation_derives_from_a_root_of_its_own(settings: Settings) -> None:
    master = MasterKey.load(settings)
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        first, second = await rooted(master, pool), await rooted(master, pool)
    assert first.derive("tokens") == second.derive("tokens") != master.derive("tokens")


async def test_row_that_no_key_opens_stops_the_rotation(settings: Settings) -> None:
    await fill(settings)
    with psycopg.connect(settings.dsn_of("keys")) as connection:
        connection.execute("UPDATE person_key SET wrapped = 'garbage' WHERE person = 'g_7'")
    old = settings.master_key.get_secret_value() if settings.master_key else ""
    with pytest.raises(WrongMasterKey):
        rotate_keys(with_keys(settings, old, master_key_next=another_key()))
