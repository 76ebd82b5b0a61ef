"""Staff at the door and among themselves: second factor, invitations, a forgotten password, several shops."""

import secrets

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser.door import Door, digits_of, mailed_link
from tests.browser.shops import expect_no_errors
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.installation import Installation
from tests.support.pages import LONG_MS

pytestmark = [pytest.mark.slow]

MAIL = {"reply_to": "counter@shop.example"}


@pytest.fixture
async def shop(make_shop: MakeShop) -> Shop:
    """One that has an address to send mails from."""
    return await make_shop(mail=MAIL)


def _address() -> str:
    return f"{secrets.token_hex(4)}@staff.example"


async def _signed_in(browser: Browser, shop: Shop) -> Door:
    return await Door.sign_in(browser, shop.a, shop.email, shop.password)


@pytest.mark.feature("C6")
async def test_second_factor_is_asked_for_and_a_recovery_code_opens_once(browser: Browser, shop: Shop) -> None:
    ada = await _signed_in(browser, shop)
    await ada.open("settings", "security")
    factor, codes = ada.region("Second factor"), ada.region("Recovery codes")
    await factor.get_by_role("button", name="Turn it on").click()
    await ada.submit("Six digits from the app", digits_of(await factor.locator("code").inner_text()))
    await expect(codes.get_by_role("listitem")).to_have_count(8)
    code = await codes.get_by_role("listitem").first.inner_text()
    await codes.get_by_role("checkbox", name="I keep these somewhere safe").check()
    await codes.get_by_role("button", name="Done").click()
    await expect(factor).to_contain_text("8 of 8 codes left")

    other = await Door.at(browser, f"{shop.b}/dashboard/")
    await other.give(shop.email, shop.password)
    await other.submit("Six digits", "000000")
    await expect(other.page.get_by_role("alert")).to_contain_text("wrong or has expired")
    await other.page.get_by_role("button", name="Use a recovery code").click()
    await other.submit("Recovery code", code.upper())
    await other.is_in()
    third = await Door.at(browser, f"{shop.a}/dashboard/")
    await third.give(shop.email, shop.password)
    await third.page.get_by_role("button", name="Use a recovery code").click()
    await third.submit("Recovery code", code)
    await expect(third.page.get_by_role("alert")).to_contain_text("was used before")

    await ada.page.reload()
    await expect(factor).to_contain_text("7 of 8 codes left")
    await ada.page.get_by_role("button", name="Sign out everywhere").click()
    await ada.dialog.get_by_role("button", name="Sign out everywhere").click()
    for page in (ada, other):
        await expect(page.page.get_by_text("You were signed out.")).to_be_visible()
        await expect(page.title("Sign in to Shopbell")).to_be_visible()
    await expect_no_errors(ada)


@pytest.mark.feature("C6")
async def test_invited_colleague_joins_and_is_out_once_the_access_is_closed(
    browser: Browser, shop: Shop, installation: Installation
) -> None:
    email = _address()
    ada = await _signed_in(browser, shop)
    await ada.open("settings", "staff")
    await ada.page.get_by_role("button", name="Invite").click()
    await ada.dialog.get_by_role("textbox", name="Email").fill(email)
    await ada.dialog.get_by_role("button", name="Send the invitation").click()
    row = ada.page.get_by_role("table", name="Staff and roles").get_by_role("row").filter(has_text=email)
    await expect(row).to_contain_text("Invited by Ada")

    ben = await Door.at(browser, await mailed_link(installation, email, "invitation"))
    await ben.page.get_by_role("textbox", name="Your name").fill("Ben")
    await ben.submit("New password", "password1234")
    await expect(ben.page.get_by_role("alert")).to_contain_text("easy to guess")
    await ben.submit("New password", secrets.token_urlsafe(12))
    await ben.is_in()
    await ben.open("settings")
    parts = ben.page.get_by_role("navigation", name="Parts of the settings").get_by_role("link")
    await expect(parts).to_have_text(["Canned replies", "Security"])

    await ada.page.reload()
    await expect(row).to_contain_text("Ben")
    await row.get_by_role("combobox", name="Role of Ben").select_option("manager")
    await expect(parts.filter(has_text="Staff and roles")).to_be_visible()

    await row.get_by_role("button", name="More for Ben").click()
    await ada.page.get_by_role("menuitem", name="Close the access").click()
    await expect(ada.dialog.get_by_role("button", name="Keep the access")).to_be_focused()
    await ada.dialog.get_by_role("button", name="Close the access").click()
    await expect(row).to_contain_text("Left")
    await expect(ben.title("Sign in to Shopbell")).to_be_visible(timeout=LONG_MS)
    await expect_no_errors(ada)


@pytest.mark.feature("C6")
async def test_forgotten_password_is_set_anew_by_the_mailed_link(
    browser: Browser, shop: Shop, installation: Installation
) -> None:
    fresh = secrets.token_urlsafe(12)
    door = await Door.at(browser, f"{shop.a}/dashboard/")
    await door.page.get_by_role("link", name="Forgot it?").click()
    await door.submit("Email", shop.email)
    await expect(door.page.get_by_role("status").filter(has_text="the link is on its way")).to_be_visible()
    link = await mailed_link(installation, shop.email, "reset")
    await door.page.goto(link)
    await door.submit("New password", fresh)
    await door.page.get_by_role("button", name="Sign in").click()
    await door.give(shop.email, shop.password)
    await expect(door.page.get_by_role("alert")).to_contain_text("do not belong together")
    await door.give(shop.email, fresh)
    await door.is_in()
    again = await Door.at(browser, link)
    await again.submit("New password", fresh)
    await expect(again.page.get_by_role("alert")).to_contain_text("was used or has ended")
    await expect_no_errors(door)


@pytest.mark.feature("C6")
async def test_one_person_goes_from_shop_to_shop(
    browser: Browser, make_shop: MakeShop, installation: Installation
) -> None:
    here, there = await make_shop(name="Here", mail=MAIL), await make_shop(name="There", mail=MAIL)
    async with httpx.AsyncClient(headers={"Cookie": there.cookie, "Origin": there.a}) as owner:
        body = {"email": here.email, "role": "operator", "language": "en"}
        asked = await owner.post(f"{there.a}/v1/shops/{there.id}/staff/invitations", json=body)
        assert asked.status_code == 201, asked.text
    ada = await Door.at(browser, await mailed_link(installation, here.email, "invitation"))
    await expect(ada.page.get_by_text("You have an account here already")).to_be_visible()
    await ada.submit("Password", here.password)
    await ada.is_in()
    await expect(ada.page).to_have_title("Chat · There")

    await ada.page.get_by_role("button", name="Account").click()
    await ada.page.get_by_role("list", name="Your shops").get_by_role("button", name="Here", exact=True).click()
    await expect(ada.page).to_have_title("Chat · Here")
    await ada.page.get_by_role("button", name="Account").click()
    await ada.page.get_by_role("button", name="Sign out").click()
    await ada.give(here.email, here.password)
    await ada.page.get_by_role("list", name="Shops").get_by_role("button", name="There").click()
    await expect(ada.page).to_have_title("Chat · There")
    await expect_no_errors(ada)
