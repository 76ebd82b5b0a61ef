"""Signing in and out, settings, and what else the gateway serves over HTTP."""

import asyncio
import secrets

import httpx
import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.raw import opened
from tests.support.installation import Installation


async def test_sign_in_sets_a_cookie_and_returns_the_token(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a) as http:
        answer = await http.post("/v1/session", json={"email": shop.email.upper(), "password": shop.password})
        assert answer.status_code == 201
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        said = answer.json()
        assert said["shop"] == shop.id
        assert said["operator"]["role"] == "owner"
        async with opened(f"{shop.b}/v1/operator", Authorization=f"Bearer {said['token']}") as raw:
            assert (await raw.hello())["shop"]["id"] == shop.id
        who = await http.get("/v1/session", headers={"Authorization": f"Bearer {said['token']}"})
        assert who.json()["operator"]["name"] == "Ada"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"email": "nobody@staff.example", "password": "whatever1"}, 401),
        ({"email": "", "password": "wrong-password"}, 401),
        ({"email": 5, "password": "x"}, 400),
        ({"email": "a\x00b@staff.example", "password": "whatever1"}, 401),
        ({}, 400),
        ([], 400),
    ],
)
async def test_wrong_credentials_are_refused(shop: Shop, body: object, status: int) -> None:
    if isinstance(body, dict) and body.get("email") == "":
        body["email"] = shop.email
    async with httpx.AsyncClient(base_url=shop.a) as http:
        answer = await http.post("/v1/session", json=body)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert "set-cookie" not in answer.headers


async def test_sign_in_from_another_origin_is_refused(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a, headers={"Origin": "https://evil.example"}) as http:
        answer = await http.post("/v1/session", json={"email": shop.email, "password": shop.password})
        assert answer.status_code == 403
        assert (await http.delete("/v1/session", headers={"Cookie": shop.cookie})).status_code == 403
    async with opened(f"{shop.a}/v1/operator", Cookie=shop.cookie) as raw:
        await raw.hello()


@pytest.mark.feature("B1")
async def test_signing_out_closes_the_sessions_sockets_on_every_gateway(shop: Shop) -> None:
    async with (
        opened(f"{shop.a}/v1/operator", Cookie=shop.cookie) as here,
        opened(f"{shop.b}/v1/operator", Cookie=shop.cookie) as there,
        httpx.AsyncClient(base_url=shop.a) as http,
    ):
        await here.hello()
        await there.hello()
        assert (await http.delete("/v1/session", headers={"Cookie": shop.cookie})).status_code == 204
        assert await here.closed(within=5) == 4401
        assert await there.closed(within=5) == 4401
    async with opened(f"{shop.b}/v1/operator", Cookie=shop.cookie) as again:
        assert await again.closed() == 4401


async def test_settings_change_in_part_and_are_seen_on_every_gateway(shop: Shop) -> None:
    headers = {"Cookie": shop.cookie}
    path = f"/v1/shops/{shop.id}/settings"
    async with httpx.AsyncClient(headers=headers) as http:
        before = (await http.get(shop.a + path)).json()
        assert {"limit", "line", "offline_mode", "operator_name", "languages", "header", "welcome"} <= set(before)
        changed = await http.put(shop.a + path, json={"limit": 7, "header": {"en": "Ring"}})
        assert changed.status_code == 200
        assert changed.json() == {**before, "limit": 7, "header": {"en": "Ring"}}
        visitor = await shop.visitor()
        assert visitor.welcome is not None
        assert visitor.welcome["appearance"]["header"] == "Ring"
        seen = (await http.get(shop.b + path)).json()
        assert seen == changed.json()


@pytest.mark.feature("C2")
@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"limit": -1}, "limit", "0"),
        ({"limit": "many"}, "limit", "whole number"),
        ({"colour": "red"}, "colour", "no setting"),
        ({"languages": []}, "languages", ""),
        ({"languages": ["english"]}, "languages", ""),
        ({"welcome": {"en": "a\x00b"}}, "welcome", "control"),
        ({"operator_name": ""}, "operator_name", ""),
        ({"origins": ["not an origin"]}, "origins", "origin"),
    ],
)
async def test_wrong_settings_are_named_and_change_nothing(
    shop: Shop, change: dict[str, object], field: str, word: str
) -> None:
    async with httpx.AsyncClient(base_url=shop.a, headers={"Cookie": shop.cookie}) as http:
        path = f"/v1/shops/{shop.id}/settings"
        before = (await http.get(path)).json()
        refused = await http.put(path, json=change)
        assert refused.status_code == 422
        problem = refused.json()
        assert problem["field"] == field
        assert word in problem["detail"]
        assert (await http.get(path)).json() == before


