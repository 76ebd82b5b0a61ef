"""History at the dashboard: found, read, exported, mailed and deleted, with mouse or keyboard."""

import csv
import io
import json
import re
from uuid import UUID

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.shops import ANNA, at_dashboard, expect_no_errors, identity, into_history, told
from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def staff(browser: Browser, shop: Shop) -> Dashboard:
    """The owner, at a history of four conversations: two of one customer, two of guests."""
    operator = await shop.operator()
    vouched = await identity(shop, ANNA)
    await told(shop, operator, "Is the glaze safe?", "The glaze is food safe.", vouched)
    rated = await told(shop, operator, "Do you ship to Norway?", "We ship to Norway.")
    await rated.command("rate", conversation=rated.conversation, score=4, comment="Quick")
    await told(shop, operator, "Is the jug in stock?", "The jug is sold out.")
    await told(shop, operator, "One more question", "Ask away, Anna.", vouched)
    await into_history(operator)
    page = await at_dashboard(browser, shop)
    await page.open("history")
    await page.find_row("Ask away, Anna.")
    await expect(page.page.locator("tbody tr")).to_have_count(4)
    return page


@pytest.mark.feature("E1", "E3")
async def test_history_lists_filters_searches_and_sorts(staff: Dashboard) -> None:
    anna = staff.row("Ask away, Anna.")
    for shown in (ANNA["name"], "ID 4711", ANNA["email"], ANNA["phone"], "Ada"):
        await expect(anna.get_by_text(shown, exact=True)).to_be_visible()
    guest = staff.row("We ship to Norway.")
    await expect(guest.get_by_text("Not signed in")).to_be_visible()
    await expect(guest.get_by_role("img", name="Rated 4 of 5")).to_be_visible()

    rows, search = staff.page.locator("tbody tr"), staff.page.get_by_role("searchbox")
    await staff.page.get_by_role("combobox", name="Rating").select_option("4")
    await expect(rows).to_have_count(1)
    await expect(guest).to_be_visible()
    await staff.page.get_by_role("button", name="Clear the filters").click()
    await staff.page.get_by_role("combobox", name="Customer").select_option("true")
    await expect(rows).to_have_count(2)
    await staff.page.get_by_role("combobox", name="Period").select_option("today")
    await expect(rows).to_have_count(2)
    await staff.page.get_by_role("button", name="Clear the filters").click()
    await search.fill("norw")
    await expect(rows).to_have_count(1)
    await search.fill("nothing like it")
    await expect(staff.page.get_by_role("heading", name="Nothing for “nothing like it”")).to_be_visible()
    await staff.page.get_by_role("button", name="Clear the search").click()
    await expect(rows).to_have_count(4)

    await staff.page.get_by_role("button", name="Time of last message").click()
    await expect(rows.first).to_contain_text("The glaze is food safe.")
    await staff.page.get_by_role("button", name="Customer").click()
    await expect(staff.page.get_by_role("columnheader", name="Customer")).to_have_attribute("aria-sort", "ascending")

    async def together() -> bool:
        mine = [number for number, text in enumerate(await rows.all_inner_texts()) if "4711" in text]
        return len(mine) == 2 and mine[1] - mine[0] == 1

    await eventually(together, what="the customer's conversations, listed together")
    await expect_no_errors(staff)


@pytest.mark.feature("E2")
async def test_conversation_is_read_exported_and_all_of_its_customer_shown(staff: Dashboard) -> None:
    await staff.row("Ask away, Anna.").get_by_role("link").click()
    await expect(staff.drawer.locator(".bb")).to_have_text(["One more question", "Ask away, Anna."])
    await expect(staff.drawer.get_by_text("Moved to history")).to_be_visible()
    _, exported = await staff.download(staff.drawer.get_by_role("link", name="Export"))
    (kept,) = json.loads(exported)["conversations"]
    said = [event["text"] for event in kept["events"] if event["kind"] == "message"]
    assert said == ["One more question", "Ask away, Anna."]
    await staff.drawer.get_by_role("button", name="All conversations").click()
    await expect(staff.page.locator("tbody tr")).to_have_count(2)
    await expect(staff.page.get_by_role("button", name="Only 4711")).to_be_visible()
    await staff.drawer.get_by_role("button", name="Close").click()
    _, exported = await staff.download(staff.page.get_by_role("link", name="Export as CSV"))
    table = list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"))))
    assert [row["customer"] for row in table] == ["4711", "4711"]
    await expect_no_errors(staff)


