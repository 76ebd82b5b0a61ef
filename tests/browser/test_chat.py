"""Two browser windows chat: the widget on the shop's page and the operator's dashboard."""

import re
import secrets
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.support.installation import Installation
from tests.support.pages import LONG_MS, OperatorPage, VisitorPage

pytestmark = [pytest.mark.slow]


def words(number: int) -> list[str]:
    """Texts that no other test writes."""
    run = secrets.token_hex(3)
    return [f"{run} message {one}" for one in range(1, number + 1)]


@pytest.fixture
async def operator(browser: Browser, own_installation: Installation) -> AsyncIterator[OperatorPage]:
    """The owner of the demo shop, online, on the second gateway."""
    base = own_installation.base_urls[1]
    page = await OperatorPage.sign_in(browser, base, own_installation.owner_email, own_installation.owner_password)
    await page.go(online=True)
    yield page
    for window in await page.page.get_by_role("region", name=re.compile("Conversation with")).all():
        if await window.get_by_role("textbox").count():
            await page.end(window)
    await page.go(online=False)
    assert page.errors == []


@pytest.fixture
async def visitor(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> AsyncIterator[VisitorPage]:
    """A new visitor, on the first gateway, with the chat open."""
    page = await VisitorPage.open(browser, own_installation.base_urls[0])
    await page.open_chat()
    yield page
    assert page.errors == []


async def talk(visitor: VisitorPage, operator: OperatorPage, question: str, answer: str) -> Locator:
    """A question and its answer; the operator's window."""
    await visitor.write(question)
    window = operator.window_with(question)
    await expect(window).to_be_visible()
    await operator.reply(window, answer)
    await visitor.expect_messages([question, answer])
    return window


@pytest.mark.feature("A5", "B6")
async def test_both_sides_write_and_see_the_same_conversation(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer, thanks = words(3)
    await visitor.write(question)
    window = operator.window_with(question)
    await expect(window.get_by_text("Your turn")).to_be_visible()
    await operator.reply(window, answer)
    await expect(window.get_by_text("Answered")).to_be_visible()
    await visitor.write(thanks)
    await visitor.expect_messages([question, answer, thanks])
    await operator.expect_messages(window, [question, answer, thanks])
    await expect(visitor.window.get_by_text("Maja", exact=True).first).to_be_visible()


@pytest.mark.feature("A5")
async def test_a_page_load_keeps_the_conversation_and_the_draft(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer, draft = words(3)
    await talk(visitor, operator, question, answer)
    await visitor.composer.fill(draft)
    await visitor.page.goto(visitor.base_url + "/demo/moss-bowl.html")
    await visitor.open_chat()
    await visitor.expect_messages([question, answer])
    await expect(visitor.composer).to_have_value(draft)


@pytest.mark.feature("A5")
async def test_a_second_tab_shows_the_same_conversation(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer, elsewhere = words(3)
    before = await VisitorPage.another_tab(visitor.context, visitor.base_url)
    await before.open_chat()
    await talk(visitor, operator, question, answer)
    await before.expect_messages([question, answer])
    await before.write(elsewhere)
    later = await VisitorPage.another_tab(visitor.context, visitor.base_url)
    await later.open_chat()
    for tab in (visitor, before, later):
        await tab.expect_messages([question, answer, elsewhere])


@pytest.mark.feature("A5")
async def test_text_written_without_a_connection_is_kept_over_a_page_load_and_sent_once(
    visitor: VisitorPage, operator: OperatorPage
) -> None:
    question, answer, first, second = words(4)
    window = await talk(visitor, operator, question, answer)
    await visitor.cut()
    await expect(visitor.window.get_by_text("Reconnecting")).to_be_visible()
    await visitor.write(first)
    await visitor.write(second)
    await expect(visitor.window.get_by_text("Will send when back online")).to_be_visible()
    await visitor.page.reload()
    await visitor.expect_messages([first, second])
    await visitor.mend()
    await visitor.expect_messages([question, answer, first, second], LONG_MS)
    await operator.expect_messages(window, [question, answer, first, second])


@pytest.mark.feature("A5")
async def test_text_of_a_tab_that_was_closed_is_sent_by_another(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer, unsent = words(3)
    window = await talk(visitor, operator, question, answer)
    other = await VisitorPage.another_tab(visitor.context, visitor.base_url)
    await other.open_chat()
    await visitor.cut()
    await visitor.write(unsent)
    await visitor.page.close()
    await other.page.reload()
    await other.expect_messages([question, answer, unsent])
    await operator.expect_messages(window, [question, answer, unsent])


@pytest.mark.feature("A5")
async def test_a_gateway_dies_and_both_sides_go_on_with_nothing_lost_or_doubled(
    visitor: VisitorPage, operator: OperatorPage, own_installation: Installation
) -> None:
    question, answer, *during = words(6)
    window = await talk(visitor, operator, question, answer)
    own_installation.kill("gateway", 0)
    for number, text in enumerate(during):
        if number % 2:
            await operator.reply(window, text)
        else:
            await visitor.write(text)
    await expect(visitor.window.get_by_text("Reconnecting")).to_be_hidden(timeout=LONG_MS)
    await expect(visitor.window.locator(".bubble")).to_have_count(6, timeout=LONG_MS)
    await expect(window.locator(".bb")).to_have_count(6, timeout=LONG_MS)
    shown = await visitor.messages()
    assert sorted(shown) == sorted([question, answer, *during])
    assert [text for text in shown if text in during[::2]] == during[::2]
    assert [text for text in shown if text in during[1::2]] == during[1::2]
    await operator.expect_messages(window, shown)
    own_installation.wait_until_ready()


@pytest.mark.feature("A5")
async def test_the_worker_dies_and_what_was_written_meanwhile_is_stored_once(
    visitor: VisitorPage, operator: OperatorPage, own_installation: Installation
) -> None:
    question, answer, after, reply = words(4)
    window = await talk(visitor, operator, question, answer)
    own_installation.kill("conversations")
    await visitor.write(after)
    await operator.expect_messages(window, [question, answer, after], LONG_MS)
    await operator.reply(window, reply)
    await visitor.expect_messages([question, answer, after, reply], LONG_MS)
    own_installation.wait_until_ready()


@pytest.mark.feature("A4")
async def test_the_visitor_ends_writes_again_and_the_conversation_reopens(
    visitor: VisitorPage, operator: OperatorPage
) -> None:
    question, answer, again = words(3)
    window = await talk(visitor, operator, question, answer)
    await visitor.end()
    await expect(visitor.window.get_by_text("You ended the conversation")).to_be_visible()
    await expect(window.get_by_role("button", name="Reopen")).to_be_visible()
    await visitor.write(again)
    await operator.expect_messages(window, [question, answer, again])
    await expect(window.get_by_text("Your turn")).to_be_visible()


@pytest.mark.feature("A4")
async def test_the_operator_ends_after_being_asked_and_reopens(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer = words(2)
    window = await talk(visitor, operator, question, answer)
    await window.get_by_role("button", name="End the conversation").click()
    asked = window.get_by_role("alertdialog")
    await expect(asked.get_by_role("button", name="Keep open")).to_be_focused()
    await asked.get_by_role("button", name="Keep open").click()
    await expect(window.get_by_role("textbox")).to_be_visible()
    await operator.end(window)
    await expect(visitor.window.get_by_text("Maja ended the conversation")).to_be_visible()
    await window.get_by_role("button", name="Reopen").click()
    await expect(window.get_by_role("textbox")).to_be_visible()
    await expect(visitor.window.get_by_text("Writing again reopens")).to_be_hidden()


@pytest.mark.feature("B1")
async def test_the_launcher_comes_and_goes_with_the_operator(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    page = await VisitorPage.open(browser, own_installation.base_urls[0])
    await expect(page.launcher).to_be_visible()
    await operator.go(online=False)
    await expect(page.launcher).to_be_hidden()
    await operator.go(online=True)
    await expect(page.launcher).to_be_visible()


async def test_before_the_visitor_acts_nothing_is_stored_and_nobody_else_is_asked(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    base = own_installation.base_urls[0]
    context = await browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = await VisitorPage.another_tab(context, base)
    await expect(page.launcher).to_be_visible()
    assert await page.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert [url for url in asked if not url.startswith(base)] == []


async def test_a_finished_conversation_is_found_in_history(visitor: VisitorPage, operator: OperatorPage) -> None:
    question, answer = words(2)
    window = await talk(visitor, operator, question, answer)
    await operator.end(window)
    await operator.page.get_by_role("link", name="History").click()
    await operator.page.get_by_role("searchbox").fill(answer)
    row = operator.page.get_by_role("row").filter(has_text=answer)
    await expect(row).to_be_visible(timeout=LONG_MS)
    await row.click()
    drawer = operator.page.get_by_role("complementary", name=re.compile("Transcript"))
    await expect(drawer.locator(".bb")).to_have_text([question, answer])
    await operator.page.keyboard.press("Escape")
    await operator.page.get_by_role("link", name="Chat").click()
