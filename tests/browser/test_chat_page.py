"""The chat page as an operator has it: desk bar, who is on the site, windows on the counter, recap; also on a phone."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Locator, ViewportSize, expect

from services.common.staff import NewAccount, create_account
from tests.browser.shops import ANNA, at_dashboard, expect_no_errors, identity
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.dashboard import Dashboard
from tests.support.protocol_client import Operator, Visitor, put_settings, sign_in

pytestmark = [pytest.mark.slow]

WINDOWS = re.compile("Conversation with")
MUG = {"url": "https://morrow.example/tide-mug", "title": "Tide mug"}
PHONE: ViewportSize = {"width": 390, "height": 844}

Open = Callable[..., Awaitable[tuple[Shop, Dashboard]]]


@pytest.fixture
async def opened(browser: Browser, make_shop: MakeShop) -> AsyncIterator[Open]:
    """A shop with these settings, and Ada at its dashboard."""
    pages: list[Dashboard] = []

    async def open_(**settings: Any) -> tuple[Shop, Dashboard]:
        shop = await make_shop(**{"limit": 20, **settings})
        pages.append(await at_dashboard(browser, shop))
        return shop, pages[-1]

    yield open_
    for page in pages:
        await expect_no_errors(page)


async def asking(shop: Shop, *texts: str) -> list[Visitor]:
    """A visitor for each text, one after another; their page is called the same."""
    visitors = []
    for text in texts:
        visitors.append(await shop.visitor())
        await visitors[-1].start(text)
        visitors[-1].tell("page", url="https://morrow.example/", title=text)
    return visitors


async def colleague(shop: Shop, name: str, **options: Any) -> Operator:
    """Another member of the shop's staff, online."""
    email, password = f"{name.lower()}@{shop.id}.example", "a-long-password"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as connection:
        create_account(connection, NewAccount(shop.id, email, name, "operator", password))
    one = Operator([shop.b], cookie=await sign_in(shop.a, email, password), **options)
    shop.stack.push_async_callback(one.close)
    await one.connect()
    await one.go_online(2)
    return one


def rows(staff: Dashboard) -> Locator:
    """Who is on the site, one a row."""
    return staff.page.get_by_role("table", name="On the site now").locator("tbody tr:not(.gap)")


def row(staff: Dashboard, text: str) -> Locator:
    return rows(staff).filter(has_text=text)


def recap(staff: Dashboard) -> Locator:
    return staff.page.get_by_role("complementary", name="Conversations")


def item(staff: Dashboard, text: str) -> Locator:
    """The conversation in the recap whose last word this is."""
    return recap(staff).get_by_role("listitem").filter(has_text=text)


@pytest.mark.feature("B1", "B2", "B8")
async def test_the_desk_bar_says_what_the_shop_shows_and_what_is_taken(opened: Open) -> None:
    shop, staff = await opened(limit=1, line=True, channels_per_operator=2)
    bar = staff.page.locator("header.desk")
    await expect(bar.get_by_text("The shop shows the message form.")).to_be_visible()
    await staff.go(online=True)
    await expect(bar.get_by_text("0 of 2", exact=True)).to_be_visible()
    [first] = await asking(shop, "a taken channel")
    await expect(bar.get_by_text("1 of 2", exact=True)).to_be_visible()
    await expect(bar.get_by_text("At the limit", exact=True)).to_be_visible()
    await expect(bar.get_by_role("alert")).to_have_text("The shop has reached its limit of 1 conversations.")
    second, _ = await asking(shop, "one more", "and another")
    await expect(bar.get_by_text("At the limit, 2 waiting in line")).to_be_visible()
    await first.end(first.conversation)
    await second.event(second.conversation, "assigned")
    await expect(bar.get_by_text("At the limit, 1 waiting in line")).to_be_visible()
    await staff.go(online=False)
    await expect(bar.get_by_text("1 finished conversation moved to history.")).to_be_visible()
    await expect(recap(staff).get_by_role("tab", name="Finished 0")).to_be_visible()


