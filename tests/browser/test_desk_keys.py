"""The dashboard by the keyboard alone: every key, where it acts and where it does not; and the door."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.browser.shops import ANNA, at_dashboard, expect_no_errors, identity, into_history, told
from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.pages import LONG_MS
from tests.support.protocol_client import Visitor

pytestmark = [pytest.mark.slow]

WINDOWS = re.compile("Conversation with")


@pytest.fixture
async def staff(browser: Browser, shop: Shop) -> AsyncIterator[Dashboard]:
    page = await at_dashboard(browser, shop)
    yield page
    assert page.errors == []


async def talking(shop: Shop, staff: Dashboard, *texts: str) -> list[Visitor]:
    """Goes online, and a visitor for each text, one after another, each with a window of their own."""
    await staff.go(online=True)
    visitors = []
    for text in texts:
        visitor = await shop.visitor()
        await visitor.start(text)
        await expect(staff.window_with(text)).to_be_visible()
        visitors.append(visitor)
    return visitors


def reply_of(window: Locator) -> Locator:
    return window.get_by_role("textbox")


async def rest(page: Page) -> None:
    """Leave every field: single keys act again."""
    await page.evaluate("document.activeElement.blur()")


@pytest.mark.feature("B10")
async def test_going_online_and_offline_by_key_asks_first(staff: Dashboard) -> None:
    keyboard = staff.page.keyboard
    await rest(staff.page)
    for checked, title in (("true", "Go online?"), ("false", "Go offline?")):
        await keyboard.press("o")
        asked = staff.page.get_by_role("alertdialog", name=title)
        await expect(asked.get_by_role("button", name="Stay as you are")).to_be_focused()
        await keyboard.press("Escape")
        await expect(asked).to_be_hidden()
        await keyboard.press("o")
        await expect(asked.get_by_role("button", name="Stay as you are")).to_be_focused()
        await keyboard.press("Shift+Tab")
        await keyboard.press("Enter")
        await expect(staff.switch).to_have_attribute("aria-checked", checked)


@pytest.mark.feature("B10")
async def test_conversations_are_reached_answered_and_left_by_key(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "first question", "second question", "third question")
    first, second, third = (staff.window_with(f"{which} question") for which in ("first", "second", "third"))
    keyboard = staff.page.keyboard
    await rest(staff.page)

    await keyboard.press("r")
    await expect(reply_of(first)).to_be_focused()
    written = "No key acts here: jkrtimheno"
    await keyboard.type(written)
    await expect(reply_of(first)).to_have_value(written)
    await keyboard.press("Alt+2")
    await expect(reply_of(second)).to_be_focused()
    await keyboard.press("Alt+1")
    await expect(reply_of(first)).to_be_focused()
    await keyboard.press("Enter")
    await expect(first.get_by_text("Answered")).to_be_visible()

    await keyboard.press("Escape")
    await keyboard.press("r")
    await expect(reply_of(second)).to_be_focused()
    await keyboard.type("half a reply")
    await keyboard.press("Escape")
    await expect(reply_of(second)).not_to_be_focused()
    await expect(reply_of(second)).to_have_value("half a reply")

    await keyboard.press("j")
    await expect(third).to_be_focused()
    await keyboard.press("k")
    await expect(second).to_be_focused()
    await keyboard.press("Enter")
    await expect(reply_of(second)).to_be_focused()
    await expect_no_errors(staff)


@pytest.mark.feature("B10", "B4")
async def test_the_chosen_conversation_is_noted_minimised_hidden_and_ended_by_key(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "the one", "the other")
    one, other = staff.window_with("the one"), staff.window_with("the other")
    keyboard = staff.page.keyboard
    await keyboard.press("Alt+1")
    await expect(reply_of(one)).to_be_focused()
    await keyboard.press("Escape")

    await keyboard.press("i")
    await expect(one.get_by_role("textbox")).to_be_focused()
    await keyboard.type("hers is the blue one")
    await keyboard.press("Control+s")
    await expect(one.get_by_text("hers is the blue one")).to_be_visible()
    await keyboard.press("Escape")

    await keyboard.press("t")
    await expect(one.get_by_role("dialog")).to_be_focused()
    await keyboard.press("Escape")
    await expect(one.get_by_role("dialog")).to_be_hidden()

    windows = staff.page.get_by_role("region", name=WINDOWS)
    await expect(windows).to_have_count(2)
    await keyboard.press("m")
    await expect(one).to_be_hidden()
    await keyboard.press("m")
    await expect(one).to_be_visible()
    await keyboard.press("h")
    await expect(one).to_be_hidden()
    await expect(other).to_be_focused()

    await keyboard.press("e")
    asked = other.get_by_role("alertdialog")
    await expect(asked.locator(":focus")).to_have_count(1)
    await keyboard.press("Escape")
    await expect(asked).to_be_hidden()
    await keyboard.press("e")
    await asked.get_by_role("button", name="End conversation").press("Enter")
    await expect(reply_of(other)).to_be_hidden()
    await expect_no_errors(staff)


@pytest.mark.feature("B10")
async def test_the_sheet_lists_the_keys_and_turns_single_ones_off(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "anybody there")
    keyboard = staff.page.keyboard
    await rest(staff.page)
    await keyboard.press("?")
    sheet = staff.page.get_by_role("dialog", name="Keyboard")
    for what in ("Go to window 1 to 4", "Reply to the one waiting longest", "Online or offline, asks first"):
        await expect(sheet.get_by_text(what)).to_be_visible()
    await sheet.get_by_role("button", name="Turn them off").click()
    await keyboard.press("Escape")
    for key in ("?", "o", "r", "/"):
        await keyboard.press(key)
    await expect(staff.page.get_by_role("alertdialog").or_(staff.page.get_by_role("dialog"))).to_have_count(0)
    await expect(reply_of(staff.window_with("anybody there"))).not_to_be_focused()
    await keyboard.press("Alt+1")
    await expect(reply_of(staff.window_with("anybody there"))).to_be_focused()
    await staff.page.reload()
    await rest(staff.page)
    await keyboard.press("?")
    await expect(sheet).to_be_hidden()
    await staff.page.get_by_role("button", name="Keyboard shortcuts").click()
    await sheet.get_by_role("button", name="Turn them on").click()
    await keyboard.press("Escape")
    await rest(staff.page)
    await keyboard.press("?")
    await expect(sheet).to_be_visible()


@pytest.mark.feature("B10")
async def test_f6_goes_round_the_parts_of_the_page_and_back_to_where_it_was(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "hello there")
    await staff.page.keyboard.press("Alt+1")
    await expect(reply_of(staff.window_with("hello there"))).to_be_focused()
    here = "document.activeElement.closest('nav, header, .floor, .windows, aside')?.className || ''"
    seen = []
    for _ in range(5):
        await staff.page.keyboard.press("F6")
        seen.append(await staff.page.evaluate(here))
    assert len(set(seen)) == len(seen) == 5
    await expect(reply_of(staff.window_with("hello there"))).to_be_focused()
    await staff.page.keyboard.press("Shift+F6")
    assert await staff.page.evaluate(here) == seen[-2]


@pytest.mark.feature("B10")
async def test_the_search_finds_open_conversations_people_and_history(shop: Shop, staff: Dashboard) -> None:
    operator = await shop.operator()
    await told(shop, operator, "Where is my indigo teapot?", "In the kiln.", await identity(shop, ANNA))
    await into_history(operator)
    await expect(staff.switch).to_have_attribute("aria-checked", "false")
    await talking(shop, staff, "Is the indigo bowl back?")
    keyboard = staff.page.keyboard
    await rest(staff.page)

    await keyboard.press("/")
    search = staff.page.get_by_role("dialog", name="Search")
    field = search.get_by_role("combobox")
    await expect(field).to_be_focused()
    await field.fill("INDIGO")
    chosen = search.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("Is the indigo bowl back?")
    await keyboard.press("Enter")
    await expect(search).to_be_hidden()
    await expect(reply_of(staff.window_with("Is the indigo bowl back?"))).to_be_focused()

    await keyboard.press("Control+k")
    await expect(field).to_be_focused()
    await field.fill("kowal")
    person = search.get_by_role("group", name="People").get_by_role("option")
    await expect(person).to_contain_text("Anna Kowal", timeout=LONG_MS)
    await person.click()
    await expect(staff.page.get_by_role("heading", name="Anna Kowal")).to_be_visible()

    await keyboard.press("Control+k")
    await field.fill("teapot")
    await expect(search.get_by_role("group", name="History").get_by_role("option").first).to_contain_text("Anna Kowal")
    await keyboard.press("ArrowUp")
    await expect(chosen).to_contain_text("All of history for “teapot”")
    await keyboard.press("Enter")
    await expect(staff.page.get_by_role("searchbox")).to_have_value("teapot")
    await expect(staff.row("Anna Kowal")).to_be_visible()
    await expect_no_errors(staff)


@pytest.mark.feature("B4")
async def test_a_half_written_reply_outlives_a_reload_and_an_ended_session(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "still there?")
    window = staff.window_with("still there?")
    await reply_of(window).fill("yes, just a")
    await staff.page.reload()
    await expect(reply_of(window)).to_have_value("yes, just a")

    ended = await staff.page.request.delete(f"{shop.a}/v1/session", headers={"Origin": shop.a})
    assert ended.ok
    await expect(staff.page.get_by_text("You were signed out.")).to_be_visible()
    await staff.page.get_by_label("Email").fill(shop.email)
    await staff.page.get_by_label("Password", exact=True).fill(shop.password)
    await staff.page.keyboard.press("Enter")
    await expect(reply_of(window)).to_have_value("yes, just a")


@pytest.mark.feature("B1", "B4")
async def test_signing_out_says_what_is_lost_and_leaves_nothing_behind(shop: Shop, staff: Dashboard) -> None:
    await talking(shop, staff, "one more thing")
    await reply_of(staff.window_with("one more thing")).fill("of course")
    account = staff.page.get_by_role("button", name="Account: Ada")
    asked = staff.page.get_by_role("alertdialog", name="Sign out and drop what is not sent?")
    await account.click()
    await staff.page.get_by_role("button", name="Sign out").click()
    await expect(asked).to_contain_text("1 reply is half written")
    await expect(asked.get_by_role("button", name="Stay signed in")).to_be_focused()
    await staff.page.keyboard.press("Enter")
    await expect(reply_of(staff.window_with("one more thing"))).to_have_value("of course")
    await account.click()
    await staff.page.get_by_role("button", name="Sign out").click()
    async with staff.page.expect_navigation():  # the page begins anew, so that nothing stays in memory either
        await asked.get_by_role("button", name="Sign out and drop them").click()
    await expect(staff.page.get_by_role("heading", name="Sign in to Shopbell")).to_be_visible()
    left = await staff.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "of course" not in left
    assert "one more thing" not in left
    visitor = await shop.visitor()
    assert visitor.welcome is not None
    assert visitor.welcome["availability"] != "online"


@pytest.mark.feature("B1")
async def test_the_door_says_one_thing_for_both_fields_and_how_long_to_wait(browser: Browser, shop: Shop) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{shop.a}/dashboard/")
    password = page.get_by_label("Password", exact=True)
    await expect(page.get_by_label("Email")).to_be_focused()
    await page.get_by_label("Email").fill(shop.email)
    await password.fill("not this one")
    await page.get_by_role("button", name="Show").click()
    await expect(password).to_have_attribute("type", "text")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("Email and password do not belong together")
    await expect(password).to_have_attribute("aria-invalid", "true")

    async def too_many(route: Route) -> None:
        await route.fulfill(status=429, headers={"Retry-After": "90"}, json={"title": "Too many", "status": 429})

    await page.route("**/v1/session", too_many)
    await password.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Try again in 1:\d\d"))
    await expect(page.get_by_role("button", name="Sign in")).to_be_disabled()


@pytest.mark.feature("B1")
@pytest.mark.parametrize("stays", [True, False], ids=["stays", "goes with the browser"])
async def test_a_session_stays_after_the_browser_only_if_wanted(browser: Browser, shop: Shop, stays: bool) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{shop.a}/dashboard/")
    await page.get_by_label("Email").fill(shop.email)
    await page.get_by_label("Password", exact=True).fill(shop.password)
    await page.get_by_role("checkbox", name="Stay signed in here for 14 days").set_checked(stays, force=True)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.locator("header.desk")).to_be_visible()
    (cookie,) = [each for each in await context.cookies() if each["name"] == "shopbell_session"]
    assert (cookie["expires"] > 0) is stays
