"""The demo shop's pages, as a customer sees them."""

import re

import jwt
from playwright.async_api import Browser, expect

from tests.support.installation import Installation


async def test_the_demo_shop_shows_its_products_and_carries_the_script(
    browser: Browser, installation: Installation
) -> None:
    page = await browser.new_page()
    await page.goto(f"{installation.base_urls[0]}/demo")
    await page.get_by_role("link", name=re.compile("Tide mug")).click()
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
