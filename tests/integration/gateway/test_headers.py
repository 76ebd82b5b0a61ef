"""What every answer says to browsers, whatever it is about."""

import httpx
import pytest

from tests.integration.gateway.conftest import Shop

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}
PATHS = (
    "/dashboard/",
    "/dashboard/sw.js",
    "/demo",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/nothing/here",
    "/v1/session",
    "/v1/shops/none/settings",
)


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_defends_itself(shop: Shop, path: str) -> None:
    async with httpx.AsyncClient(base_url=shop.a) as client:
        headers = (await client.get(path)).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "strict-transport-security" not in headers
    assert headers["content-type"] != "application/problem+json" or headers["cache-control"] == "no-store"


async def test_data_is_for_no_page_of_another_host_and_runs_nothing(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a, headers={"Cookie": shop.cookie}) as client:
        headers = (await client.get(f"/v1/shops/{shop.id}/settings")).headers
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["cache-control"] == "no-store"


async def test_widget_is_for_every_page(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a) as client:
        headers = (await client.get("/widget.js")).headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"


async def test_page_with_its_own_style_names_it_anew_each_time(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a) as client:
        pages = [await client.get("/docs") for _ in range(2)]
    nonces = [page.text.split('nonce="')[1].split('"')[0] for page in pages]
    assert nonces[0] != nonces[1]
    for page, nonce in zip(pages, nonces, strict=True):
        assert f"'nonce-{nonce}'" in page.headers["content-security-policy"]


async def test_session_cookie_is_out_of_reach_for_scripts_and_other_sites(shop: Shop) -> None:
    async with httpx.AsyncClient(base_url=shop.a) as client:
        signed_in = await client.post("/v1/session", json={"email": shop.email, "password": shop.password})
        proxied = await client.post(
            "/v1/session",
            json={"email": shop.email, "password": "a wrong one"},
            headers={"X-Forwarded-Proto": "https"},
        )
    cookie = signed_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    # Nobody said that this proxy is to be believed.
    assert "strict-transport-security" not in proxied.headers