@pytest.mark.feature("B2", "A10")
async def test_one_channel_more_serves_the_first_in_line_and_nobody_else(opened: Open) -> None:
    shop, staff = await opened(mode="manual", reopen_channels=False, line=True)
    await staff.go(online=True)
    bar = staff.page.locator("header.desk")
    await bar.get_by_role("button", name="Open a new channel").click()
    await asking(shop, "on the channel", "the earlier", "the later")
    serve = staff.page.get_by_role("button", name="Open a channel", exact=True)
    await expect(rows(staff)).to_contain_text(["the earlier", "the later", "on the channel"])
    await expect(row(staff, "the earlier")).to_contain_text("first in line")
    await expect(row(staff, "the later")).to_contain_text("second")
    await expect(row(staff, "the later")).to_contain_text("After Guest")
    await expect(serve).to_have_count(1)
    await row(staff, "the earlier").locator(serve).click()
    await expect(staff.window_with("the earlier")).to_be_visible()
    await expect(row(staff, "the earlier")).to_contain_text("With you")
    await expect(row(staff, "the later")).to_contain_text("first in line")
    await expect(bar.get_by_text("2 of 2", exact=True)).to_be_visible()
    await bar.get_by_role("button", name="Open a new channel").click()
    await expect(staff.window_with("the later")).to_be_visible()


@pytest.mark.feature("A9", "B10", "B13")
async def test_whoever_is_on_the_site_is_listed_with_page_and_cart(opened: Open) -> None:
    shop, staff = await opened()
    tomasz = await colleague(shop, "Tomasz")
    anna = await shop.visitor(identity=await identity(shop, ANNA))
    anna.tell("page", **MUG, cart={"items": [{}, {}], "total": 68, "currency": "EUR"})
    await expect(row(staff, "Anna Kowal")).to_contain_text("ID 4711")
    for shown in ("Tide mug", "2 pieces, €68.00", "Browsing"):
        await expect(row(staff, "Anna Kowal")).to_contain_text(shown)
    await anna.start("Is it dishwasher safe?")
    await expect(row(staff, "Anna Kowal")).to_contain_text("With Tomasz")
    await shop.visitor()
    await expect(rows(staff)).to_have_count(2)
    filters = staff.page.get_by_role("radiogroup", name="Which visitors")
    for name, count in (("With a cart", 1), ("In a chat", 1), ("All", 2)):
        await filters.get_by_role("radio", name=name).check(force=True)
        await expect(rows(staff)).to_have_count(count)
    await filters.get_by_role("radio", name="Waiting").check(force=True)
    await expect(staff.page.get_by_text("Nobody waits in line.")).to_be_visible()
    await staff.page.get_by_role("button", name="Show all visitors").click()

    await staff.go(online=True)
    await row(staff, "Anna Kowal").get_by_role("button", name="Take over").click()
    await expect(staff.window_with("Is it dishwasher safe?").get_by_role("textbox")).to_be_visible()
    await expect(row(staff, "Anna Kowal")).to_contain_text("With you")
    await tomasz.event(anna.conversation, "transferred")
    anna.tell("page", url="https://morrow.example/", title="All of it", cart={"pieces": 0})
    await expect(row(staff, "Anna Kowal")).to_contain_text("All of it")
    await expect(row(staff, "Anna Kowal")).not_to_contain_text("2 pieces")
    await anna.close()
    await expect(row(staff, "Anna Kowal")).to_contain_text("Left the site")


@pytest.mark.feature("B4", "B5", "B7")
async def test_the_oldest_window_gives_way_but_none_that_is_written_in(opened: Open) -> None:
    shop, staff = await opened(channels_per_operator=8)
    await staff.go(online=True)
    windows = staff.page.get_by_role("region", name=WINDOWS)
    await asking(shop, "one", "two", "three", "four")
    await expect(windows).to_have_count(4)
    await staff.window_with("one").get_by_role("textbox").fill("A reply that is not finished")
    await staff.page.locator("header.desk h1").click()
    await asking(shop, "five")
    await expect(staff.window_with("five")).to_be_visible()
    await expect(windows).to_have_count(4)
    await expect(staff.window_with("one").get_by_role("textbox")).to_have_value("A reply that is not finished")
    await expect(item(staff, "two")).to_contain_text("Replaced")
    await staff.window_with("three").get_by_role("button", name="Hide").click()
    await expect(item(staff, "three")).to_contain_text("Hidden")
    await recap(staff).get_by_role("button", name=re.compile("two")).click()
    await expect(staff.window_with("two")).to_be_visible()
    await staff.page.set_viewport_size({"width": 1024, "height": 768})
    await expect(windows).to_have_count(2)
    await expect(staff.window_with("one")).to_be_visible()
    await recap(staff).get_by_role("button", name="Minimise the list").click()
    await recap(staff).get_by_role("button", name=re.compile("5 ongoing")).click()
    await staff.page.reload()
    await expect(windows).to_have_count(2)
    await expect(staff.window_with("one").get_by_role("textbox")).to_have_value("A reply that is not finished")


