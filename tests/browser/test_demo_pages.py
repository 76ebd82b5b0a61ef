"""The demo shop's pages, as a customer sees them."""

import re

from playwright.async_api import Browser

from tests.support.installation import Installation


async def test_the_demo_shop_shows_its_products_and_carries_the_script(
    browser: Browser, installation: Installation
) -> None:
    page = await browser.new_page()
    await page.goto(f"{installation.base_urls[0]}/demo")
    await page.get_by_role("link", name=re.compile("Tide mug")).click()
    assert await page.get_by_role("heading", level=1).inner_text() == "Tide mug"
    assert await page.locator('script[src="/widget.js"][data-shop="demo"]').count() == 1
