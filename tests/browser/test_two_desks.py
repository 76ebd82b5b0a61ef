"""Two operators at their own dashboards, each on a gateway of their own: what one does the other sees."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import psycopg
import pytest
from playwright.async_api import Browser, Locator, expect

from services.common.staff import NewAccount, create_account
from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.dashboard import Dashboard
from tests.support.pages import LONG_MS
from tests.support.protocol_client import Visitor
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

PASSWORD = "a-long-password"


@dataclass
class Pair:
    """Ada and Ben, both online in one shop."""

    shop: Shop
    ada: Dashboard
    ben: Dashboard

    async def asking(self, text: str) -> Visitor:
        """A visitor who asks this."""
        visitor = await self.shop.visitor()
        await visitor.start(text)
        return visitor


@pytest.fixture
async def pair(browser: Browser, make_shop: MakeShop) -> AsyncIterator[Pair]:
    shop = await make_shop(limit=20)
    email = f"ben@{shop.id}.example"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as log:
        create_account(log, NewAccount(shop.id, email, "Ben", "operator", PASSWORD))
    ada = await at_dashboard(browser, shop)
    ben = await Dashboard.sign_in(browser, shop.b, email, PASSWORD)
    await ada.go(online=True)
    yield Pair(shop, ada, ben)
    for page in (ada, ben):
        await expect_no_errors(page)


def window(page: Dashboard, visitor: Visitor) -> Locator:
    return page.page.locator(f'[data-conversation="{visitor.conversation}"]')


def listed(page: Dashboard, state: str) -> Locator:
    """The visitor's row in the list of who is on the site, if it says this."""
    return page.page.get_by_role("table", name="On the site now").get_by_role("row").filter(has_text=state)


async def expect_same_story(pair: Pair, visitor: Visitor) -> None:
    """Both windows tell the same, line by line."""

    async def told(page: Dashboard) -> list[str]:
        return await window(page, visitor).get_by_role("log").locator(".bb, .sys").all_inner_texts()

    async def same() -> bool:
        stories = [await told(pair.ada), await told(pair.ben)]
        return bool(stories[0]) and stories[0] == stories[1]

    await eventually(same, LONG_MS / 1000, what="the same story on both desks")


@pytest.mark.feature("B10", "B13")
async def test_conversation_goes_to_a_colleague_is_taken_back_and_ended_before_both(pair: Pair) -> None:
    visitor = await pair.asking("Where is my parcel?")
    at_ada, at_ben = window(pair.ada, visitor), window(pair.ben, visitor)
    await expect(at_ada).to_be_visible()
    await pair.ben.go(online=True)
    await expect(listed(pair.ben, "With Ada")).to_be_visible()

    await at_ada.get_by_role("button", name="More for").click()
    await at_ada.get_by_role("menuitem", name="Transfer").click()
    popover = at_ada.get_by_role("dialog", name="Transfer to")
    await popover.get_by_role("button", name="Ben").first.click()
    await popover.get_by_role("button", name="Transfer to Ben").click()
    await expect(at_ben.get_by_text("Where is my parcel?", exact=True)).to_be_visible()
    await pair.ben.reply(at_ben, "I look it up.")
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="I look it up."))
    await expect(at_ada.get_by_text("I look it up.", exact=True)).to_be_visible()
    await expect(at_ada.get_by_role("textbox")).to_be_hidden()
    await expect(listed(pair.ada, "With Ben")).to_be_visible()
    await expect_same_story(pair, visitor)

    await listed(pair.ada, "With Ben").get_by_role("button", name="Take over").click()
    await expect(at_ada.get_by_role("textbox", name="Reply")).to_be_visible()
    await expect(at_ben.get_by_role("textbox")).to_be_hidden()
    await expect(listed(pair.ben, "With Ada")).to_be_visible()
    await visitor.say_here("Thank you both")
    await expect_same_story(pair, visitor)

    await pair.ada.end(at_ada)
    for page in (pair.ada, pair.ben):
        await expect(window(page, visitor).get_by_text("Ended by Ada")).to_be_visible()
        await expect(page.page.locator(".desk")).to_contain_text("0 of 20")
    await expect_same_story(pair, visitor)


@pytest.mark.feature("B8", "B13")
async def test_what_an_operator_leaves_behind_is_there_for_the_colleague(pair: Pair) -> None:
    visitor = await pair.asking("Is anybody still there?")
    await expect(window(pair.ada, visitor)).to_be_visible()
    await pair.ben.go(online=True)
    await pair.ada.go(online=False)
    await listed(pair.ben, "With Ada").get_by_role("button", name="Take over").click()
    await pair.ben.reply(window(pair.ben, visitor), "I am.")
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="I am."))
    await expect(window(pair.ada, visitor).get_by_text("I am.", exact=True)).to_be_visible()
    await expect_same_story(pair, visitor)
