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


@pytest.mark.feature("C6")
async def test_a_key_is_shown_once_and_two_secrets_hold_at_a_time(browser: Browser, shop: Shop) -> None:
    staff = await at_dashboard(browser, shop)
    page, main = staff.page, staff.page.get_by_role("main")
    await staff.open("settings", "developers")
    await main.get_by_role("button", name="New key").click()
    await staff.dialog.get_by_label("Name", exact=True).fill("Order sync")
    await staff.dialog.get_by_role("checkbox", name="Read the settings").check(force=True)
    await staff.dialog.get_by_role("button", name="Make the key").click()
    shown = main.get_by_role("status").filter(has_text="Your new key").locator("code")
    key = await shown.inner_text()
    asked = await page.request.get(
        f"{shop.a}/v1/shops/{shop.id}/settings", headers={"Authorization": f"Bearer {key}", "Cookie": ""}
    )
    assert asked.status == 200
    await main.get_by_role("button", name="I have it").click()
    await expect(main.get_by_text(key)).to_have_count(0)
    row = main.get_by_role("table", name="API keys").get_by_role("row").filter(has_text="Order sync")
    await row.get_by_role("button", name="Revoke").click()
    await staff.dialog.get_by_role("button", name="Revoke the key").click()
    await expect(row).to_have_count(0)

    for count in (1, 2):
        await main.get_by_role("button", name="New secret").click()
        await expect(main.get_by_role("button", name="Hide")).to_have_count(1)
        await expect(
            main.get_by_role("button", name="Hide").or_(main.get_by_role("button", name="Show"))
        ).to_have_count(count)
    await main.get_by_role("button", name="End now").click()
    await staff.dialog.get_by_role("button", name="End the secret").click()
    await expect(main.get_by_role("button", name="End now")).to_have_count(0)
    await expect_no_errors(staff)
