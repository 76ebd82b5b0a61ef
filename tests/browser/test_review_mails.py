"""Where the links of review mails lead: to the form with the star that was tapped, and out of it all."""

import re

import httpx
import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.test_reviews import is_sound
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.test_mailed import mailed, opened
from tests.integration.gateway.test_orders import ITEMS, RULES, order


@pytest.mark.feature("G2")
@pytest.mark.feature("G4")
async def test_a_star_tapped_in_the_mail_is_chosen_and_a_button_ends_the_mails(browser: Browser, shop: Shop) -> None:
    await opened(shop)
    headers = {"Cookie": shop.cookie, "Origin": shop.a}
    async with httpx.AsyncClient(base_url=f"{shop.a}/v1/shops/{shop.id}", headers=headers, timeout=15) as staff:
        (await staff.put("/review-rules", json=RULES)).raise_for_status()
        (await staff.post("/orders", json=order("20418", 3))).raise_for_status()
    (mail,) = await mailed(shop)
    stars = re.findall(r'href="[^"]*(/review#[\w-]+/4)"', mail["html"])
    assert len(stars) == len(ITEMS)
    context = await browser.new_context(viewport=ViewportSize(width=390, height=844), reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(f"{shop.b}{stars[0]}")
    await expect(page.get_by_role("radio", name="4 stars")).to_be_checked()
    await expect(page.get_by_role("button", name="Send 1 review")).to_be_visible()
    (way_out,) = re.findall(r"/v1/unsubscribe/[\w-]+", mail["text"])
    await page.goto(f"{shop.b}{way_out}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("No more review mails?")
    await is_sound(page)
    await page.get_by_role("button", name="No more review mails").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("No more review mails")
    await is_sound(page)
    await page.goto(f"{shop.b}{way_out}x")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This link is not complete")
