"""A shop for a browser test: what was said in it, and its member of staff at the dashboard."""

import time

import jwt
from playwright.async_api import Browser, expect

from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.protocol_client import Operator, Visitor

ANNA = {"sub": "4711", "name": "Anna Kowal", "email": "anna@kowal.example", "phone": "+48 601 555 018"}
"""A customer whom the shop vouches for."""


async def at_dashboard(browser: Browser, shop: Shop) -> Dashboard:
    return await Dashboard.sign_in(browser, shop.a, shop.email, shop.password)


async def identity(shop: Shop, person: dict[str, str]) -> str:
    kid, secret = await shop.secret()
    claims = {**person, "aud": "shopbell", "iss": shop.id, "exp": int(time.time()) + 3600}
    return jwt.encode(claims, secret, "HS256", {"kid": kid})


async def told(shop: Shop, operator: Operator, question: str, answer: str, vouched: str | None = None) -> Visitor:
    """One conversation, ended."""
    visitor = await shop.visitor(**({"identity": vouched} if vouched else {}))
    await visitor.start(question)
    await operator.event(visitor.conversation, "message")
    await operator.say(visitor.conversation, answer)
    await operator.end(visitor.conversation)
    return visitor


async def into_history(operator: Operator) -> None:
    """What has ended moves to history when its operator leaves."""
    await operator.go_offline()
    await operator.close()


async def expect_no_errors(staff: Dashboard) -> None:
    await expect(staff.page.locator("main")).to_be_visible()
    assert staff.errors == [], staff.errors
