"""What a conversation offers its visitor: a live line, marks, links, emoji, a rating; and all of it to everybody."""

import pytest
from playwright.async_api import Browser, expect

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.screens.checks import axe_faults
from tests.support.pages import VisitorPage
from tests.support.shop_page import held_by, shop_page

pytestmark = [pytest.mark.slow]

HOSTILE_LINKS = "javascript:alert(1) https://shop.example@evil.example/x www.morrow.example/tide."


@pytest.mark.feature("A10")
async def test_the_place_in_line_is_live_and_a_message_can_be_left_instead(
    browser: Browser, make_shop: MakeShop
) -> None:
    shop = await make_shop(limit=1, line=True, offline_mode=True)
    operator = await shop.operator(channels=1)
    first, second = await shop.visitor(), await shop.visitor()
    await first.start("I am first")
    await operator.event(first.conversation, "message")
    await second.start("I am second")
    visitor = await shop_page(browser, shop.a, shop.id)
    await visitor.open_chat()
    await visitor.write("Do you deliver to Norway?")
    place = visitor.window.get_by_role("status").filter(has_text="Your place in line")
    await expect(place).to_have_text("Your place in line: 2")
    await visitor.page.get_by_role("button", name="Minimise").click()
    waiting = visitor.page.get_by_role("button", name="You are in line")
    await expect(waiting).to_contain_text("Your place in line: 2")
    await second.end(second.conversation)
    waiting = visitor.page.get_by_role("button", name="You are next")
    await expect(waiting).to_contain_text("Your place in line: 1")
    await waiting.click()
    await visitor.window.get_by_role("button", name="Leave a message instead").click()
    await expect(visitor.window.get_by_label("Message")).to_have_value("Do you deliver to Norway?")
    await visitor.window.get_by_role("button", name="Back to the line").click()
    await operator.end(first.conversation)
    await expect(place).to_be_hidden()
    await operator.say(await held_by(operator), "We do.")
    await visitor.expect_messages(["Do you deliver to Norway?", "We do."])
    assert visitor.errors == []


@pytest.mark.feature("A8")
async def test_a_conversation_from_the_first_word_to_the_rating(browser: Browser, shop: Shop) -> None:
    operator = await shop.operator()
    visitor = await shop_page(browser, shop.a, shop.id)
    await visitor.open_chat()
    await visitor.composer.fill("Is it blue? ")
    await visitor.window.get_by_role("button", name="Emoji").click()
    await visitor.window.get_by_role("textbox", name="Search").fill("than")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.composer).to_have_value("Is it blue? 🙏")
    await expect(visitor.composer).to_be_focused()
    await visitor.composer.press("Enter")
    conversation = await held_by(operator)
    log = visitor.window.get_by_role("log")
    await expect(log.get_by_text("Sent", exact=False)).to_be_visible()
    asked = await operator.event(conversation, "message")
    operator.tell("received", conversation=conversation, upto=asked["seq"])
    await expect(log.get_by_text("Delivered")).to_be_visible()
    operator.tell("read", conversation=conversation, upto=asked["seq"])
    operator.tell("typing", conversation=conversation, on=True)
    await expect(log.get_by_text("is writing")).to_be_visible()
    await expect(log.get_by_text("Read")).to_be_visible()
    await operator.say(conversation, HOSTILE_LINKS)
    links = log.get_by_role("link")
    await expect(links).to_have_count(1)
    assert await links.get_attribute("href") == "https://www.morrow.example/tide"
    assert await links.get_attribute("rel") == "noopener noreferrer nofollow"

    await operator.end(conversation)
    await visitor.window.get_by_role("radio", name="4 of 5, good").check()
    await visitor.window.get_by_role("textbox", name="A word about it").fill("Quick and kind")
    await visitor.window.get_by_role("button", name="Send rating").click()
    await expect(log).to_contain_text("You rated 4 of 5")
    rated = await operator.event(conversation, "rated")
    assert (rated["score"], rated["comment"]) == (4, "Quick and kind")
    again = await VisitorPage.another_tab(visitor.context, shop.a, "/page-of-a-shop")
    await again.open_chat()
    await expect(again.window.get_by_role("log")).to_contain_text("You rated 4 of 5")
    assert visitor.errors + again.errors == []


@pytest.mark.feature("A13")
@pytest.mark.parametrize(("theme", "lang", "width"), [("light", "en", 1280), ("dark", "ar-XB", 390)])
async def test_nothing_keeps_anybody_out(
    browser: Browser, make_shop: MakeShop, theme: str, lang: str, width: int
) -> None:
    """axe in each state; phones have targets of 44 px, and what is written right to left begins there."""
    shop = await make_shop(limit=1, line=True, offline_mode=True)
    operator = await shop.operator(channels=1)
    visitor = await shop_page(
        browser, shop.a, shop.id, lang=lang, color_scheme=theme, reduced_motion="reduce", has_touch=width < 480,
        viewport={"width": width, "height": 844},
    )  # fmt: skip
    widget = visitor.page.locator("shopbell-widget")

    async def expect_open_to_all(state: str) -> None:
        assert await axe_faults(visitor.page) == [], state
        if width < 480:
            boxes = [await button.bounding_box() for button in await widget.get_by_role("button").all()]
            assert [box for box in boxes if box and min(box["width"], box["height"]) < 44] == [], state

    await expect(widget.locator(".launcher")).to_be_visible()
    await expect_open_to_all("launcher")
    await widget.locator(".launcher").click()
    composer = widget.locator(".composer textarea")
    await composer.fill("Is it blue? See https://morrow.example/tide")
    await composer.press("Enter")
    conversation = await held_by(operator)
    await operator.say(conversation, "It is.")
    await expect(widget.locator(".operator .bubble")).to_be_visible()
    await expect_open_to_all("chat")
    await widget.locator("header .tool[aria-haspopup]").click()
    await expect(widget.get_by_role("menuitem").first).to_be_focused()
    await expect_open_to_all("menu")
    await visitor.page.keyboard.press("Escape")
    await widget.locator(".composer .tool[aria-expanded]").click()
    await expect(widget.locator(".emoji input")).to_be_focused()
    await expect_open_to_all("emoji")
    await visitor.page.keyboard.press("Escape")
    await expect(composer).to_be_focused()
    await operator.end(conversation)
    await widget.locator(".stars label").nth(3).click()
    await expect_open_to_all("rating")
    if lang == "ar-XB":
        avatar = await widget.locator(".avatar").bounding_box()
        closer = await widget.locator("header .tool").last.bounding_box()
        assert avatar is not None
        assert closer is not None
        assert avatar["x"] > closer["x"]
    await visitor.page.keyboard.press("Escape")
    await expect(widget.locator(".launcher")).to_be_focused()
