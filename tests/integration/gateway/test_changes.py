"""The change log over REST: who changed what, finding it, taking it away, and undoing it."""

import csv
import io
from typing import Any

import psycopg
import pytest

from services.common.audit import record
from services.common.database import open_pool
from services.common.staff import NewAccount, create_account
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.support.protocol_client import sign_in
from tests.support.waiting import eventually

Items = list[dict[str, Any]]


class Log:
    """The change log of a shop, as one of its staff reads it."""

    def __init__(self, shop: Shop) -> None:
        self.staff = Staff(shop)

    async def read(self, **params: Any) -> Items:
        answer = await self.staff.send("GET", "/changes", params=params)
        assert answer.status_code == 200, answer.text
        items: Items = answer.json()["items"]
        return items

    async def whats(self, **params: Any) -> list[str]:
        return [one["what"] for one in await self.read(**params)]

    async def shows(self, count: int) -> Items:
        async def there() -> Items:
            items = await self.read()
            return items if len(items) >= count else []

        return await eventually(there, 10.0, f"{count} changes in the log")

    async def undo(self, change: dict[str, Any], key: str | None = None, **wish: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return await self.staff.send("POST", f"/changes/{change['id']}/undo", json=wish, headers=headers)


@pytest.mark.feature("C4")
async def test_each_change_is_recorded_with_who_when_and_what(shop: Shop) -> None:
    log = Log(shop)
    await log.staff.settings(limit=7, welcome={"en": "Good morning"})
    await log.staff.settings(privacy={"consent": True, "notice": {"en": "Kept for a year."}})
    reply = await log.staff.send("POST", "/canned-replies", json={"shortcut": "hi", "texts": {"en": "Hello"}})
    assert reply.status_code == 201
    items = await log.shows(5)
    assert [(one["part"], one["what"], one["before"], one["after"], one["can_undo"]) for one in items] == [
        ("canned", f"canned.{reply.json()['id']}", None, {"shortcut": "hi", "texts": {"en": "Hello"}}, False),
        ("privacy", "privacy.notice.en", None, "Kept for a year.", True),
        ("privacy", "privacy.consent", False, True, True),
        ("chat", "welcome.en", None, "Good morning", True),
        ("chat", "limit", 20, 7, True),
    ]
    assert {one["author"]["name"] for one in items} == {"Ada"}
    assert [one["at"] for one in items] == sorted((one["at"] for one in items), reverse=True)
    assert await log.whats(part="privacy") == ["privacy.notice.en", "privacy.consent"]
    assert await log.whats(q="MORNING") == ["welcome.en"]
    assert await log.whats(q="limite", named="limit,welcome") == ["welcome.en", "limit"]
    assert len(await log.whats(q="ada")) == 5
    assert await log.whats(who="o_nobody") == []
    assert await log.whats(q="100%_") == []
    first = (await log.staff.send("GET", "/changes", params={"limit": 4})).json()
    assert await log.whats(cursor=first["next"]) == ["limit"]
    assert (await log.staff.send("GET", "/changes", params={"part": "nowhere"})).status_code == 400


@pytest.mark.feature("C4")
async def test_undo_gives_the_former_value_and_is_a_change_of_its_own(shop: Shop) -> None:
    log = Log(shop)
    week = [[{"opens": "09:00", "closes": "17:00"}]] * 7
    await log.staff.settings(hours={"week": week, "exceptions": []})
    await log.staff.settings(hours={"week": [*week[:5], [], week[6]], "exceptions": []}, limit=3)
    saturday, limit = sorted((await log.shows(3))[:2], key=lambda one: str(one["what"]))
    assert (saturday["what"], saturday["after"]) == ("hours.week.5", [])
    undone = await log.undo(saturday)
    assert undone.status_code == 200, undone.text
    assert (undone.json()["hours"]["week"], undone.json()["limit"]) == (week, 3)
    newest, *older = await log.shows(4)
    assert (newest["what"], newest["undoes"]["name"], newest["can_undo"]) == ("hours.week.5", "Ada", True)
    former = next(one for one in older if one["id"] == saturday["id"])
    assert (former["undone_by"]["name"], former["can_undo"]) == ("Ada", False)
    assert (await log.undo(saturday)).json()["code"] == "undone"
    await log.staff.settings(limit=5)
    refused = await log.undo(limit)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_since")
    assert (refused.json()["former"], refused.json()["current"]) == (20, 5)
    assert (await log.undo(limit, anyway=True)).json()["limit"] == 20
    assert (await log.undo({"id": "99-1"})).status_code == 404


async def test_undone_removal_comes_back_where_it_was_and_asking_again_is_answered_again(shop: Shop) -> None:
    log = Log(shop)
    rules = [{"id": name, "name": name, "page": "/*", "text": {"en": "Hello"}} for name in ("one", "two", "three")]
    await log.staff.settings(invitations=rules)
    await log.staff.settings(invitations=rules[1:])
    removed = (await log.shows(4))[0]
    assert (removed["what"], removed["after"]) == ("invitations.one", None)
    for _ in range(2):
        undone = await log.undo(removed, key="a-key-of-mine")
        assert undone.status_code == 200, undone.text
        assert [one["id"] for one in undone.json()["invitations"]] == ["one", "two", "three"]
    assert len(await log.shows(5)) == 5
    await log.staff.settings(limit=9)
    await log.shows(6)
    assert (await log.undo(removed, key="a-key-of-mine")).json()["limit"] == 9
    assert (await log.undo(removed, key="another-key")).json()["code"] == "undone"
    await log.staff.settings(invitations=[rules[2], *rules[:2]])
    turned = (await log.shows(7))[0]
    assert (turned["what"], turned["part"]) == ("invitations", "invitations")
    assert (turned["before"], turned["after"]) == (["one", "two", "three"], ["three", "one", "two"])
    assert [one["id"] for one in (await log.undo(turned)).json()["invitations"]] == ["one", "two", "three"]


async def test_deeds_about_access_stand_between_the_settings(shop: Shop) -> None:
    log = Log(shop)
    await log.staff.settings(limit=7)
    await log.shows(1)
    async with (
        await open_pool(shop.installation.settings.dsn_of("log"), "tests") as pool,
        pool.connection() as connection,
    ):
        await record(connection, shop.id, "shopbell", "key.made", "key_1", {"name": "=Order sync"})
    await log.staff.settings(limit=8)
    items = await log.shows(3)
    assert [one["what"] for one in items] == ["limit", "key.made", "limit"]
    deed = items[1]
    assert (deed["author"]["name"], deed["part"], deed["details"]) == (
        "Shopbell",
        "developers",
        {"name": "=Order sync"},
    )
    assert await log.whats(part="developers") == ["key.made"]
    assert await log.whats(part="security") == []
    assert await log.whats(q="order") == ["key.made"]
    page = (await log.staff.send("GET", "/changes", params={"limit": 1})).json()
    assert await log.whats(cursor=page["next"]) == ["key.made", "limit"]
    table = await log.staff.send("GET", "/changes.csv")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert [(row["what"], row["before"]) for row in rows] == [("limit", "7"), ("key.made", ""), ("limit", "20")]
    assert "Order sync" in rows[1]["after"]


async def test_operators_read_no_change_log(shop: Shop) -> None:
    email, password = f"o{shop.email}", shop.password
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, "Olga", "operator", password))
    shop.cookie = await sign_in(shop.a, email, password)
    staff = Staff(shop)
    for method, path in (("GET", "/changes"), ("GET", "/changes.csv"), ("POST", "/changes/2-1/undo")):
        assert (await staff.send(method, path)).status_code == 403
