"""The demo shop's pages, as a customer sees them."""

import re

import jwt
import pytest
from playwright.async_api import Browser, Page, expect

from tests.screens.checks import axe_faults
from tests.support.browser_push import STAND_IN
from tests.support.installation import Installation
from tests.support.push_service import Browser as Subscriber
from tests.support.waiting import eventually

AT_A_MAKER = "https://fcm.googleapis.com/fcm/send/"
"""Where browsers are pushed to; nobody asks there whether this one is."""


async def the_poll_is_known(page: Page, base: str) -> None:
    """Gateways hear of it a moment after the first start."""

    async def known() -> bool:
        return (await page.request.get(f"{base}/v1/shops/demo/polls/current?group=home")).status == 200

    await eventually(known, 40, what="the poll at the gateway")


async def ring(page: Page) -> None:
    """Turn push on, and off again: the shop's file is there and right, and its own policy allows it."""
    off, on = (page.get_by_role("button", name=name) for name in ("Get word of what is new", "You will hear from us"))
    await off.click()
    await on.click()
    await expect(off).to_be_visible()


async def nothing_lies_over_the_vote_button(page: Page) -> None:
    """On a phone the bell's word stands where the poll's card does not."""
    before = page.viewport_size
    await page.set_viewport_size({"width": 390, "height": 844})
    bell = page.get_by_role("button", name="Get word of what is new")
    await bell.hover()
    said = await bell.locator("+ p").bounding_box()
    button = await page.get_by_role("button", name="Vote").bounding_box()
    assert said is not None
    assert button is not None
    assert said["width"] > 100
    assert button["y"] + button["height"] <= said["y"]
    await page.set_viewport_size(before or {"width": 1280, "height": 720})


@pytest.mark.feature("F1", "H1", "H2")
async def test_the_demo_shop_shows_its_products_and_asks_and_rings_on_its_pages(
    browser: Browser, installation: Installation
) -> None:
    context = await browser.new_context(permissions=["notifications"], reduced_motion="reduce")
    await context.expose_function("subscribeToPushService", lambda key: Subscriber(AT_A_MAKER + key, key).as_json())
    await context.add_init_script(STAND_IN)
    page = await context.new_page()
    await the_poll_is_known(page, installation.base_urls[0])
    await page.goto(f"{installation.base_urls[0]}/demo")
    poll = page.get_by_role("region", name="Poll")
    await poll.get_by_role("radio", name="Tide blue").check()
    assert await axe_faults(page) == []
    await nothing_lies_over_the_vote_button(page)
    await poll.get_by_role("button", name="Vote").click()
    await expect(poll.get_by_text("Thank you for voting")).to_be_visible()
    await expect(poll.get_by_role("listitem").first).to_contain_text(re.compile(r"Tide blue.*your vote.*%", re.DOTALL))
    await ring(page)
    await page.get_by_role("link", name=re.compile("Tide mug")).click()
    await expect(page.get_by_role("button", name="Get word of what is new")).to_be_visible()
    await expect(page.get_by_text("Hannah W.")).to_be_visible()
    await expect(poll).to_be_hidden()
    assert await axe_faults(page) == []
    assert await page.get_by_role("heading", level=1).inner_text() == "Tide mug"
    assert await page.locator('script[src="/widget.js"][data-shop="demo"]').count() == 1


async def test_a_customer_signs_in_and_the_shop_vouches_for_them(browser: Browser, installation: Installation) -> None:
    page = await browser.new_page()
    await page.goto(f"{installation.base_urls[0]}/demo")
    assert await page.locator("script[data-identity]").count() == 0
    await page.get_by_role("link", name="Sign in").click()
    await page.get_by_role("button", name="Mateusz Zieliński").click()
    await page.goto(f"{installation.base_urls[1]}/demo/tide-mug.html")
    await expect(page.get_by_role("link", name="Mateusz Zieliński")).to_be_visible()
    token = await page.locator("script[data-identity]").get_attribute("data-identity")
    claims = jwt.decode(token or "", options={"verify_signature": False})
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("demo", "shopbell", "C-1002")
    await page.get_by_role("link", name="Mateusz Zieliński").click()
    await page.get_by_role("button", name="A guest again").click()
    await expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert await page.locator("script[data-identity]").count() == 0
