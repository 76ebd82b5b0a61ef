"""Reviews as customers meet them: the form behind the link of a mail, and what stands on a product's page."""

import json

import pytest
from playwright.async_api import Browser, Page, Route, ViewportSize, expect

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.test_reviews import SHEET, bring, one_that
from tests.screens.checks import axe_faults, layout_faults
from tests.support.buying import BOWL, MUG, bought

PHONE = ViewportSize(width=390, height=844)
TEXT = "Piękny, ale w paczce zabrakło pokrywki."


async def is_sound(page: Page) -> None:
    await page.evaluate("document.fonts.ready")
    assert [*await layout_faults(page), *await axe_faults(page)] == []


@pytest.mark.feature("G2")
async def test_a_customer_reviews_on_a_phone_by_keyboard_and_loses_nothing(browser: Browser, shop: Shop) -> None:
    token = await bought(shop, "20391", MUG, BOWL, language="pl")
    context = await browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(f"{shop.b}/review#{token}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Jak się sprawują?")
    await expect(page.locator("html")).to_have_attribute("lang", "pl")
    await page.get_by_role("button", name="Wyślij opinię").click()
    await expect(page.get_by_role("alert")).to_have_text("Wybierz gwiazdki przynajmniej dla jednego produktu.")
    mug = page.get_by_role("group", name="Gwiazdki: Tide mug, 340 ml")
    await expect(mug.get_by_role("radio").first).to_be_focused()
    await is_sound(page)
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(mug.get_by_role("radio", name="4 gwiazdki")).to_be_checked()
    await expect(mug).to_contain_text("4 z 5, dobrze")
    await page.get_by_role("textbox", name="Twoja opinia: Tide mug, 340 ml").fill(TEXT)
    await page.reload()
    await expect(page.get_by_role("textbox")).to_have_value(TEXT)
    await expect(mug.get_by_role("radio", name="4 gwiazdki")).to_be_checked()
    await context.set_offline(True)
    await page.get_by_role("button", name="Wyślij 1 opinię").click()
    await expect(page.get_by_role("alert")).to_contain_text("Nie wysłano.")
    await context.set_offline(False)
    await page.get_by_role("button", name="Wyślij 1 opinię").click()
    await expect(page.get_by_role("heading", name="Dziękujemy, Hannah")).to_be_focused()
    await is_sound(page)
    await page.get_by_role("button", name="Oceń też: Salt bowl").click()
    await expect(page.get_by_text("Już ocenione, dziękujemy")).to_be_visible()
    review = await one_that(shop, "waiting")
    assert (review["stars"], review["text"], review["language"]) == (4, TEXT, "pl")
    await page.goto("about:blank")
    await page.goto(f"{shop.b}/review#{token[:-4]}AAAA")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert "link" in await page.title() or "Link" in await page.title()
    await is_sound(page)


@pytest.mark.feature("G3")
async def test_a_product_page_shows_its_reviews_and_its_bars_filter(browser: Browser, shop: Shop) -> None:
    more = "".join(f"tide-mug,Tide mug,340 ml,4,Good mug {n},,en,2026-01-{n:02},published,yes,\n" for n in range(1, 13))
    assert (await bring(shop, SHEET + more))["imported"] == 16
    page = await on_a_strict_page(browser, shop)
    range_ = page.locator("[data-shopbell-range]")
    await expect(range_).to_have_text("1 to 5 of 15")
    await expect(page.locator(".sbr-avg")).to_have_text("3.9")
    said = json.loads(await page.locator('head script[type="application/ld+json"]').inner_text())
    assert said["aggregateRating"]["reviewCount"] == 15
    await is_sound(page)
    await page.get_by_role("link", name="Show 10 more").click()
    await expect(page.locator(".sbr-item")).to_have_count(15)
    await expect(range_).to_have_text("1 to 15 of 15")
    await expect(page.locator(".sbr-item").nth(5)).to_be_focused()
    await page.get_by_role("link", name="2 stars, 1 review").click()
    back = page.get_by_role("link", name="2 stars: show all again")
    await expect(back).to_be_focused()
    await expect(page.locator(".sbr-item")).to_have_count(1)
    await expect(page.locator(".sbr-reply")).to_contain_text("We are sorry")
    await back.press("Enter")
    await expect(range_).to_have_text("1 to 5 of 15")
    await page.get_by_label("Language", exact=True).select_option("pl")
    await expect(page.locator(".sbr-item")).to_have_count(1)
    await expect(page.locator(".sbr-item")).to_contain_text("Ewa P.")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await is_sound(page)


async def on_a_strict_page(browser: Browser, shop: Shop) -> Page:
    """A product's page whose policy takes nothing but scripts of the gateway, and what those ask it for."""
    body = (
        '<!doctype html><html lang="en"><head><title>Tide mug</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>Tide mug</h1>'
        '<h2>What others say</h2><div data-shopbell-reviews="tide-mug"></div></main>'
        f'<script async src="{shop.b}/reviews.js" data-shop="{shop.id}"></script></body></html>'
    )
    policy = f"default-src 'none'; script-src {shop.b}; connect-src {shop.b}"

    async def answer(route: Route) -> None:
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
        await route.fulfill(body=body, headers=headers)

    context = await browser.new_context(viewport=PHONE, permissions=["local-network-access"], reduced_motion="reduce")
    await context.route("**/tide-mug", answer)
    page = await context.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    await page.goto(f"{shop.a}/tide-mug")
    return page
