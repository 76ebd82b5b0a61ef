"""The whole table of who may do what, walked: every route by every role, with keys and with another shop's
credentials; every frame of operators by every role."""

import re
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from contracts.sockets.operator import OperatorFrame
from services.common.staff import NewAccount, create_account
from services.gateway.access.roles import FRAMES, OPEN, ROUTES, SCOPES, SIGNED_IN
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.people import GOOD, Somebody
from tests.integration.gateway.raw import opened
from tests.integration.gateway.test_two_shops import filled, frames_of
from tests.support.protocol_client import sign_in

pytestmark = pytest.mark.feature("C6")

ROLES = ("owner", "manager", "operator")


def path_of(template: str, shop: str) -> str:
    """The route's path, in the shop, of things that there are not."""
    path = template.replace("{shop}", shop)
    return re.sub(r"\{[^}]+\}", lambda _: str(uuid4()), path)


async def cookies(shop: Shop) -> dict[str, dict[str, str]]:
    """A session of each role."""
    made = {"owner": {"Cookie": shop.cookie}}
    for role in ROLES[1:]:
        email = f"{role}-{shop.id}@staff.example"
        with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
            create_account(connection, NewAccount(shop.id, email, role.title(), role, GOOD))  # type: ignore[arg-type]
        made[role] = {"Cookie": await sign_in(shop.a, email, GOOD)}
    return made


async def key(shop: Shop, scopes: list[str]) -> dict[str, str]:
    made = await Somebody(shop, shop.cookie).ask("POST", "{shop}/api-keys", 201, name="Server", scopes=scopes)
    return {"Authorization": f"Bearer {made['key']}"}


def refused(answer: httpx.Response, *statuses: int) -> bool:
    return answer.status_code in statuses and answer.headers["content-type"] == "application/problem+json"


async def test_every_route_does_for_each_role_what_the_table_says(make_shop: MakeShop) -> None:
    shop, other = await make_shop(), await make_shop()
    staff, theirs = await cookies(shop), {"Cookie": other.cookie}
    all_but: dict[str, dict[str, str]] = {}
    every_key = await key(shop, list(SCOPES))
    their_key = await key(other, list(SCOPES))
    async with httpx.AsyncClient(base_url=shop.a, timeout=20) as http:

        async def ask(method: str, template: str, headers: dict[str, str]) -> httpx.Response:
            body = None if method == "GET" else {"email": "nobody@visitor.example"}
            return await http.request(method, path_of(template, shop.id), headers=headers, json=body)

        for (method, template), rule in ROUTES.items():
            about = method, template
            for role in ROLES:
                answer = await ask(method, template, staff[role])
                assert refused(answer, 403) is not (role in rule.roles), (about, role, answer.text)
                assert answer.status_code not in (401, 500), (about, role)
            assert refused(await ask(method, template, theirs), 403), (about, "owner of another shop")
            answer = await ask(method, template, every_key)
            assert refused(answer, 403) is (rule.scope is None), (about, "key", answer.text)
            assert refused(await ask(method, template, their_key), 403), (about, "key of another shop")
            if rule.scope is not None:
                without = ",".join(sorted({*SCOPES} - {rule.scope}))
                if without not in all_but:
                    all_but[without] = await key(shop, without.split(","))
                assert refused(await ask(method, template, all_but[without]), 403), (about, "key without the scope")
            if about not in OPEN:  # else there is something that a visitor may do
                assert refused(await ask(method, template, {}), 401), (about, "nobody")
            if method != "GET":  # no page of another origin makes a browser do it
                headers = {**staff["owner"], "Origin": "https://evil.example"}
                assert refused(await ask(method, template, headers), 403), (about, "another origin")


async def test_what_is_ones_own_needs_a_session(make_shop: MakeShop) -> None:
    shop = await make_shop()
    visitor = await shop.visitor()
    nobody: list[dict[str, str]] = [{}, await key(shop, list(SCOPES)), {"Authorization": f"Bearer {visitor.token}"}]
    async with httpx.AsyncClient(base_url=shop.a, timeout=20) as http:
        for method, template in sorted(SIGNED_IN):
            for headers in nobody:
                answer = await http.request(method, path_of(template, shop.id), headers=headers)
                assert refused(answer, 401), (method, template)
        for method, template in sorted(OPEN):
            answer = await http.request(method, path_of(template, shop.id), json={} if method != "GET" else None)
            assert answer.status_code < 500, (method, template, answer.text)


@pytest.mark.parametrize("role", ROLES)
async def test_every_frame_does_for_each_role_what_the_table_says(shop: Shop, role: str) -> None:
    headers = (await cookies(shop))[role]
    async with opened(f"{shop.b}/v1/operator", **headers) as raw:
        await raw.hello()
        for number, kind in enumerate(frames_of(OperatorFrame)):
            frame = filled(kind, OperatorFrame, str(uuid4()), number)
            raw.send(frame)
            if "id" not in frame:
                continue
            answer: dict[str, Any] = await raw.expect(id=frame["id"])
            assert (answer.get("code") == "forbidden") is not FRAMES[kind].admits(role), (kind, answer)


async def test_key_opens_no_socket(shop: Shop) -> None:
    headers = await key(shop, list(SCOPES))
    async with opened(f"{shop.a}/v1/operator", **headers) as raw:
        assert await raw.closed() == 4401
