"""`shopbell shop dkim`: keys that sign a shop's mails."""

import base64
import re

import psycopg
import pytest

from services.common.settings import Settings
from services.standalone.dkim import manage
from services.standalone.shops import Refused
from tests.integration.notifier.conftest import shop


async def run(settings: Settings, *, domain: str = "", sign_with: str = "", remove: str = "") -> str:
    return await manage(settings, "morrow", domain=domain, sign_with=sign_with, remove=remove)


async def test_key_is_made_shown_used_and_removed(settings: Settings) -> None:
    shop(settings)
    assert await run(settings) == "morrow has no keys for signing mails."
    told = await run(settings, domain="żółw.example")
    record = "".join(re.findall(r'"([^"]*)"', told))
    assert re.search(r"shopbell-\d+\._domainkey\.xn--w-uga1v8h\.example\. TXT ", told)
    assert all(len(one) <= 255 for one in re.findall(r'"([^"]*)"', told))
    assert base64.b64decode(record.removeprefix("v=DKIM1; k=rsa; p="), validate=True)
    selector = re.search(r"--sign-with (\S+)", told)
    assert selector is not None
    assert (await run(settings)).split() == [selector[1], "xn--w-uga1v8h.example", "waits"]
    await run(settings, sign_with=selector[1])
    assert (await run(settings)).split()[2] == "signs"
    await run(settings, remove=selector[1])
    assert await run(settings) == "morrow has no keys for signing mails."


async def test_private_key_is_kept_wrapped(settings: Settings) -> None:
    shop(settings)
    await run(settings, domain="morrow.example")
    with psycopg.connect(settings.dsn_of("keys")) as keys:
        row = keys.execute("SELECT wrapped FROM shop_dkim").fetchone()
    assert row is not None
    assert b"\x2a\x86\x48\x86\xf7" not in row[0]  # of the key's algorithm, as DER has it


async def test_unknown_shops_domains_and_keys_are_refused(settings: Settings) -> None:
    with pytest.raises(Refused, match="There is no shop morrow"):
        await run(settings, domain="morrow.example")
    shop(settings)
    with pytest.raises(Refused, match="is not a domain that mail can come from"):
        await run(settings, domain="not a domain")
    for option in ("sign_with", "remove"):
        with pytest.raises(Refused, match="There is no key nowhere"):
            await run(settings, **{option: "nowhere"})
