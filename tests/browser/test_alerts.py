"""What calls the operator: the bell, notifications, the tab's title and icon, and the strip under the desk bar."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.dashboard import Dashboard
from tests.support.pages import past_the_guide
from tests.support.protocol_client import Visitor
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

CONVERSATION, MESSAGE, ALERT = 1046, 784, 880
"""The lowest tone of each ring, in Hz. An alert is struck twice."""

LISTEN = """
    window.rings = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) {
        window.rings.push(Math.round(this.frequency.value));
        return start.apply(this, given);
    };
"""
WATCH = """
    window.notes = [];
    window.Notification = class extends EventTarget {
        static permission = localStorage.getItem("test:permission") ?? "default";
        static requestPermission() {
            localStorage.setItem("test:permission", (this.permission = "granted"));
            return Promise.resolve("granted");
        }
        constructor(title, options) {
            super();
            Object.assign(this, options, { title });
            window.notes.push(this);
        }
        close() { this.closed = true; this.onclose?.(); }
    };
    let hidden = false;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    window.hide = (now) => { hidden = now; document.dispatchEvent(new Event("visibilitychange")); };
"""


async def staff_of(browser: Browser, shop: Shop, *scripts: str) -> Dashboard:
    """The shop's operator, online, with the page watched from its first moment."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    for script in scripts:
        await context.add_init_script(script)
    return await enter(context, shop)


async def enter(context: BrowserContext, shop: Shop) -> Dashboard:
    page = Dashboard(await past_the_guide(context), await context.new_page())
    await page.page.goto(f"{shop.a}/dashboard/")
    await page.page.get_by_label("Email").fill(shop.email)
    await page.page.get_by_label("Password").fill(shop.password)
    await page.page.get_by_role("button", name="Sign in").click()
    await page.go(online=True)
    return page


async def rings(page: Page) -> list[int]:
    """The lowest tone of each stroke so far."""
    heard: list[int] = await page.evaluate("window.rings")
    return [hz for hz in heard if hz in (CONVERSATION, MESSAGE, ALERT)]


async def expect_rings(page: Page, wanted: list[int]) -> None:
    async def heard() -> bool:
        return await rings(page) == wanted

    await eventually(heard, 15, what=f"the rings {wanted}")


async def say_until(page: Page, visitor: Visitor, tone: int, times: int) -> None:
    """Say something, again if the bell was still ringing for something else, until it has rung so often in all."""
    seconds_a_try = 3

    async def heard() -> bool:
        return (await rings(page)).count(tone) >= times

    for number in range(5):
        await visitor.say_here(f"so loud {number}")
        with contextlib.suppress(AssertionError):
            await eventually(heard, seconds_a_try)
            return
    raise AssertionError(f"{tone} Hz were not heard {times} times: {await rings(page)}")


async def notes(page: Page) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = await page.evaluate(
        "window.notes.map(({title, body, tag, closed}) => ({title, body, tag, closed: closed ?? false}))"
    )
    return shown


async def visitor_says(shop: Shop, staff: Dashboard, text: str) -> Visitor:
    visitor = await shop.visitor()
    await visitor.start(text)
    await expect(staff.window_with(text)).to_be_visible()
    return visitor


@pytest.fixture
async def heard(browser: Browser, shop: Shop) -> AsyncIterator[Dashboard]:
    """An operator whose bell is listened to."""
    staff = await staff_of(browser, shop, LISTEN)
    yield staff
    assert staff.errors == []


@pytest.mark.feature("B9")
async def test_the_bell_rings_for_conversations_and_messages_but_not_where_one_is_writing(
    shop: Shop, heard: Dashboard
) -> None:
    visitor = await visitor_says(shop, heard, "is anybody there")
    await expect_rings(heard.page, [CONVERSATION])
    await heard.page.evaluate("document.activeElement.blur()")
    await say_until(heard.page, visitor, MESSAGE, times=1)

    field = heard.window_with("is anybody there").get_by_role("textbox")
    await field.fill("just a")
    await visitor.say_here("I can wait")
    await expect(heard.window_with("I can wait")).to_be_visible()
    await field.blur()
    await say_until(heard.page, visitor, MESSAGE, times=2)
    assert await rings(heard.page) == [CONVERSATION, MESSAGE, MESSAGE]


@pytest.mark.feature("B9")
async def test_sounds_are_switched_off_and_stay_off(shop: Shop, heard: Dashboard) -> None:
    sounds = heard.page.get_by_role("button", name="Sounds", exact=True)
    await sounds.click()
    await expect(sounds).to_have_attribute("aria-pressed", "false")
    await visitor_says(shop, heard, "is it quiet now")
    await sounds.click()
    await visitor_says(shop, heard, "and loud again")
    await expect_rings(heard.page, [CONVERSATION])
    await sounds.click()
    await heard.page.reload()
    await expect(sounds).to_have_attribute("aria-pressed", "false")


