"""The widget's forms: leaving a message while nobody is there, and what is asked before a conversation."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Route, WebSocketRoute, expect

from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.pages import LONG_MS, VisitorPage
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

FIELDS = ("first_name", "last_name", "email", "phone", "message")
POSTED = "**/offline-messages"


def rules(requested: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every field said, so that nothing stays as another test had it."""
    return {name: {"requested": name in requested, "required": name in required} for name in FIELDS}


PLAIN: dict[str, Any] = {
    "limit": 4,
    "line": False,
    "offline_mode": True,
    "chat_fields": rules(()),
    "offline_form": {
        "fields": rules(("first_name", "email", "message"), ("email", "message")),
        "header": {},
        "welcome": {},
        "background": "",
        "text": "",
    },
}


class Shop:
    """The demo shop from its counter."""

    def __init__(self, staff: Dashboard, base: str) -> None:
        self.staff = staff
        self.base = base

    async def set(self, **changes: Any) -> None:
        await self.staff.settings(self.base, "demo", **changes)

    async def messages(self, text: str) -> list[dict[str, Any]]:
        """What the inbox has with this text."""
        found = await self.staff.page.request.get(f"{self.base}/v1/shops/demo/offline-messages")
        return [item for item in (await found.json())["items"] if item["text"] == text]


@pytest.fixture
async def shop(browser: Browser, own_installation: Installation) -> AsyncIterator[Shop]:
    """With nobody at the counter and the settings of PLAIN."""
    base = own_installation.base_urls[0]
    staff = await Dashboard.sign_in(browser, base, own_installation.owner_email, own_installation.owner_password)
    shop = Shop(staff, base)
    await staff.go(online=False)
    await shop.set(**PLAIN)
    yield shop
    for window in await staff.page.locator(".win:has(textarea)").all():
        await staff.end(window)
    await staff.go(online=False)
    assert staff.errors == []


async def at_form(browser: Browser, base: str) -> VisitorPage:
    """A visitor with the form open."""
    visitor = await VisitorPage.open(browser, base)
    await visitor.page.get_by_role("button", name="Leave a message").click()
    await expect(send(visitor)).to_be_visible()
    return visitor


def send(visitor: VisitorPage) -> Locator:
    return visitor.window.get_by_role("button", name="Send message")


def field(visitor: VisitorPage, label: str) -> Locator:
    return visitor.window.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))


async def fill(visitor: VisitorPage, **values: str) -> None:
    for label, value in values.items():
        await field(visitor, label.capitalize()).fill(value)


@pytest.mark.feature("D1")
async def test_the_form_asks_what_the_settings_say_in_the_shops_words_and_colours(browser: Browser, shop: Shop) -> None:
    await shop.set(
        offline_form={
            "fields": rules(("first_name", "last_name", "phone", "message"), ("last_name", "message")),
            "header": {"en": "We are back at 9:00"},
            "welcome": {"en": "The kiln is asleep."},
            "background": "#ffe08a",
            "text": "#3b2a00",
        }
    )
    visitor = await at_form(browser, shop.base)
    await expect(visitor.window.get_by_role("heading")).to_have_text("We are back at 9:00")
    await expect(visitor.window).to_contain_text("The kiln is asleep.")
    await expect(visitor.window.locator("header")).to_have_css("background-color", "rgb(255, 224, 138)")
    await expect(visitor.window.locator("header")).to_have_css("color", "rgb(59, 42, 0)")
    asked = ["First nameoptional", "Last namerequired", "Phoneoptional", "Messagerequired"]
    await expect(visitor.window.locator("label")).to_have_text(asked)

    await field(visitor, "Phone").fill("none")
    await send(visitor).click()
    await expect(visitor.window.get_by_role("alert")).to_have_text("3 fields need your attention.")
    await expect(field(visitor, "Last name")).to_be_focused()
    await expect(field(visitor, "Phone")).to_have_accessible_description("Use digits, for example +44 20 7946 0123")
    await fill(visitor, phone="+48 22 123 45 67", message="Is the jug in stock?")
    await expect(visitor.window.get_by_role("alert")).to_have_text("One field needs your attention.")
    await field(visitor, "Last name").fill("Zieliński")
    await field(visitor, "Last name").press("Enter")
    await expect(visitor.window.get_by_role("heading", name="Your message is with us")).to_be_focused()

    [message] = await eventually(lambda: shop.messages("Is the jug in stock?"), what="the message in the inbox")
    assert (message["first_name"], message["last_name"], message["email"]) == (None, "Zieliński", None)
    assert message["phone"] == "+48 22 123 45 67"
    assert message["page"]["url"].endswith("/demo/tide-mug.html")