async def test_settings_are_not_written_over_a_version_that_was_not_seen(shop: Shop) -> None:
    path = f"/v1/shops/{shop.id}/settings"
    async with httpx.AsyncClient(headers={"Cookie": shop.cookie}) as http:
        seen = (await http.get(shop.a + path)).headers["ETag"]
        changed = await http.put(shop.b + path, json={"limit": 7}, headers={"If-Match": seen})
        assert changed.status_code == 200
        late = await http.put(shop.a + path, json={"limit": 8}, headers={"If-Match": seen})
        assert (late.status_code, late.json()["code"]) == (412, "changed_since")
        now = (await http.get(shop.a + path)).headers["ETag"]
        assert now == changed.headers["ETag"]
        assert (await http.put(shop.a + path, json={"limit": 8}, headers={"If-Match": now})).status_code == 200


async def test_who_saves_other_settings_at_the_same_time_loses_nothing(shop: Shop) -> None:
    path = f"/v1/shops/{shop.id}/settings"
    async with httpx.AsyncClient(headers={"Cookie": shop.cookie}) as http:
        for number in range(1, 9):
            wanted = {"limit": number, "operator_name": f"Ann {number}", "forgotten_after": 100 + number}
            puts = [
                http.put((shop.a, shop.b)[place % 2] + path, json={name: value})
                for place, (name, value) in enumerate(wanted.items())
            ]
            assert [answer.status_code for answer in await asyncio.gather(*puts)] == [200] * 3
            for gateway in (shop.a, shop.b):
                now = (await http.get(gateway + path)).json()
                assert {name: now[name] for name in wanted} == wanted


async def test_of_those_who_save_the_same_version_at_the_same_time_one_succeeds(shop: Shop) -> None:
    path = f"/v1/shops/{shop.id}/settings"
    async with httpx.AsyncClient(headers={"Cookie": shop.cookie}) as http:
        for number in range(1, 9):
            seen = await http.get(shop.a + path)
            only = {"If-Match": seen.headers["ETag"]}
            answers = await asyncio.gather(
                http.put(shop.a + path, json={"limit": 10 + number}, headers=only),
                http.put(shop.b + path, json={"forgotten_after": 100 + number}, headers=only),
            )
            done, late = sorted(answers, key=lambda answer: answer.status_code)
            assert (done.status_code, late.status_code, late.json()["code"]) == (200, 412, "changed_since")
            assert (await http.get(shop.b + path)).json() == done.json()


async def test_repeated_idempotency_key_gives_the_first_answer(shop: Shop) -> None:
    key = secrets.token_hex(8)
    async with httpx.AsyncClient(base_url=shop.a, headers={"Cookie": shop.cookie, "Idempotency-Key": key}) as http:
        path = f"/v1/shops/{shop.id}/settings"
        for _ in range(2):
            assert (await http.put(path, json={"limit": 9})).status_code == 200
        assert (await http.put(path, json={"limit": 8})).status_code in (400, 422)


async def test_locale_chooses_the_texts(make_shop: MakeShop) -> None:
    texts = {"en": "Ring", "fr": "Sonnez", "pl": "Dzwonek"}
    shop = await make_shop(languages=["en", "fr", "pl"], header=texts)
    for locale, language in [("pl-PL", "pl"), ("fr", "fr"), ("FR_ca", "fr"), ("de", "en"), ("", "en")]:
        async with opened(shop.visitor_url()) as raw:
            welcome = await raw.hello(locale=locale)
            assert welcome["appearance"]["language"] == language
            assert welcome["appearance"]["header"] == texts[language]


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/widget.js", "javascript", "public"),
        ("/push-worker.js", "javascript", "public"),
        ("/shopbell-sw.js", "javascript", "no-cache"),
        ("/dashboard/", "text/html", "no-cache"),
        ("/demo", "text/html", "no-cache"),
        ("/docs", "text/html", None),
        ("/openapi.json", "application/json", None),
        ("/asyncapi.json", "application/json", None),
        ("/healthz", "text/plain", None),
        ("/readyz", "text/plain", None),
        ("/metrics", "text/plain", None),
    ],
)
async def test_pages_are_served(installation: Installation, path: str, kind: str, cache: str | None) -> None:
    async with httpx.AsyncClient(base_url=installation.base_urls[0]) as http:
        answer = await http.get(path)
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert cache is None or cache in answer.headers["cache-control"]
        if "etag" in answer.headers:
            again = await http.get(path, headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
        assert "https://" not in answer.text or path != "/docs"


@pytest.mark.parametrize("path", ["/nothing", "/v1/nothing", "/demo/../../pyproject.toml", "/dashboard/%2e%2e/main.py"])
async def test_unknown_path_is_a_problem(installation: Installation, path: str) -> None:
    async with httpx.AsyncClient(base_url=installation.base_urls[0]) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_request_id_is_given_back(installation: Installation) -> None:
    async with httpx.AsyncClient(base_url=installation.base_urls[0]) as http:
        given = await http.get("/docs", headers={"X-Request-Id": "trace-12345678"})
        assert given.headers["x-request-id"] == "trace-12345678"
        made = await http.get("/docs", headers={"X-Request-Id": "no\tgood"})
        assert len(made.headers["x-request-id"]) == 16
