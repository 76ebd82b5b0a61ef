"""What the widget says before the visitor does: privacy and consent, invitations, and the shop's own colours."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.shops import at_dashboard
from tests.integration.gateway.conftest import MakeShop
from tests.integration.gateway.rest import Staff
from tests.support.pages import VisitorPage
from tests.support.shop_page import held_by, shop_page

pytestmark = [pytest.mark.slow]

NOTICE = "I agree that the shop keeps this conversation for a year."
LINK = "https://shop.example/privacy"
PRIVACY = {"notice": {"en": NOTICE}, "link": LINK, "consent": True}
STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def card(visitor: VisitorPage) -> Locator:
    return visitor.page.get_by_role("region", name="Invitation")


@pytest.mark.feature("A3", "D1")
async def test_a_conversation_begins_and_a_message_is_left_once_the_box_is_ticked(
    browser: Browser, make_shop: MakeShop
) -> None:
    shop = await make_shop(limit=1)
    await Staff(shop).settings(privacy=PRIVACY)
    operator = await shop.operator(channels=1)
    visitor = await shop_page(browser, shop.a, shop.id)
    await visitor.launcher.click()
    box = visitor.window.get_by_role("checkbox", name=NOTICE)
    await expect(box).not_to_be_checked()
    await expect(box).to_be_focused()
    link = visitor.window.get_by_role("link", name="Privacy notice")
    await expect(link).to_have_attribute("href", LINK)
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    start = visitor.window.get_by_role("button", name="Start the chat")
    await start.click()
    await expect(box).to_have_accessible_description("Tick this, then start.")
    await expect(box).to_be_focused()
    await box.press("Space")
    await expect(box).to_have_accessible_description("")
    await start.click()
    await visitor.write("Good morning")
    held = await held_by(operator)
    assert (await operator.event(held, "started"))["consent"] is True
    await visitor.choose("Privacy")
    sheet = visitor.window.get_by_role("dialog", name="Privacy")
    await expect(sheet).to_contain_text(NOTICE)
    await sheet.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(visitor.composer).to_be_visible()

    late = await shop_page(browser, shop.a, shop.id)
    await late.page.get_by_role("button", name="Leave a message").click()
    await late.window.get_by_label("Email").fill("zoe@shop.example")
    await late.window.get_by_label("Message").fill("Do you ship to Iceland?")
    send = late.window.get_by_role("button", name="Send message")
    await send.click()
    box = late.window.get_by_role("checkbox", name=NOTICE)
    await expect(box).to_have_accessible_description("Tick this, then send.")
    await box.check()
    await send.click()
    await expect(late.window.get_by_role("heading", name="Your message is with us")).to_be_visible()
    assert visitor.errors == late.errors == []


@pytest.mark.feature("A9")
async def test_who_stays_on_a_page_is_invited_and_once_a_visit_only(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4)
    cart = {"id": "cart", "name": "Big carts", "page": "/page*", "after": 1, "cart": 90, "text": {"en": "A big one"}}
    await Staff(shop).settings(invitations=[cart])
    operator = await shop.operator(channels=1)
    visitor = await shop_page(browser, shop.a, shop.id)
    await expect(visitor.launcher).to_be_visible()
    await visitor.page.evaluate("shopbell.cart({ pieces: 1, total: 20 })")
    await visitor.page.evaluate("shopbell.cart({ pieces: 3, total: 120, currency: 'EUR' })")
    await expect(card(visitor)).to_contain_text("A big one")
    await expect(card(visitor).get_by_role("status")).to_contain_text("Online consultant")
    await expect(visitor.page.locator("body")).to_be_focused()
    assert await visitor.page.evaluate(STORED) == []
    await operator.go_offline()
    await expect(card(visitor)).to_be_hidden()
    await operator.go_online(1)
    await card(visitor).get_by_role("button", name="Start a chat").click()
    await expect(card(visitor)).to_be_hidden()
    await expect(visitor.window.get_by_role("log")).to_contain_text("A big one")
    await visitor.window.get_by_role("button", name="Minimise").click()
    await expect(visitor.launcher).to_be_focused()
    await expect(card(visitor)).to_be_hidden()
    await visitor.launcher.click()
    await visitor.write("It is for a wedding")
    held = await held_by(operator)
    assert (await operator.event(held, "started"))["invitation"] == "Big carts"
    await expect(visitor.window.get_by_role("log")).to_contain_text("Sent")
    await expect(visitor.window.get_by_role("log")).to_contain_text("A big one")

    other = await shop_page(browser, shop.a, shop.id)
    await other.page.evaluate("(window.shopbell ??= []).push((shopbell) => shopbell.cart({ pieces: 1, total: 95 }))")
    await expect(card(other)).to_be_hidden()
    await operator.end(held)
    await expect(card(other)).to_be_visible()
    await card(other).get_by_role("button", name="Not now").last.press("Escape")
    await expect(card(other)).to_be_hidden()
    assert [key.endswith(":not-now") for key in await other.page.evaluate(STORED)] == [True]
    assert await other.page.evaluate("Object.values(localStorage)") == []
    assert visitor.errors == other.errors == []


@pytest.mark.feature("A9", "B10")
async def test_staff_invite_a_visitor_from_their_list(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4)
    staff = await at_dashboard(browser, shop)
    visitor = await shop_page(browser, shop.a, shop.id)
    await expect(visitor.page.get_by_role("button", name="Leave a message")).to_be_visible()
    row = staff.page.get_by_role("row").filter(has_text="Tide mug")
    await expect(row).to_contain_text("Browsing")
    invite = row.get_by_role("button", name="Invite")
    await expect(invite).to_have_count(0)
    await staff.go(online=True)
    await expect(visitor.launcher).to_be_visible()
    await invite.click()
    await expect(row).to_contain_text("Invited")
    await expect(invite).to_be_focused()
    await expect(invite).to_have_attribute("aria-disabled", "true")
    await expect(card(visitor).get_by_role("status")).to_have_text("ACan we help you?Ada")
    await card(visitor).get_by_role("button", name="Start a chat").click()
    await visitor.write("Yes, with the lid")
    window = staff.window_with("Yes, with the lid")
    await expect(window.get_by_role("log")).to_contain_text("Started on an invitation from the counter")
    await expect(row).to_contain_text("With you")
    assert visitor.errors == staff.errors == []


@pytest.mark.feature("C3")
async def test_header_and_bubbles_have_the_shops_colours_and_can_be_read(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4)
    colours = {
        "header": {"background": "#ffe08a", "text": "#3b2a00"},
        "operator": {"background": "#102030", "text": "#203040"},
        "visitor": {"background": "#5b2333"},
    }
    await Staff(shop).settings(colours=colours)
    operator = await shop.operator(channels=1)
    visitor = await shop_page(browser, shop.a, shop.id)
    await expect(visitor.launcher).to_have_css("background-color", "rgb(255, 224, 138)")
    await visitor.open_chat()
    await visitor.write("Good morning")
    await operator.say(await held_by(operator), "Hello")
    drawn = {
        "header": ("rgb(255, 224, 138)", "rgb(59, 42, 0)"),
        ".visitor .bubble": ("rgb(91, 35, 51)", "rgb(255, 255, 255)"),
        ".operator .bubble": ("rgb(16, 32, 48)", "rgb(255, 255, 255)"),
    }
    for part, (background, ink) in drawn.items():
        await expect(visitor.window.locator(part)).to_have_css("background-color", background)
        await expect(visitor.window.locator(part)).to_have_css("color", ink)
