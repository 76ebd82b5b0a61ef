"""Bringing and taking back push subscriptions over REST."""

import json
from typing import Any

import httpx
import psycopg
import pytest

from services.common.vapid import from_base64url
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.installation import Installation
from tests.support.push_service import Browser

PUBLIC = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
def table(installation: Installation) -> Any:
    """What the table of subscriptions has of an endpoint: account's address and locale."""

    def read(endpoint: str) -> list[Any]:
        query = (
            "SELECT email, locale FROM push.subscription JOIN staff.account ON account.id = account WHERE endpoint = %s"
        )
        with psycopg.connect(installation.settings.dsn_of("log")) as connection:
            return connection.execute(query, [endpoint]).fetchall()

    return read


def http_of(shop: Shop, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=shop.a, headers={"Cookie": shop.cookie, "Origin": shop.a, **headers}, timeout=15)


def browser(name: str) -> Browser:
    return Browser(PUBLIC + name, "")


async def test_key_is_a_point_and_the_same_at_every_gateway(shop: Shop) -> None:
    async with http_of(shop) as http:
        first, second = [(await http.get(f"{base}/v1/push-key")).json()["key"] for base in (shop.a, shop.b)]
        assert (await http.get("/v1/push-key", headers={"Cookie": ""})).status_code == 401
    assert first == second
    assert len(from_base64url(first)) == 65


async def test_subscription_is_kept_renewed_and_forgotten(shop: Shop, table: Any) -> None:
    mine = browser(shop.id)
    async with http_of(shop) as http:
        assert (await http.put("/v1/push-subscription", json=mine.as_json("fr"))).status_code == 204
        assert (await http.put("/v1/push-subscription", json=mine.as_json("pl"))).status_code == 204
        assert table(mine.endpoint) == [(shop.email, "pl")]
        gone = {"endpoint": mine.endpoint}
        answer = await http.request("DELETE", "/v1/push-subscription", json=gone)
        assert answer.status_code == 204
        assert table(mine.endpoint) == []
        assert (await http.request("DELETE", "/v1/push-subscription", json=gone)).status_code == 204


async def test_browser_that_somebody_else_signs_in_with_is_theirs(shop: Shop, make_shop: MakeShop, table: Any) -> None:
    shared, other_shop = browser(shop.id), await make_shop()
    async with http_of(shop) as first, http_of(other_shop) as second:
        await first.put("/v1/push-subscription", json=shared.as_json())
        await second.put("/v1/push-subscription", json=shared.as_json())
        assert table(shared.endpoint) == [(other_shop.email, "en")]
        await first.request("DELETE", "/v1/push-subscription", json={"endpoint": shared.endpoint})
    assert table(shared.endpoint) == [(other_shop.email, "en")]


async def test_account_has_so_many_browsers_at_most(shop: Shop, table: Any) -> None:
    many = [browser(f"{shop.id}-{number}") for number in range(22)]
    async with http_of(shop) as http:
        for one in many:
            assert (await http.put("/v1/push-subscription", json=one.as_json())).status_code == 204
    assert [bool(table(one.endpoint)) for one in many] == [False] * 2 + [True] * 20


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"endpoint": "http://push.example.com/x"}, "endpoint"),
        ({"endpoint": "https://127.0.0.1/x"}, "endpoint"),
        ({"endpoint": "https://[::ffff:10.0.0.1]/x"}, "endpoint"),
        ({"endpoint": "https://169.254.169.254/latest"}, "endpoint"),
        ({"endpoint": "https://postgres/x"}, "endpoint"),
        ({"endpoint": "https://db.internal/x"}, "endpoint"),
        ({"endpoint": "https://user:pass@push.example.com/x"}, "endpoint"),
        ({"endpoint": "https://push.example.com:port/x"}, "endpoint"),
        ({"endpoint": 5}, "endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "keys.p256dh"),
        ({"keys": {"p256dh": "BA" + "A" * 86, "auth": "AAAA"}}, "keys.p256dh"),
        ({"keys": {"auth": "AAAA"}}, "keys.p256dh"),
        ({"locale": "x" * 40}, "locale"),
    ],
)
async def test_what_is_no_subscription_is_refused_by_name(shop: Shop, changes: dict[str, Any], field: str) -> None:
    body = {**browser("x").as_json(), **changes}
    async with http_of(shop) as http:
        answer = await http.put("/v1/push-subscription", content=json.dumps(body))
    assert answer.status_code == 422
    assert answer.json()["field"] == field


async def test_secret_of_another_length_is_refused(shop: Shop) -> None:
    body = browser("x").as_json()
    body["keys"]["auth"] = "AAAA"
    async with http_of(shop) as http:
        answer = await http.put("/v1/push-subscription", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, "keys.auth")


async def test_other_origins_and_strangers_change_nothing(shop: Shop, table: Any) -> None:
    mine = browser(f"{shop.id}-evil")
    async with http_of(shop, Origin="https://evil.example") as http:
        assert (await http.put("/v1/push-subscription", json=mine.as_json())).status_code == 403
    async with httpx.AsyncClient(base_url=shop.a) as http:
        assert (await http.put("/v1/push-subscription", json=mine.as_json())).status_code == 401
    assert table(mine.endpoint) == []
