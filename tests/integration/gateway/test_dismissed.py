"""Who is dismissed while their request is still on its way gives nobody access any more."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import psycopg
import pytest

from services.common.database import open_pool
from services.gateway.access.roles import OWNERS
from services.gateway.access.sessions import Account
from services.gateway.access.standing import Dismissed, confirmed
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.people import Somebody, execute, hired
from tests.support.waiting import eventually

pytestmark = pytest.mark.feature("C6")

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%staff.%%'"
SAME = """
    INSERT INTO staff.invitation (shop, email, name, role, language, invited_by, expires_at)
    VALUES (%s, %s, '', 'operator', 'en', 'somebody', now() + interval '1 day')
"""


@pytest.fixture
def owner(shop: Shop) -> Somebody:
    return Somebody(shop, shop.cookie)


def address() -> str:
    return f"{uuid4().hex[:10]}@staff.example"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "staff/invitations", {"email": "friend@staff.example", "role": "owner"}),
        ("POST", "api-keys", {"name": "Mine", "scopes": ["customers:export"]}),
        ("PUT", "settings", {"limit": 3}),
    ],
)
async def test_half_a_body_is_no_foot_in_the_door(
    shop: Shop, owner: Somebody, method: str, path: str, body: dict[str, object]
) -> None:
    other = await hired(owner, address(), "owner")
    account = (await other.ask("GET", "{own}"))["id"]
    text = json.dumps(body).encode()
    begun, closed = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield text[:5]
        begun.set()
        await closed.wait()
        yield text[5:]

    async def close() -> None:
        await begun.wait()
        await seen_using(shop, other)
        await owner.ask("DELETE", f"{{shop}}/staff/{account}", 204)
        closed.set()

    sent = other.http.request(
        method, f"/v1/shops/{shop.id}/{path}", content=slowly(), headers={"Content-Type": "application/json"}
    )
    answer, _ = await asyncio.gather(sent, close())
    assert answer.status_code in (401, 403), answer.text
    assert execute(shop, "SELECT FROM staff.invitation WHERE shop = %s", shop.id) == []
    assert execute(shop, "SELECT FROM staff.api_key WHERE shop = %s", shop.id) == []


async def seen_using(shop: Shop, one: Somebody) -> None:
    """Time enough for the gateway to look who it is, if it did so before it has the whole request."""
    async with httpx.AsyncClient(base_url=one.http.base_url, cookies=one.http.cookies) as http:
        for _ in range(3):
            await http.get("/v1/session")


async def test_closing_waits_for_an_invitation_under_way_and_withdraws_it(shop: Shop, owner: Somebody) -> None:
    other, friend = await hired(owner, address(), "owner"), address()
    account = (await other.ask("GET", "{own}"))["id"]
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as held:
        held.execute(SAME, [shop.id, friend])  # uncommitted: theirs waits to see what becomes of it
        inviting = asyncio.create_task(
            other.http.post(f"/v1/shops/{shop.id}/staff/invitations", json={"email": friend, "role": "owner"})
        )
        await eventually(lambda: waiting(shop) >= 1)
        closing = asyncio.create_task(owner.http.delete(f"/v1/shops/{shop.id}/staff/{account}"))
        await eventually(lambda: closing.done() or waiting(shop) >= 2)
        held.rollback()
    assert [(await inviting).status_code, (await closing).status_code] == [201, 204]
    assert execute(shop, "SELECT FROM staff.invitation WHERE shop = %s", shop.id) == []


def waiting(shop: Shop) -> int:
    """How many deeds about staff wait for locks."""
    ((count,),) = execute(shop, WAITING)
    return int(count)


async def test_every_deed_that_gives_access_is_judged_at_its_end(shop: Shop, owner: Somebody) -> None:
    """As gateways do that looked at the role a moment ago."""
    other = await hired(owner, address(), "owner")
    me = (await other.ask("GET", "{own}"))["id"]
    asking = Account(me, shop.id, "", "", "owner")
    async with await open_pool(shop.installation.settings.dsn_of("log"), "tests") as pool:
        async with pool.connection() as connection:
            assert (await confirmed(connection, asking, OWNERS)).role == "owner"
        await owner.ask("PUT", f"{{shop}}/staff/{me}", 204, role="manager")
        async with pool.connection() as connection:
            with pytest.raises(Dismissed):
                await confirmed(connection, asking, OWNERS)
