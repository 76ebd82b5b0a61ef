"""What visitors have of a conversation afterwards: a copy by mail, and a customer the last one above the new one."""

import secrets
from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.support.installation import Installation
from tests.support.pages import LONG_MS, OperatorPage, VisitorPage
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def operator(browser: Browser, own_installation: Installation) -> AsyncIterator[OperatorPage]:
    """The owner of the demo shop, online."""
    base = own_installation.base_urls[0]
    page = await OperatorPage.sign_in(browser, base, own_installation.owner_email, own_installation.owner_password)
    await page.go(online=True)
    yield page
    for window in await page.page.locator(".win:has(textarea)").all():
        await page.end(window)
    await page.go(online=False)
    assert page.errors == []


async def customer(browser: Browser, base: str, name: str) -> VisitorPage:
    """Somebody who is signed in at the demo shop, with the chat open."""
    context = await browser.new_context()
    page = await VisitorPage.another_tab(context, base, "/demo/account.html")
    await page.page.get_by_role("button", name=name).click()
    await expect(page.page.get_by_role("banner").get_by_role("link", name=name)).to_be_visible()
    await page.page.goto(base + "/demo/tide-mug.html")
    await page.open_chat()
    return page


async def talk(visitor: VisitorPage, operator: OperatorPage, question: str, answer: str) -> Locator:
    await visitor.write(question)
    window = operator.window_with(question)
    await operator.reply(window, answer)
    await visitor.expect_messages([question, answer])
    return window


def words() -> tuple[str, str]:
    run = secrets.token_hex(3)
    return f"{run} does it fit an oven?", f"{run} it does"


async def mails_to(installation: Installation, address: str) -> list[str]:
    """The bodies of mails that the installation sent there."""
    async with httpx.AsyncClient(base_url=installation.mailbox_url) as client:
        mails = (await client.get("/mails.json")).json()
        return [mail["text"] for mail in mails if mail["recipients"] == [address]]


@pytest.mark.feature("A6")
async def test_a_customer_sees_the_last_conversation_above_the_new_one(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    base = own_installation.base_urls[0]
    question, answer = words()
    visitor = await customer(browser, base, "Hannah Weiss")
    await operator.end(await talk(visitor, operator, question, answer))
    await expect(visitor.window).to_contain_text("ended the conversation")
    await operator.go(online=False)
    await operator.go(online=True)

    later = await customer(browser, base, "Hannah Weiss")
    last = later.window.get_by_role("group").filter(has_text="Your last conversation")
    await expect(last).to_contain_text(", with Maja", timeout=LONG_MS)
    await expect(last.locator(".bubble").first).to_be_hidden()
    await last.locator("summary").click()
    await expect(last.locator(".bubble")).to_have_text([question, answer])
    again, reply = words()
    await later.write(again)
    await operator.reply(operator.window_with(again), reply)
    await later.expect_messages([question, answer, again, reply])

    somebody_else = await customer(browser, base, "Léa Martin")
    await expect(somebody_else.window.get_by_text("Your last conversation")).to_be_hidden()


@pytest.mark.feature("A6")
async def test_a_guest_is_somebody_new_in_each_conversation_and_sees_none_before(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    question, answer = words()
    visitor = await VisitorPage.open(browser, own_installation.base_urls[0])
    await visitor.open_chat()
    await operator.end(await talk(visitor, operator, question, answer))
    await operator.go(online=False)
    await expect(visitor.window.get_by_role("button", name="Leave a message")).to_be_visible()
    await operator.go(online=True)
    await visitor.page.reload()
    await visitor.open_chat()
    await visitor.expect_messages([])
    await expect(visitor.window.get_by_text("Your last conversation")).to_be_hidden()
    again, _ = words()
    await visitor.write(again)
    await visitor.expect_messages([again])


@pytest.mark.feature("A8")
async def test_a_copy_of_the_conversation_comes_by_mail(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    question, answer = words()
    address = f"{secrets.token_hex(4)}@posteo.example"
    visitor = await VisitorPage.open(browser, own_installation.base_urls[0])
    await visitor.open_chat()
    window = await talk(visitor, operator, question, answer)
    await operator.end(window)
    opener = visitor.window.get_by_role("button", name="Send me a copy")
    await opener.click()
    sheet = visitor.page.get_by_role("dialog", name="Send me a copy")
    field = sheet.get_by_label("Email")
    await expect(field).to_be_focused()
    await visitor.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(opener).to_be_focused()

    await opener.click()
    await field.fill("me@posteo")
    await field.press("Enter")
    await expect(field).to_have_accessible_description("Add the part after the dot, for example .com")
    await field.fill(address)
    await sheet.get_by_role("button", name="Send the copy").click()
    await expect(visitor.page.get_by_text(f"The copy is on its way to {address}.")).to_be_visible()
    [mail] = await eventually(lambda: mails_to(own_installation, address), LONG_MS / 1000, what="the mail")
    assert question in mail
    assert answer in mail


@pytest.mark.feature("A8")
async def test_a_customer_is_offered_the_address_that_the_shop_knows(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    question, answer = words()
    visitor = await customer(browser, own_installation.base_urls[0], "Mateusz Zieliński")
    await talk(visitor, operator, question, answer)
    await visitor.choose("Send me a copy")
    sheet = visitor.page.get_by_role("dialog", name="Send me a copy")
    await expect(sheet.get_by_label("Email")).to_have_value("mateusz.zielinski@customer.example")
    await visitor.page.route("**/transcript", lambda route: route.abort())
    await sheet.get_by_role("button", name="Send the copy").click()
    await expect(sheet.get_by_role("alert")).to_have_text("Not sent. Try again.")
    await visitor.page.unroute("**/transcript")
    await sheet.get_by_role("button", name="Send the copy").click()
    await expect(visitor.page.get_by_text("on its way to mateusz.zielinski@customer.example")).to_be_visible()
    await expect(sheet).to_be_hidden()