@pytest.mark.feature("D1")
async def test_an_address_that_cannot_be_one_is_marked_and_the_visitor_is_told_where_the_answer_goes(
    browser: Browser, shop: Shop
) -> None:
    visitor = await at_form(browser, shop.base)
    await fill(visitor, email="ida@holm", message="Do you ship to Norway?")
    await send(visitor).click()
    await expect(field(visitor, "Email")).to_have_accessible_description("Add the part after the dot, for example .com")
    await fill(visitor, email="ida@holm..example")
    await send(visitor).click()
    await expect(field(visitor, "Email")).to_have_accessible_description(
        "This was not taken. Check it, then send again."
    )
    await fill(visitor, email="ida@holm.example")
    await send(visitor).click()
    await expect(visitor.window).to_contain_text("We will answer ida@holm.example.")
    await expect(visitor.window).to_contain_text("Do you ship to Norway?")
    await visitor.window.get_by_role("button", name="Write another message").click()
    await expect(field(visitor, "Email")).to_have_value("ida@holm.example")
    await expect(field(visitor, "Message")).to_have_value("")


@pytest.mark.feature("D1")
async def test_what_was_typed_outlives_failures_and_page_loads_and_arrives_once(browser: Browser, shop: Shop) -> None:
    visitor = await at_form(browser, shop.base)

    async def take_and_say_nothing(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await visitor.page.route(POSTED, take_and_say_nothing, times=1)
    await fill(visitor, email="ida@holm.example", message="Sent, and not heard of")
    await send(visitor).click()
    await expect(visitor.window.get_by_role("alert")).to_contain_text("Your message is kept")
    await visitor.page.route(POSTED, lambda route: route.abort())
    await visitor.page.reload()
    await expect(field(visitor, "Message")).to_have_value("Sent, and not heard of")
    await expect(field(visitor, "Email")).to_have_value("ida@holm.example")
    await send(visitor).click()
    await expect(visitor.window.get_by_role("alert")).to_contain_text("Your message is kept")
    await visitor.page.unroute(POSTED)
    await expect(visitor.window).to_contain_text("Your message is with us", timeout=LONG_MS)
    assert len(await eventually(lambda: shop.messages("Sent, and not heard of"), what="the message")) == 1
    assert "holm" not in await visitor.page.evaluate("JSON.stringify([localStorage, sessionStorage])")


@pytest.mark.feature("A7")
async def test_form_and_chat_take_turns_without_a_page_load_and_keep_what_was_typed(
    browser: Browser, shop: Shop
) -> None:
    visitor = await at_form(browser, shop.base)
    await fill(visitor, email="ida@holm.example", message="Half a sentence")
    await shop.staff.go(online=True)
    await expect(visitor.window).to_contain_text("We are at the counter now.")
    await expect(field(visitor, "Message")).to_have_value("Half a sentence")
    await visitor.window.get_by_role("button", name="Chat instead").click()
    await expect(visitor.composer).to_have_value("Half a sentence")
    await expect(visitor.composer).to_be_focused()
    await shop.staff.go(online=False)
    await expect(field(visitor, "Message")).to_have_value("Half a sentence")
    await expect(field(visitor, "Email")).to_have_value("ida@holm.example")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.get_by_role("button", name="Leave a message")).to_be_focused()
    await shop.staff.go(online=True)
    await expect(visitor.launcher).to_be_visible()
    await shop.staff.go(online=False)
    await shop.set(offline_mode=False)
    await expect(visitor.page.get_by_role("button", name="Leave a message")).to_be_hidden()
    await expect(visitor.launcher).to_be_hidden()


@pytest.mark.feature("A4", "A7")
async def test_a_message_that_finds_nobody_any_more_comes_back_into_the_form(browser: Browser, shop: Shop) -> None:
    await shop.staff.go(online=True)
    late: list[str | bytes] = []
    told: list[WebSocketRoute] = []

    async def hear_late(page: WebSocketRoute) -> None:
        """What the shop offers now reaches the page only when the test says so."""
        told[:] = [page]
        server = page.connect_to_server()
        server.on_message(lambda said: late.append(said) if '"availability","state' in str(said) else page.send(said))
        page.on_message(server.send)

    context = await browser.new_context()
    page = await context.new_page()
    await page.route_web_socket("**/v1/visitor*", hear_late)
    visitor = VisitorPage(context, page, shop.base)
    await page.goto(shop.base + "/demo/tide-mug.html")
    await visitor.open_chat()
    await shop.staff.go(online=False)
    await visitor.write("Is anybody there?")
    await expect(visitor.window.get_by_role("button", name="Not sent. Try again")).to_be_visible()
    await visitor.composer.fill("I wonder.")
    told[0].send(late[-1])
    await expect(field(visitor, "Message")).to_have_value("Is anybody there?\n\nI wonder.")
    await fill(visitor, email="ida@holm.example")
    await send(visitor).click()
    await expect(visitor.window).to_contain_text("Your message is with us")