@pytest.mark.feature("E2")
async def test_transcript_is_mailed_to_the_address_that_is_typed(staff: Dashboard) -> None:
    await staff.row("Ask away, Anna.").get_by_role("link").click()
    await staff.drawer.get_by_role("button", name="Send transcript").click()
    address = staff.drawer.get_by_role("textbox")
    await expect(address).to_have_value(ANNA["email"])
    await address.fill("anna@nowhere..example")
    await address.press("Enter")
    await expect(staff.drawer.get_by_role("alert")).to_have_text("This is not an email address. Check it.")
    await address.fill("work@kowal.example")
    await address.press("Enter")
    await expect(staff.drawer.get_by_text("The transcript goes to work@kowal.example within a minute.")).to_be_visible()
    await staff.page.reload()
    await expect(staff.drawer.get_by_text("The transcript was mailed by staff")).to_be_visible()
    await expect_no_errors(staff)


@pytest.mark.feature("E2")
async def test_conversations_are_deleted_one_or_many_after_being_asked(staff: Dashboard) -> None:
    for text in ("We ship to Norway.", "The jug is sold out."):
        await staff.row(text).get_by_role("checkbox").check()
    await staff.page.get_by_role("button", name="Delete").click()
    await expect(staff.dialog).to_contain_text("Delete 2 conversations?")
    await expect(staff.dialog).to_contain_text("2 guests")
    await expect(staff.dialog.get_by_role("button", name="Keep them")).to_be_focused()
    await staff.page.keyboard.press("Escape")
    await expect(staff.page.locator("tbody tr")).to_have_count(4)
    await staff.page.get_by_role("button", name="Delete").click()
    await staff.dialog.get_by_role("button", name="Delete 2 conversations").click()
    await expect(staff.page.get_by_text("2 conversations deleted.")).to_be_visible()
    await expect(staff.page.get_by_role("main")).to_be_focused()
    await expect(staff.page.locator("tbody tr")).to_have_count(2)

    await staff.row("Ask away, Anna.").get_by_role("link").click()
    await staff.drawer.get_by_role("button", name="Delete").click()
    await staff.dialog.get_by_role("button", name="Delete 1 conversation").click()
    await expect(staff.drawer).to_be_hidden()
    await staff.page.reload()
    await expect(staff.page.locator("tbody tr")).to_have_count(1)
    await expect_no_errors(staff)


@pytest.mark.feature("E2")
async def test_history_with_the_keyboard_alone(staff: Dashboard) -> None:
    keyboard = staff.page.keyboard
    await staff.page.locator("body").press("/")
    await expect(staff.page.get_by_role("searchbox")).to_be_focused()
    await keyboard.type("anna")
    await expect(staff.page.locator("tbody tr")).to_have_count(2)
    await staff.page.get_by_role("searchbox").blur()
    await keyboard.press("j")
    await expect(staff.drawer.locator(".bb").last).to_have_text("Ask away, Anna.")
    await expect(staff.drawer.get_by_role("button", name="Close")).to_be_focused()
    await keyboard.press("j")
    await expect(staff.drawer.locator(".bb").last).to_have_text("The glaze is food safe.")
    await keyboard.press("k")
    await expect(staff.drawer.locator(".bb").last).to_have_text("Ask away, Anna.")
    await keyboard.press("Escape")
    await expect(staff.drawer).to_be_hidden()
    await expect_no_errors(staff)


async def test_of_a_long_history_only_what_is_in_view_is_drawn(staff: Dashboard) -> None:
    page, rows = staff.page, staff.page.locator("tbody tr[data-index]")

    async def answer(route: Route) -> None:
        item = (await (await route.fetch()).json())["items"][0]
        many = [{**item, "id": str(UUID(int=n)), "last_message": f"Message {n}"} for n in range(2_000)]
        await route.fulfill(json={"items": many, "next": None})

    await page.route(re.compile(r"/conversations\?"), answer)
    await page.reload()
    await expect(staff.row("Message 0")).to_be_visible()
    assert await rows.count() < 60
    await page.get_by_role("main").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    await expect(staff.row("Message 1999")).to_be_visible()
    assert await rows.count() < 60
    await expect(page.get_by_role("table", name="Conversations")).to_have_attribute("aria-rowcount", "2001")