@pytest.mark.feature("B9")
async def test_two_tabs_of_one_operator_ring_once(shop: Shop, heard: Dashboard) -> None:
    other = await heard.context.new_page()
    await other.goto(f"{shop.a}/dashboard/")
    await other.locator("header.desk h1").click()
    visitor = await visitor_says(shop, heard, "to both of you")
    await expect(other.get_by_role("log").get_by_text("to both of you")).to_be_visible()

    async def both() -> list[int]:
        return await rings(heard.page) + await rings(other)

    await eventually(both, 15, what="a ring")
    await visitor.say_here("and once more")
    await expect(other.get_by_role("log").get_by_text("and once more")).to_be_visible()
    assert (await both()).count(CONVERSATION) == 1


@pytest.mark.feature("B9")
async def test_desktop_notifications_come_only_while_nobody_looks_and_lead_to_the_conversation(
    browser: Browser, shop: Shop
) -> None:
    staff = await staff_of(browser, shop, WATCH)
    account = staff.page.get_by_role("button", name="Account: Ada")
    wanted = staff.page.get_by_role("switch", name="Desktop notifications")
    await account.click()
    await wanted.click()
    await expect(wanted).to_have_attribute("aria-checked", "true")
    await staff.page.keyboard.press("Escape")

    visitor = await visitor_says(shop, staff, "a word while you look")
    await staff.open("history")
    await staff.page.evaluate("window.hide(true)")
    await visitor.say_here("and one while you don't")

    async def shown() -> list[dict[str, Any]]:
        return await notes(staff.page)

    (note,) = await eventually(shown, 15, what="a notification")
    assert note == {
        "title": "Guest", "body": "and one while you don't", "tag": f"shopbell:{visitor.conversation}", "closed": False,
    }  # fmt: skip
    await expect(staff.page).to_have_title("(1) History · Shop")
    await staff.page.evaluate("window.hide(false); window.notes[0].onclick()")
    await expect(staff.window_with("and one while you don't").get_by_role("textbox")).to_be_focused()
    assert [each["closed"] for each in await notes(staff.page)] == [True]


@pytest.mark.feature("B9")
async def test_title_and_icon_of_the_tab_say_whose_turn_it_is(shop: Shop, heard: Dashboard) -> None:
    icon = heard.page.locator("link[rel=icon]")
    plain = await icon.get_attribute("href")
    await visitor_says(shop, heard, "one of one")
    await expect(heard.page).to_have_title("(1) Chat · Shop")
    await expect(icon).not_to_have_attribute("href", plain or "")
    await heard.reply(heard.window_with("one of one"), "and done")
    await expect(heard.page).to_have_title("Chat · Shop")
    await expect(icon).to_have_attribute("href", plain or "")


@pytest.mark.feature("B9")
async def test_who_comes_while_another_page_is_open_is_announced_there(shop: Shop, heard: Dashboard) -> None:
    await heard.open("history")
    await expect(heard.page.get_by_role("searchbox")).to_be_visible()
    await heard.page.set_viewport_size({"width": 390, "height": 844})
    visitor = await shop.visitor()
    await visitor.start("over here")
    strip = heard.page.locator(".strip")
    await expect(strip.get_by_role("status")).to_have_text("Guest is with you")
    await strip.get_by_role("button", name="Open").click()
    await expect(heard.window_with("over here")).to_be_focused()
    await expect(strip).to_be_hidden()


@pytest.mark.feature("B12")
async def test_a_visitor_who_waits_too_long_for_an_answer_is_called_out(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=20, unanswered_after=2)
    staff = await staff_of(browser, shop, LISTEN)
    visitor = await visitor_says(shop, staff, "answer me")
    await staff.open("history")
    alert = staff.page.locator(".strip").get_by_role("alert")
    await expect(alert).to_have_text("Guest waits for an answer")
    await expect_rings(staff.page, [CONVERSATION, ALERT, ALERT])

    await staff.page.get_by_role("button", name="Put aside").click()
    await expect(alert).to_be_hidden()
    await visitor.say_here("please")
    await staff.open("")
    window = staff.window_with("answer me")
    await expect(window.get_by_text("please")).to_be_visible()
    await expect(alert).to_be_hidden()
    await staff.reply(window, "here I am")
    await expect(window.get_by_text("Answered, ")).to_be_visible()
    await visitor.say_here("and now?")
    await expect(alert).to_have_text("Guest waits for an answer")
    await staff.page.locator(".strip").get_by_role("button", name="Open").click()
    await expect(window.get_by_role("textbox")).to_be_focused()
    await staff.reply(window, "now, too")
    await expect(alert).to_be_hidden()
    assert staff.errors == []
