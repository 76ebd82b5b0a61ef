"""All about one person at the dashboard: shown, handed out, and erased with a receipt."""

import io
import re
import secrets
import zipfile

import psycopg
import pytest
from playwright.async_api import Browser, expect

from services.common.staff import NewAccount, create_account
from tests.browser.shops import ANNA, at_dashboard, expect_no_errors, identity, into_history, told
from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.pages import LONG_MS

pytestmark = [pytest.mark.slow]

SAID = "My order number is 20418"


@pytest.fixture
async def staff(browser: Browser, shop: Shop) -> Dashboard:
    """The owner, at a shop where one customer and one guest were talked to."""
    operator = await shop.operator()
    await told(shop, operator, SAID, "Thank you, Anna.", await identity(shop, ANNA))
    await told(shop, operator, "Hello from a guest", "Hello guest.")
    await into_history(operator)
    page = await at_dashboard(browser, shop)
    await page.open("history")
    await page.find_row("Thank you, Anna.")
    return page


@pytest.mark.feature("I5")
async def test_person_is_exported_and_erased_with_a_receipt(staff: Dashboard) -> None:
    await staff.row("Thank you, Anna.").get_by_role("link").click()
    await staff.drawer.get_by_role("link", name="Everything about this person").click()
    await expect(staff.page.get_by_role("heading", name=ANNA["name"])).to_be_visible()
    await expect(staff.page.get_by_text("Conversation with Ada")).to_be_visible()

    await staff.page.get_by_role("button", name="Export everything").click()
    name, exported = await staff.download(staff.dialog.get_by_role("button", name="Download"))
    assert ANNA["name"] not in name
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        assert SAID in archive.read("data.json").decode()
        assert any(name.endswith(".html") for name in archive.namelist())
    await staff.dialog.get_by_role("button", name="Close").click()

    await staff.page.get_by_role("button", name="Erase this person").click()
    await expect(staff.dialog).to_contain_text("1 conversation, name, email and phone go at once")
    await expect(staff.dialog.get_by_role("button", name="Keep the data")).to_be_focused()
    erase = staff.dialog.get_by_role("button", name=f"Erase {ANNA['name']}")
    phrase = staff.dialog.get_by_role("textbox", name="Type ERASE 4711")
    await phrase.fill("ERASE 47")
    await expect(erase).to_have_attribute("aria-disabled", "true")
    await phrase.press("Enter")
    await expect(staff.dialog).to_be_visible()
    await phrase.fill("ERASE 4711")
    await phrase.press("Enter")

    receipt = staff.page.get_by_role("region", name="Erased, with receipt")
    await expect(receipt).to_be_visible(timeout=LONG_MS)
    await expect(receipt).to_contain_text(re.compile(r"E-\d{4}-0001"))
    await expect(receipt).to_contain_text("1 conversation")
    await expect(receipt).to_contain_text("Archive holds nothing")
    assert "4711" not in staff.page.url
    assert ANNA["name"] not in await receipt.inner_text()

    await staff.open("person", "4711")
    await expect(staff.page.get_by_role("heading", name="This person was erased")).to_be_visible()
    await staff.page.get_by_role("link", name="See the receipt").click()
    await expect(receipt).to_be_visible()
    await staff.open("history")
    await expect(staff.row("Hello guest.")).to_be_visible()
    await expect(staff.row("Anna")).to_have_count(0)
    await expect_no_errors(staff)


@pytest.mark.feature("I5")
async def test_only_owners_see_erasing(browser: Browser, shop: Shop, staff: Dashboard) -> None:
    email, password = f"{secrets.token_hex(4)}@staff.example", secrets.token_urlsafe(9)
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, "Tom", "operator", password))
    tom = await Dashboard.sign_in(browser, shop.a, email, password)
    await tom.open("person", "4711")
    await expect(tom.page.get_by_text("Only owners may erase a person.")).to_be_visible()
    await expect(tom.page.get_by_role("button", name="Erase this person")).to_have_count(0)
    await tom.page.get_by_role("button", name="Export everything").click()
    await tom.dialog.get_by_role("button", name="Download").click()
    await expect(tom.dialog).to_contain_text("Only owners and managers may export.")
    await expect_no_errors(staff)
