"""The two ways to hold capacity, as the operator sees and drives them in the desk bar."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.support.installation import Installation
from tests.support.pages import OperatorPage, VisitorPage

pytestmark = [pytest.mark.slow]

USUAL: dict[str, Any] = {"mode": "slots", "reopen_channels": True, "limit": 4, "line": False}


async def settle(operator: OperatorPage, base: str, **settings: Any) -> None:
    """Change settings and come back online under them."""
    await operator.go(online=False)
    url = f"{base}/v1/shops/demo/settings"
    changed = await operator.page.request.put(url, data=settings, headers={"Origin": base})
    assert changed.ok, await changed.text()
    await operator.page.reload()
    await operator.go(online=True)


async def expect_channels(operator: OperatorPage, busy: int, opened: int) -> None:
    await expect(operator.page.locator(".desk").get_by_text(f"{busy} of {opened}", exact=True).first).to_be_visible()


@pytest.fixture
async def operator(browser: Browser, own_installation: Installation) -> AsyncIterator[OperatorPage]:
    base = own_installation.base_urls[0]
    page = await OperatorPage.sign_in(browser, base, own_installation.owner_email, own_installation.owner_password)
    yield page
    await settle(page, base, **USUAL)
    await page.go(online=False)
    assert page.errors == []


@pytest.mark.feature("B2")
async def test_slots_open_as_many_channels_as_the_limit_and_reopen_by_themselves(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    base = own_installation.base_urls[0]
    await settle(operator, base, **USUAL)
    await expect_channels(operator, 0, 4)
    visitor = await VisitorPage.open(browser, base)
    await visitor.open_chat()
    await visitor.write("a slot is taken")
    await expect_channels(operator, 1, 4)
    await operator.end(operator.window_with("a slot is taken"))
    await expect_channels(operator, 0, 4)


@pytest.mark.feature("B2")
@pytest.mark.parametrize("reopens", [False, True], ids=["used up", "reopening"])
async def test_manual_channels_are_opened_one_by_one(
    browser: Browser, own_installation: Installation, operator: OperatorPage, reopens: bool
) -> None:
    base = own_installation.base_urls[0]
    await settle(operator, base, mode="manual", reopen_channels=reopens, limit=4)
    await expect_channels(operator, 0, 0)
    visitor = await VisitorPage.open(browser, base)
    await expect(visitor.launcher).to_be_hidden()
    await operator.page.get_by_role("button", name="Open a new channel").click()
    await expect_channels(operator, 0, 1)
    await visitor.open_chat()
    await visitor.write("the channel is taken")
    await expect_channels(operator, 1, 1)
    other = await VisitorPage.open(browser, base)
    await other.page.wait_for_load_state("networkidle")
    await expect(other.launcher).to_be_hidden()
    await operator.end(operator.window_with("the channel is taken"))
    await expect_channels(operator, 0, 1 if reopens else 0)
    await expect(other.launcher).to_be_visible(visible=reopens)