@pytest.mark.feature("A7")
async def test_at_the_limit_the_form_stands_for_new_visitors_and_the_chat_goes_on_for_the_others(
    browser: Browser, shop: Shop
) -> None:
    await shop.set(limit=1)
    await shop.staff.go(online=True)
    first = await VisitorPage.open(browser, shop.base)
    await first.open_chat()
    await first.write("I was first")
    await expect(shop.staff.window_with("I was first")).to_be_visible()
    await at_form(browser, shop.base)
    await first.write("and go on")
    await first.expect_messages(["I was first", "and go on"])


@pytest.mark.feature("A10")
async def test_who_waits_in_line_may_leave_a_message_instead(browser: Browser, shop: Shop) -> None:
    await shop.set(limit=1, line=True)
    await shop.staff.go(online=True)
    first = await VisitorPage.open(browser, shop.base)
    await first.open_chat()
    await first.write("I am served")
    await expect(shop.staff.window_with("I am served")).to_be_visible()
    second = await VisitorPage.open(browser, shop.base)
    await second.open_chat()
    await second.write("I can't wait")
    await second.window.get_by_role("button", name="Leave a message instead").click()
    await expect(field(second, "Message")).to_have_value("I can't wait")
    await second.window.get_by_role("button", name="Back to the line").click()
    await expect(second.window).to_contain_text("You are in line")
    await second.window.get_by_role("button", name="Leave a message instead").click()
    await fill(second, email="ida@holm.example")
    await send(second).click()
    await expect(second.window).to_contain_text("Your message is with us")
    await second.window.get_by_role("button", name="Write another message").click()
    await expect(second.window).to_contain_text("You left the line")


@pytest.mark.feature("D4")
async def test_what_the_shop_asks_before_a_conversation_reaches_its_operator(browser: Browser, shop: Shop) -> None:
    await shop.set(chat_fields=rules(("first_name", "email", "message"), ("first_name", "message")))
    await shop.staff.go(online=True)
    visitor = await VisitorPage.open(browser, shop.base)
    await visitor.launcher.click()
    start = visitor.window.get_by_role("button", name="Start the chat")
    await expect(field(visitor, "First name")).to_be_focused()
    await start.click()
    await expect(visitor.window.get_by_role("alert")).to_have_text("2 fields need your attention.")
    await field(visitor, "First name").fill("Hannah")
    await field(visitor, "How can we help?").fill("Is it dishwasher safe?")
    await visitor.page.reload()
    await expect(field(visitor, "How can we help?")).to_have_value("Is it dishwasher safe?")
    await start.click()
    await visitor.expect_messages(["Is it dishwasher safe?"])
    window = shop.staff.window_with("Is it dishwasher safe?")
    await expect(window).to_contain_text("Hannah")
    await shop.staff.reply(window, "It is.")
    await visitor.expect_messages(["Is it dishwasher safe?", "It is."])
    assert "Hannah" not in await visitor.page.evaluate("JSON.stringify(sessionStorage)")


@pytest.mark.feature("D4")
async def test_a_question_that_came_up_since_the_page_was_loaded_is_asked_and_the_text_kept(
    browser: Browser, shop: Shop
) -> None:
    await shop.staff.go(online=True)
    visitor = await VisitorPage.open(browser, shop.base)
    await visitor.open_chat()
    await visitor.composer.fill("Who are you?")
    await shop.set(chat_fields=rules(("first_name",), ("first_name",)))
    await visitor.composer.press("Enter")
    await field(visitor, "First name").fill("Léa")
    await visitor.window.get_by_role("button", name="Start the chat").click()
    await visitor.expect_messages(["Who are you?"])
    await expect(shop.staff.window_with("Who are you?")).to_contain_text("Léa")


async def test_on_a_phone_the_form_fills_the_screen_holds_the_focus_and_never_zooms(
    browser: Browser, shop: Shop
) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor = await VisitorPage.another_tab(context, shop.base)
    await visitor.page.get_by_role("button", name="Leave a message").click()
    await expect(send(visitor)).to_be_visible()
    for box in await visitor.window.get_by_role("textbox").all():
        await expect(box).to_have_css("font-size", "16px")
    for _ in range(8):
        await visitor.page.keyboard.press("Tab")
        assert await visitor.page.evaluate("document.activeElement.localName") == "shopbell-widget"
        assert await visitor.page.evaluate("document.activeElement.shadowRoot.activeElement.name !== 'website'"), (
            "the field for machines is no stop"
        )
