"""Polls in a browser: staff ask, visitors vote by keyboard and once, and the votes are seen as they come."""

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Staff
from tests.integration.gateway.test_polls import KNOWN_SECONDS
from tests.support.pages import VisitorPage
from tests.support.shop_page import shop_page
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

QUESTION = "Which glaze shall we bring back?"
ANSWERS = [{"id": "moss", "text": "Moss"}, {"id": "tide", "text": "Tide blue"}]
SEEN = "polls/current"


def card(visitor: VisitorPage) -> Locator:
    return visitor.page.get_by_role("region", name="Poll")


async def known_everywhere(shop: Shop) -> None:
    """Every gateway hears of a poll within moments."""
    async with httpx.AsyncClient(timeout=15) as client:

        async def known() -> bool:
            found = [await client.get(f"{gateway}/v1/shops/{shop.id}/{SEEN}") for gateway in shop.gateways]
            return all(answer.status_code == 200 for answer in found)

        await eventually(known, KNOWN_SECONDS)


async def asked(visitor: VisitorPage) -> None:
    """The page is loaded anew, and has heard whether there is something to ask."""
    async with visitor.page.expect_response(lambda answer: SEEN in answer.url):
        await visitor.page.reload()


@pytest.mark.feature("H1")
async def test_visitor_votes_by_keyboard_sees_the_results_and_is_left_in_peace(
    browser: Browser, make_shop: MakeShop
) -> None:
    shop = await make_shop(limit=1)
    staff = Staff(shop)
    await shop.operator(channels=1)
    drafted = await staff.send("POST", "/polls", json={"content": {"question": QUESTION, "answers": ANSWERS}})
    assert drafted.status_code == 201, drafted.text
    started = await staff.send("POST", f"/polls/{drafted.json()['id']}/start")
    assert started.status_code == 200, started.text
    await known_everywhere(shop)
    visitor, other = await shop_page(browser, shop.a, shop.id), await shop_page(browser, shop.b, shop.id)
    await expect(card(other)).to_be_visible()
    await expect(card(visitor)).to_be_visible()
    await expect(visitor.page.locator("body")).to_be_focused()
    await expect(visitor.launcher).to_be_visible()
    vote = card(visitor).get_by_role("button", name="Vote")
    await expect(vote).to_be_disabled()
    await card(visitor).get_by_role("radio", name="Moss").focus()
    await visitor.page.keyboard.press("ArrowDown")
    await expect(card(visitor).get_by_role("radio", name="Tide blue")).to_be_checked()
    await visitor.page.keyboard.press("Tab")
    await visitor.page.keyboard.press("Enter")
    await expect(card(visitor).get_by_role("status")).to_have_text("Thank you for voting")
    await expect(card(visitor).get_by_role("listitem").first).to_contain_text("Tide blueyour vote100%")
    await expect(card(visitor)).to_be_focused()
    await visitor.page.keyboard.press("Escape")
    await expect(card(visitor)).to_be_hidden()
    await asked(visitor)
    await expect(visitor.launcher).to_be_visible()
    await expect(card(visitor)).to_be_hidden()

    await card(other).get_by_role("button", name="Close").click()
    await expect(card(other)).to_be_hidden()
    await asked(other)
    await expect(other.launcher).to_be_visible()
    await expect(card(other)).to_be_hidden()
    assert visitor.errors == other.errors == []


@pytest.mark.feature("H2")
async def test_poll_is_written_opened_watched_and_closed(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=1)
    staff = await at_dashboard(browser, shop)
    page, main = staff.page, staff.page.get_by_role("main")
    await staff.open("polls")
    await expect(main.get_by_role("heading", name="No polls yet")).to_be_visible()
    await main.get_by_role("link", name="New poll").click()
    await main.get_by_role("button", name="Open the poll").click()
    await expect(main.get_by_role("textbox", name="Question")).to_be_focused()
    await expect(main.get_by_role("textbox", name="Question")).to_have_accessible_description("Write the question.")
    await main.get_by_role("textbox", name="Question").fill(QUESTION)
    await main.get_by_role("textbox", name="Answer 1").fill("Moss")
    await main.get_by_role("textbox", name="Answer 2").fill("moss ")
    await main.get_by_role("button", name="Open the poll").click()
    await expect(main.get_by_text("Two answers say the same.")).to_be_visible()
    await expect(main.get_by_role("textbox", name="Answer 2")).to_be_focused()
    await expect(main.get_by_role("link", name="New poll")).not_to_contain_class("primary")
    await main.get_by_role("textbox", name="Answer 2").fill("Tide blue")
    await page.reload()  # what was typed stays
    await expect(main.get_by_role("textbox", name="Answer 2")).to_have_value("Tide blue")
    for way, there in (("down", 2), ("up", 1)):
        arrow = main.get_by_role("button", name=f"Move {way}: Moss")
        await arrow.focus()
        for _ in range(2):  # the second time it is at the list's end already
            await page.keyboard.press("Enter")
            await expect(main.get_by_role("textbox", name=f"Answer {there}")).to_have_value("Moss")
            await expect(arrow).to_be_focused()
    await main.get_by_role("button", name="Open the poll").click()
    await expect(main.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(main.get_by_text("Live, no vote yet")).to_be_visible()
    poll, rest = page.url.rpartition("/")[2], Staff(shop)
    answers = (await rest.send("GET", f"/polls/{poll}")).json()["content"]["answers"]
    for number, answer in enumerate((answers[1], answers[1], answers[0])):
        body = {"id": f"visitor-{number}", "answer": answer["id"]}
        assert (await rest.send("POST", f"/polls/{poll}/votes", json=body)).status_code == 201
    bars = main.get_by_role("list", name="Votes by answer").get_by_role("listitem")
    await expect(bars.first).to_contain_text("Tide blue")
    await expect(bars.first).to_contain_text("2 67%")
    await main.get_by_role("button", name="Count again from the log").click()
    await expect(main.get_by_text("The log says the same: 3 votes.")).to_be_visible()
    name, table = await staff.download(main.get_by_role("link", name="Save all votes as CSV"))
    assert name.endswith(".csv")
    assert table.decode().count("Tide blue") == 2
    await main.get_by_role("button", name="Close now").click()
    await expect(staff.dialog.get_by_role("button", name="Leave it open")).to_be_focused()
    await staff.dialog.get_by_role("button", name="Close the poll").click()
    await main.get_by_role("button", name="Archive").click()
    await expect(main.get_by_role("heading", name="No polls yet")).to_be_visible()
    await expect_no_errors(staff)
