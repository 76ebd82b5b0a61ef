"""Help: answers to search in each language, and the parts of the settings for mail and developers."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import Shop
from tests.support.shop_page import shop_page

SAID = {
    "en": ("Search the answers", "limit", "What do visitors see at the limit?"),
    "fr": ("Chercher dans les réponses", "limite", "Que voient les visiteurs à la limite"),
    "pl": ("Szukaj w odpowiedziach", "czasu", "Co widać poza godzinami otwarcia?"),
}


@pytest.mark.feature("C5")
async def test_answers_are_found_by_words_in_every_language(browser: Browser, shop: Shop) -> None:
    staff = await at_dashboard(browser, shop)
    for language, (field, words, question) in SAID.items():
        await staff.page.evaluate("language => localStorage.setItem('shopbell:choice:language', language)", language)
        await staff.page.reload()
        await staff.open("help", "faq")
        main = staff.page.get_by_role("main")
        await main.get_by_role("searchbox", name=field).fill(words)
        await expect(main.get_by_role("button", name=question)).to_be_visible()
        await expect(main.locator("mark").first).to_be_visible()
    await staff.page.evaluate("() => localStorage.removeItem('shopbell:choice:language')")
    await staff.page.reload()
    await staff.open("help", "faq/erase")
    await expect(staff.page.get_by_role("button", name="How do I erase a person for good?")).to_have_attribute(
        "aria-expanded", "true"
    )
    await staff.open("help", "contact")
    await expect(staff.page.get_by_role("heading", name="Write to us")).to_be_visible()
    await expect(staff.page.get_by_text("Everything runs", exact=True)).to_be_visible()
    await expect_no_errors(staff)


@pytest.mark.feature("C6")
async def test_a_refused_origin_is_let_in_and_its_tag_seen(browser: Browser, shop: Shop) -> None:
    staff = await at_dashboard(browser, shop)
    await staff.open("settings", "developers")
    main = staff.page.get_by_role("main")
    await expect(main.get_by_text(f'data-shop="{shop.id}"')).to_be_visible()
    origin = f"https://{shop.id}.example"
    visitor = await shop_page(browser, shop.a, shop.id, origin=origin)
    await main.get_by_role("button", name=f"Allow {origin}").click()
    await main.get_by_label("Another origin").fill("http://mugs.example")
    await main.get_by_role("button", name="Add").click()
    await expect(main.get_by_text("Begin with https; http would let others listen.")).to_be_visible()
    await main.get_by_role("button", name="Save").click()
    await expect(main.get_by_text("Saved.")).to_be_visible()
    await visitor.page.reload()
    await expect(main.get_by_text("We see it on your page")).to_be_visible()
    await expect(main.get_by_text(f"{shop.id}.example, 1 page")).to_be_visible()
    await expect_no_errors(staff)


@pytest.mark.feature("D2")
async def test_a_test_mail_says_what_the_mail_server_answered(browser: Browser, shop: Shop) -> None:
    staff = await at_dashboard(browser, shop)
    await staff.open("settings", "mail")
    main, address = staff.page.get_by_role("main"), f"counter@{shop.id}.example"
    await expect(main.get_by_role("button", name="Send a test mail")).to_be_disabled()
    await main.get_by_label("Address for messages").fill(address)
    await main.get_by_role("button", name="Save").click()
    await main.get_by_role("button", name="Send a test mail").click()
    await expect(main.get_by_text(f"The mail server has taken it for {address}.")).to_be_visible()
    await expect_no_errors(staff)
