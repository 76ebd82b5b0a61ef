"""The widget by itself: keyboard, phone, hostile text, the line, and a page that is not its own."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.support.installation import Installation
from tests.support.pages import OperatorPage, VisitorPage

pytestmark = [pytest.mark.slow]

HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script> & \"quoted\""

LAYOUT_SHIFTS = """new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().length)).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(0), 500);
})"""

HOSTILE_STYLES = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { font-size: 40px !important; color: red !important } button { display: none }");
    document.adoptedStyleSheets = [sheet];
}"""
"""Made by script: the demo's pages forbid styles that stand in the page."""


@pytest.fixture
async def operator(browser: Browser, own_installation: Installation) -> AsyncIterator[OperatorPage]:
    """The owner of the demo shop, online."""
    base = own_installation.base_urls[0]
    page = await OperatorPage.sign_in(browser, base, own_installation.owner_email, own_installation.owner_password)
    await page.go(online=True)
    yield page
    await page.page.request.put(
        f"{base}/v1/shops/demo/settings", data={"limit": 4, "line": False}, headers={"Origin": base}
    )
    await page.go(online=False)
    assert page.errors == []


async def test_with_the_keyboard_alone(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    visitor = await VisitorPage.open(browser, own_installation.base_urls[0])
    await expect(visitor.launcher).to_be_visible()
    await visitor.launcher.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.composer).to_be_focused()
    await visitor.page.keyboard.type("by keyboard")
    await visitor.page.keyboard.press("Shift+Enter")
    await visitor.page.keyboard.type("in two lines")
    await visitor.page.keyboard.press("Enter")
    await visitor.expect_messages(["by keyboard\nin two lines"])
    await expect(visitor.composer).to_be_focused()
    await expect(visitor.window.get_by_role("log")).to_contain_text("in two lines")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.launcher).to_be_focused()
    await operator.end(operator.window_with("by keyboard\nin two lines"))


async def test_text_is_shown_as_text_and_nothing_else(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    visitor = await VisitorPage.open(browser, own_installation.base_urls[0])
    await visitor.open_chat()
    await visitor.write(HOSTILE)
    window = operator.window_with(HOSTILE)
    await operator.expect_messages(window, [HOSTILE])
    await operator.reply(window, HOSTILE)
    await visitor.expect_messages([HOSTILE, HOSTILE])
    assert "hacked" not in await visitor.page.title() + await operator.page.title()
    assert await visitor.window.locator("img, script").count() == 0
    await operator.end(window)


async def test_on_a_phone_the_window_fills_the_screen_and_holds_the_focus(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    visitor = await VisitorPage.another_tab(context, own_installation.base_urls[0])
    await visitor.open_chat()
    await expect(visitor.window).to_have_attribute("aria-modal", "true")
    box = await visitor.window.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (390, 844)
    assert await visitor.composer.evaluate("field => getComputedStyle(field).fontSize") == "16px"
    for _ in range(6):
        await visitor.page.keyboard.press("Tab")
        assert await visitor.page.evaluate("document.activeElement.localName") == "shopbell-widget"


@pytest.mark.feature("A1")
async def test_the_page_and_the_widget_leave_each_other_alone(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    visitor = await VisitorPage.open(browser, own_installation.base_urls[0])
    await expect(visitor.launcher).to_be_visible()
    before = await visitor.launcher.bounding_box()
    assert await visitor.page.evaluate(LAYOUT_SHIFTS) == 0
    await visitor.page.evaluate(HOSTILE_STYLES)
    await visitor.page.add_script_tag(url="/widget.js")
    assert await visitor.launcher.bounding_box() == before
    assert await visitor.page.locator("shopbell-widget").count() == 1
    await visitor.open_chat()
    await visitor.page.evaluate("addEventListener('keydown', () => (window.heard = true))")
    await visitor.composer.press("x")
    assert await visitor.page.evaluate("window.heard") is None


@pytest.mark.feature("A2")
async def test_at_the_limit_a_visitor_waits_sees_the_place_and_is_served(
    browser: Browser, own_installation: Installation, operator: OperatorPage
) -> None:
    base = own_installation.base_urls[0]
    changed = await operator.page.request.put(
        f"{base}/v1/shops/demo/settings", data={"limit": 1, "line": True}, headers={"Origin": base}
    )
    assert changed.ok, await changed.text()
    first = await VisitorPage.open(browser, base)
    await first.open_chat()
    await expect(first.window.get_by_text("Ask us about glazes")).to_be_visible()
    await first.write("the first")
    window = operator.window_with("the first")
    await expect(window).to_be_visible()
    second = await VisitorPage.open(browser, base)
    await second.open_chat()
    await expect(second.window.get_by_text("Write, and you join the line")).to_be_visible()
    await second.write("the second")
    await expect(second.window.get_by_text("You are in line")).to_be_visible()
    await expect(operator.page.get_by_text("1 waiting").first).to_be_visible()
    await operator.end(window)
    await expect(second.window.get_by_text("You are in line")).to_be_hidden()
    served = operator.window_with("the second")
    await operator.reply(served, "your turn now")
    await second.expect_messages(["the second", "your turn now"])
    await operator.end(served)
