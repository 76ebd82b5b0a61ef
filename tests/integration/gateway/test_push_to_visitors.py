"""Visitors' browsers that want push, and do no more: over REST, from a shop's pages."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from contracts.ids import push_subscription_id
from services.common.vapid import from_base64url
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.push_service import Browser
from tests.support.waiting import eventually

ORIGIN = "https://morrow.example"
PUBLIC = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
async def shop(make_shop: MakeShop) -> Shop:
    """One that pushes."""
    return await make_shop(push={"on": True}, origins=[ORIGIN])


def wish(browser: Browser, **more: Any) -> dict[str, Any]:
    return {"id": uuid4().hex, "subscription": browser.as_json(), "language": "fr", "zone": "Europe/Paris", **more}


def a_browser() -> Browser:
    return Browser(f"{PUBLIC}{uuid4().hex}", "")


async def welcome(shop: Shop, gateway: str | None = None) -> dict[str, Any]:
    frame = (await shop.visitor(gateway)).welcome
    assert frame is not None
    return frame


def rows(shop: Shop, database: str, query: str, *values: Any) -> list[Any]:
    with psycopg.connect(shop.installation.settings.dsn_of(database)) as connection:
        return connection.execute(query.encode(), values).fetchall()


async def test_welcome_offers_push_where_the_shop_has_it(shop: Shop, make_shop: MakeShop) -> None:
    offers = [(await welcome(shop, gateway))["push"] for gateway in (shop.a, shop.b)]
    assert offers[0] == offers[1]
    assert offers[0]["worker"] == "/shopbell-sw.js"
    assert len(from_base64url(offers[0]["key"])) == 65
    other = await make_shop(push={"on": True})
    assert (await welcome(other))["push"]["key"] != offers[0]["key"], "each shop has a key of its own"
    await Staff(shop).settings(push={"on": False})
    assert "push" not in await welcome(shop)
    assert (await Pages(shop, ORIGIN).post("/push-subscriptions", wish(a_browser()))).status_code == 409


@pytest.mark.feature("F1")
async def test_browser_comes_is_renewed_and_goes_and_its_key_with_it(shop: Shop) -> None:
    pages, browser = Pages(shop, ORIGIN), a_browser()
    token = (await welcome(shop))["token"]
    subscription = push_subscription_id(shop.id, browser.endpoint)
    first = await pages.post("/push-subscriptions", wish(browser, group="Mugs", token=token))
    assert (first.status_code, first.json()) == (201, {"subscription": str(subscription)})
    for more in ({"group": "glazes"}, {"group": "no slug", "zone": "Europe/Atlantis", "language": "pl"}):
        again = await pages.post("/push-subscriptions", wish(browser, **more))
        assert (again.status_code, again.json()) == (200, first.json())

    query = "SELECT service, language, zone, groups, left_at IS NULL, person FROM rm_push_subscriber WHERE id = %s"

    async def shown() -> list[Any]:
        return rows(shop, "read", query, subscription)

    await eventually(lambda: has(shown, "pl"), 30)
    ((*said, person),) = await shown()
    assert said == ["push.services.mozilla.com", "pl", "UTC", ["mugs", "glazes"], True]
    key = "SELECT subject FROM person_key WHERE shop = %s AND person = %s"
    ((subject,),) = rows(shop, "keys", key, shop.id, person)
    assert subject.startswith("g_"), "erased with who chats there"

    gone = {"endpoint": browser.endpoint, "campaign": str(uuid4())}
    for _ in range(2):
        assert (await pages.send("DELETE", "/push-subscriptions", json=gone)).status_code == 204
    await eventually(lambda: has(shown, False), 30)
    assert rows(shop, "keys", key, shop.id, person) == []
    back = await pages.post("/push-subscriptions", wish(browser))
    assert (back.status_code, back.json()) == (201, first.json())
    await eventually(lambda: has(shown, True), 30)


async def has(shown: Any, value: Any) -> bool:
    found = await shown()
    return bool(found) and value in found[0]


async def test_other_origins_and_other_shops_are_kept_apart(shop: Shop, make_shop: MakeShop) -> None:
    browser, other = a_browser(), await make_shop(push={"on": True}, origins=[ORIGIN])
    assert (await Pages(shop, "https://evil.example").post("/push-subscriptions", wish(browser))).status_code == 403
    ids = {(await Pages(one, ORIGIN).post("/push-subscriptions", wish(browser))).text for one in (shop, other)}
    assert len(ids) == 2
    for method in ("POST", "DELETE"):
        preflight = await Pages(shop, ORIGIN).send(
            "OPTIONS", "/push-subscriptions", headers={"Access-Control-Request-Method": method}
        )
        assert method in preflight.headers["Access-Control-Allow-Methods"]
        assert preflight.headers["Access-Control-Allow-Origin"] == ORIGIN


async def test_what_is_no_subscription_is_refused_by_name(shop: Shop) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"endpoint": "https://169.254.169.254/latest"}, "subscription.endpoint"),
        ({"endpoint": "https://broker.internal/x"}, "subscription.endpoint"),
        ({"endpoint": "https://push.example.com/x"}, "subscription.endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "subscription.keys.p256dh"),
        ({"keys": {"auth": "AAAA"}}, "subscription.keys.p256dh"),
    ]
    browser = a_browser()
    for changes, field in wrong:
        body = {**wish(browser), "subscription": {**browser.as_json(), **changes}}
        answer = await Pages(shop, ORIGIN).post("/push-subscriptions", body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)


async def test_worker_is_a_file_of_the_shops_own(shop: Shop) -> None:
    for path in ("//evil.example/sw.js", "/a/../sw.js", "/folder/", "sw.js", "/s w.js"):
        answer = await Staff(shop).send("PUT", "/settings", json={"push": {"worker": path}})
        assert (answer.status_code, answer.json()["field"]) == (422, "push.worker")


async def test_click_is_counted_once_and_tells_nobody_anything(shop: Shop) -> None:
    campaign, subscription = uuid4(), uuid4()
    rows_of = [(subscription, shop.id, "sent", 1), (uuid4(), shop.id, "pending", 0), (uuid4(), "other", "sent", 1)]
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        delivery, unsent, theirs = (
            connection.execute(
                "INSERT INTO push.delivery (campaign, subscription, shop, service, language, zone, status, attempts)"
                " VALUES (%s, %s, %s, 'push.example.com', 'en', 'UTC', %s, %s) RETURNING id",
                [campaign, *row],
            ).fetchall()[0][0]
            for row in rows_of
        )
    pages = Pages(shop, ORIGIN)
    for told in (delivery, delivery, unsent, theirs, uuid4(), UUID(int=0)):
        answer = await pages.post("/push-clicks", {"delivery": str(told)})
        assert (answer.status_code, answer.content) == (204, b"")
    query = "SELECT outcome, subscription, language, service FROM push.outcome WHERE campaign = %s"
    assert rows(shop, "log", query, campaign) == [("clicked", subscription, "en", "push.example.com")]
