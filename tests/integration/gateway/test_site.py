"""What joins a shop to the world: its tag, and mail that tells whether it works."""

import re
from typing import Any

import httpx
import pytest
from psycopg.sql import SQL, Identifier

from contracts.sockets import CloseCode
from services.common.database import open_pool
from services.gateway.tag.sightings import MOST_MET, MOST_REFUSED, SWEEP_EVERY_SECONDS, Sightings
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import opened
from tests.integration.gateway.rest import Staff
from tests.integration.gateway.test_mailed import mailed
from tests.support.waiting import eventually

SEEN_SECONDS = 15.0


async def tag_of(staff: Staff) -> dict[str, Any]:
    answer = await staff.send("GET", "/tag")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def say_hello(shop: Shop, origin: str, url: str) -> None:
    """A page of this origin carries the tag."""
    async with opened(shop.visitor_url(), Origin=origin) as page:
        await page.hello(locale="en", page={"url": url, "title": "Mug"})


async def be_refused(shop: Shop, origin: str) -> None:
    """The same of an origin that is none of the shop's."""
    async with opened(shop.visitor_url(), Origin=origin) as page:
        assert await page.closed() == CloseCode.REFUSED


@pytest.mark.feature("C6")
async def test_tag_is_met_by_origin_and_page_and_others_are_refused(shop: Shop) -> None:
    staff, ours, theirs = Staff(shop), f"https://www.{shop.id}.example", "https://other.example:8443"
    await staff.settings(origins=[f"{ours}:443/"])
    for path in ("/mugs?who=anna", "/mugs?who=berta", "/bowls"):
        await say_hello(shop, ours, ours + path)
    await be_refused(shop, theirs)

    async def known() -> dict[str, Any] | None:
        tag = await tag_of(staff)
        return tag if tag["refused"] and tag["seen"] and tag["seen"][0]["pages"] == 2 else None

    tag = await eventually(known, SEEN_SECONDS, what="the sightings")
    assert tag["snippet"] == f'<script async src="{shop.a}/widget.js" data-shop="{shop.id}"></script>'
    assert [one["origin"] for one in tag["seen"]] == [ours]
    assert [(one["origin"], one["reason"]) for one in tag["refused"]] == [(theirs, "origin")]

    await staff.settings(origins=[ours, theirs])
    assert (await tag_of(staff))["refused"] == []


async def test_of_many_made_up_origins_a_few_are_kept(shop: Shop) -> None:
    staff = Staff(shop)
    for number in range(MOST_REFUSED + 5):
        await be_refused(shop, f"https://o{number}.example")

    async def known() -> bool:
        return len((await tag_of(staff))["refused"]) == MOST_REFUSED

    await eventually(known, SEEN_SECONDS, what="refused origins")


async def test_of_the_origins_where_the_tag_is_met_the_newest_are_kept(shop: Shop) -> None:
    async with await open_pool(shop.installation.settings.dsn_of("log"), "tests") as pool:
        sightings = Sightings(pool)
        for number in range(MOST_MET + 5):
            sightings.met(shop.id, f"https://o{number}.example", "/")
        await sightings.write()
        sightings.met(shop.id, "https://new.example", "https://new.example/")
        await sightings.write()
        async with pool.connection() as connection:
            cursor = await connection.execute("SELECT origin FROM tag.origin WHERE shop = %s", [shop.id])
            origins = {origin for (origin,) in await cursor.fetchall()}
            cursor = await connection.execute("SELECT DISTINCT origin FROM tag.page WHERE shop = %s", [shop.id])
            assert {origin for (origin,) in await cursor.fetchall()} == origins
    assert len(origins) == MOST_MET
    assert "https://new.example" in origins