@pytest.mark.feature("B7", "B8")
async def test_finished_conversations_reopen_while_the_visitor_is_there(opened: Open) -> None:
    shop, staff = await opened()
    await staff.go(online=True)
    visitors = await asking(shop, "stays", "leaves", "writes again")
    for visitor, text in zip(visitors, ("stays", "leaves", "writes again"), strict=True):
        await staff.end(staff.window_with(text))
        await visitor.event(visitor.conversation, "ended")
    await staff.close_finished()
    await recap(staff).get_by_role("tab", name="Finished 3").click()
    await expect(item(staff, "stays")).to_contain_text("Still on the site")
    await visitors[1].close()
    await expect(item(staff, "leaves")).to_contain_text("Left the site")
    await expect(item(staff, "leaves").get_by_role("button", name="Reopen")).to_have_count(0)
    await visitors[2].say_here("one thing more")
    await expect(staff.window_with("one thing more")).to_be_visible()
    await item(staff, "stays").get_by_role("button", name="Reopen").click()
    await expect(staff.window_with("stays").get_by_role("textbox")).to_be_visible()
    await expect(recap(staff).get_by_role("tab", name="Ongoing 2")).to_be_visible()
    await staff.go(online=False)
    await expect(recap(staff).get_by_role("tab", name="Finished 0")).to_be_visible()


@pytest.mark.feature("B7")
async def test_on_other_pages_the_conversations_are_a_tab_at_the_foot(opened: Open) -> None:
    shop, staff = await opened()
    await staff.go(online=True)
    await asking(shop, "while you read history")
    await staff.open("history")
    tab = recap(staff)
    await expect(tab).to_contain_text("1 your turn")
    await tab.get_by_role("button", name=re.compile("1 ongoing")).click()
    await item(staff, "while you read history").get_by_role("button").click()
    await expect(staff.window_with("while you read history").get_by_role("textbox")).to_be_focused()


@pytest.mark.feature("B4", "B7", "B10")
async def test_on_a_phone_the_list_comes_first_and_a_conversation_fills_the_screen(opened: Open) -> None:
    shop, staff = await opened(mode="manual", reopen_channels=False, line=True)
    await staff.page.set_viewport_size(PHONE)
    await staff.page.emulate_media(reduced_motion="reduce")
    await staff.page.get_by_role("main").get_by_role("button", name="Go online").click()
    await expect(staff.switch).to_have_attribute("aria-checked", "true")
    [first] = await asking(shop, "in line on a phone")
    await staff.page.get_by_role("link", name="Visitors").click()
    await staff.page.get_by_role("button", name="Open a channel for Guest").click()
    await first.event(first.conversation, "assigned")
    await staff.page.get_by_role("link", name="Chat").click()
    await expect(staff.page.get_by_role("region", name=WINDOWS)).to_have_count(0)
    await item(staff, "in line on a phone").get_by_role("button").click()
    window = staff.page.get_by_role("region", name=WINDOWS)
    box = await window.bounding_box()
    assert box is not None
    assert [round(box[side]) for side in ("x", "y", "width", "height")] == [0, 0, 390, 844]
    await staff.reply(window, "Right away")
    await expect(window.get_by_text("Answered")).to_be_visible()
    await window.get_by_role("button", name="Conversations").click()
    await expect(item(staff, "You: Right away")).to_be_visible()


async def test_of_very_many_visitors_only_those_in_view_are_drawn(opened: Open) -> None:
    shop, staff = await opened()
    for number in range(40):
        visitor = await shop.visitor()
        visitor.tell("page", url=f"https://morrow.example/{number}", title=f"Page {number}")
    await expect(staff.page.get_by_text("40 visitors")).to_be_visible()
    table = staff.page.get_by_role("table", name="On the site now")
    await expect(table).to_have_attribute("aria-rowcount", "41")
    assert await rows(staff).count() < 30
    await staff.page.get_by_role("group", name="Visitors").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    await expect(table.locator("tr[aria-rowindex='41']")).to_be_visible()


@pytest.mark.feature("B13")
async def test_what_an_owner_sets_shows_in_the_desk_bar(opened: Open) -> None:
    shop, staff = await opened(mode="manual", reopen_channels=False)
    await staff.go(online=True)
    reopens = staff.page.get_by_role("checkbox", name="Open a new one after each conversation")
    await expect(reopens).not_to_be_checked()
    async with staff.page.expect_response(re.compile("/settings$")) as answer:
        await reopens.check(force=True)
    assert (await (await answer.value).json())["reopen_channels"] is True
    await put_settings(shop.a, shop.cookie, shop.id, limit=7)
    await expect(staff.page.locator("header.desk")).to_contain_text("0 of 7")