async def test_what_can_never_be_written_does_not_keep_others_from_being_written(shop: Shop) -> None:
    async with await open_pool(shop.installation.settings.dsn_of("log"), "tests") as pool:
        sightings = Sightings(pool)
        sightings.refused(shop.id, "https://long.example", "r" * 3_000 + "\0")
        await sightings.write()
        sightings.met(shop.id, "https://new.example", "https://new.example/")
        await sightings.write()
    assert [one["origin"] for one in (await tag_of(Staff(shop)))["seen"]] == ["https://new.example"]


async def test_what_was_not_met_for_a_month_is_forgotten(shop: Shop) -> None:
    now = 0.0
    async with await open_pool(shop.installation.settings.dsn_of("log"), "tests") as pool:
        sightings = Sightings(pool, lambda: now)
        sightings.met(shop.id, "https://old.example", "https://old.example/")
        sightings.met(shop.id, None, "")
        sightings.refused(shop.id, "null", "origin")
        await sightings.write()
        async with pool.connection() as connection:
            for table, column in (("origin", "last_seen_at"), ("page", "last_seen_on")):
                older = SQL("UPDATE tag.{} SET {} = now() - interval '31 days' WHERE shop = %s")
                await connection.execute(older.format(Identifier(table), Identifier(column)), [shop.id])
        now = SWEEP_EVERY_SECONDS + 1
        sightings.met(shop.id, "https://new.example", "https://new.example/")
        await sightings.write()
    assert [one["origin"] for one in (await tag_of(Staff(shop)))["seen"]] == ["https://new.example"]


async def is_shown_what_customers_get(shop: Shop) -> None:
    """Who asks gets the mails about reviews themselves; nothing that is in them leads to a customer's review."""
    staff = Staff(shop)
    for number, wanted in enumerate(({"step": "request"}, {"step": "reminder", "mode": "placed", "language": "fr"})):
        asked = await staff.send("POST", "/test-mail", json=wanted)
        assert (asked.status_code, asked.json()["to"]) == (201, shop.email)
        mail = (await mailed(shop, number + 2))[0]
        assert mail["recipients"] == [shop.email]
        assert mail["subject"].startswith("[Essai] ")
        said = f"{mail['text']}\n{mail['html']}"
        assert set(re.findall(r"/review#([^\s\"/]+)", said)) == {"test-fr"}
        assert set(re.findall(r"/v1/unsubscribe/([^\s\"]+)", said)) == {"test-fr"}
    assert "Déjà évalué" in mail["text"]
    for method in ("GET", "POST"):
        async with httpx.AsyncClient(base_url=shop.a, timeout=15) as mail_program:
            assert "un essai" in (await mail_program.request(method, "/v1/unsubscribe/test-fr")).text
    refused = await staff.send("POST", "/test-mail", json={"step": "request", "language": "pl"})
    assert (refused.status_code, refused.json()["field"]) == (422, "language")


@pytest.mark.feature("D2")
@pytest.mark.feature("G1")
async def test_test_mail_goes_to_the_address_for_messages_and_is_told_of(shop: Shop) -> None:
    staff, to = Staff(shop), f"counter@{shop.id}.example"
    assert (await staff.send("POST", "/test-mail")).json()["code"] == "no_address"
    await staff.settings(mail={"notify": to, "from_address": f"bell@{shop.id}.example"}, languages=["fr"])
    asked = await staff.send("POST", "/test-mail")
    assert (asked.status_code, asked.json()["to"]) == (201, to)
    (mail,) = await mailed(shop)
    assert mail["recipients"] == [to]
    assert "L’e-mail fonctionne" in mail["text"]

    async def sent() -> bool:
        return bool((await staff.send("GET", f"/test-mail/{asked.json()['id']}")).json()["status"] == "sent")

    await eventually(sent, SEEN_SECONDS, what="the outcome")
    await is_shown_what_customers_get(shop)
    for _ in range(7):
        assert (await staff.send("POST", "/test-mail")).status_code == 201
    refused = await staff.send("POST", "/test-mail")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert (await staff.send("GET", "/test-mail/none")).status_code == 404
