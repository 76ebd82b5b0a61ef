"""A conversation's window at the dashboard: what it shows, and all that an operator does in it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Locator, WebSocketRoute, expect

from services.common.staff import NewAccount, create_account
from tests.browser.shops import ANNA, at_dashboard, expect_no_errors, identity
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.dashboard import Dashboard
from tests.support.pages import LONG_MS
from tests.support.protocol_client import Operator, Visitor, sign_in

pytestmark = [pytest.mark.slow]

MUG = {"url": "https://morrow.example/tide-mug", "title": "Tide mug"}
Online = Callable[..., Awaitable[tuple[Shop, Dashboard]]]


@pytest.fixture
async def online(browser: Browser, make_shop: MakeShop) -> AsyncIterator[Online]:
    """A shop with these settings, and Ada online at its dashboard."""
    pages: list[Dashboard] = []

    async def come(**settings: Any) -> tuple[Shop, Dashboard]:
        shop = await make_shop(**{"limit": 20, **settings})
        pages.append(await at_dashboard(browser, shop))
        await pages[-1].go(online=True)
        return shop, pages[-1]

    yield come
    for page in pages:
        await expect_no_errors(page)


async def asking(shop: Shop, staff: Dashboard, text: str, **options: Any) -> tuple[Visitor, Locator]:
    """A visitor who asks this, and the window that it opens."""
    visitor = await shop.visitor(**options)
    await visitor.start(text)
    window = staff.page.locator(f'[data-conversation="{visitor.conversation}"]')
    await expect(window.get_by_text(text, exact=True)).to_be_visible()
    return visitor, window


async def colleague(shop: Shop, name: str, channels: int | None) -> tuple[str, Operator]:
    """Another member of staff and their id; online if any channels are given."""
    email, password = f"{name.lower()}@{shop.id}.example", "a-long-password"
    with psycopg.connect(shop.installation.settings.dsn_of("log")) as log:
        account = create_account(log, NewAccount(shop.id, email, name, "operator", password))
    one = Operator([shop.b], cookie=await sign_in(shop.a, email, password))
    shop.stack.push_async_callback(one.close)
    await one.connect()
    if channels is not None:
        await one.go_online(channels)
    return account, one


async def make_reply(shop: Shop, staff: Dashboard, shortcut: str, text: str) -> None:
    """A canned reply in English."""
    url, body = f"{shop.a}/v1/shops/{shop.id}/canned-replies", {"shortcut": shortcut, "texts": {"en": text}}
    made = await staff.page.request.post(url, data=body, headers={"Origin": shop.a})
    assert made.ok, await made.text()


async def choose(window: Locator, deed: str) -> None:
    """One of the deeds of the window's menu."""
    await window.get_by_role("button", name=re.compile("^More for")).click()
    await window.get_by_role("menuitem", name=deed).click()


@pytest.mark.feature("A9", "B4", "B6")
async def test_window_shows_who_is_there_on_which_page_and_whose_turn_it_is(online: Online) -> None:
    shop, staff = await online()
    vouched = await identity(shop, ANNA)
    visitor = await shop.visitor(identity=vouched)
    visitor.tell("page", **MUG, cart={"items": [1, 2], "total": 68, "currency": "EUR", "coupon": "x"})
    await visitor.start("Is morrow.example/tide-mug in stock? javascript:alert(1)")
    window = staff.page.get_by_role("region", name="Conversation with Anna Kowal, Your turn")
    await expect(window.get_by_text("ID 4711", exact=True)).to_be_visible()
    await expect(window.get_by_text(re.compile("^Your turn, "))).to_be_visible()
    page = window.get_by_role("link", name="Looks at Tide mug")
    await expect(page).to_have_attribute("href", MUG["url"])
    await expect(window.get_by_text("Cart: 2 pieces, €68.00")).to_be_attached()
    link = window.get_by_role("log").get_by_role("link")
    await expect(link).to_have_text("morrow.example/tide-mug")
    await expect(link).to_have_attribute("href", "https://morrow.example/tide-mug")
    await expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))

    await staff.reply(window, "Four are left.")
    answered = staff.page.get_by_role("region", name="Conversation with Anna Kowal, Answered")
    await expect(answered.locator(".q.ours .by")).to_contain_text("Sent")
    said = await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Four are left."))
    visitor.tell("received", conversation=visitor.conversation, upto=said["seq"])
    await expect(answered.locator(".q.ours .by")).to_contain_text("Delivered")
    visitor.tell("typing", conversation=visitor.conversation, on=True)
    await expect(answered.get_by_text("Anna Kowal is writing")).to_be_visible()
    visitor.tell("read", conversation=visitor.conversation, upto=said["seq"])
    await expect(answered.locator(".q.ours .by")).to_contain_text("Read")


@pytest.mark.feature("B4")
async def test_window_is_minimised_hidden_left_ended_and_reopened(online: Online) -> None:
    shop, staff = await online()
    visitor, window = await asking(shop, staff, "Do you ship to Norway?")
    await window.get_by_role("button", name="Minimise").click()
    await expect(window.get_by_role("log")).to_be_hidden()
    await window.get_by_role("button", name="Restore").click()

    field = window.get_by_role("textbox", name="Reply")
    await field.fill("half a repl")
    await field.press("Escape")
    await expect(window).to_be_focused()
    await window.get_by_role("button", name="Hide").click()
    await expect(window).to_be_hidden()
    await staff.page.get_by_role("complementary", name="Conversations").get_by_text("Do you ship to Norway?").click()
    await expect(field).to_have_value("half a repl")

    await window.get_by_role("button", name="End the conversation").click()
    asked = window.get_by_role("alertdialog", name=re.compile("^End the conversation with"))
    await expect(asked.get_by_role("button", name="Keep open")).to_be_focused()
    await staff.page.keyboard.press("Escape")
    await expect(asked).to_be_hidden()
    await staff.end(window)
    await visitor.event(visitor.conversation, "ended")
    await expect(window.get_by_text(re.compile(r"^Ended by Ada, \d\d:\d\d$"))).to_be_visible()
    await visitor.command("rate", conversation=visitor.conversation, score=5, comment="So quick.")
    await expect(window.get_by_text("Rated 5 of 5: “So quick.”")).to_be_visible()
    await window.get_by_role("button", name="Reopen").click()
    await visitor.event(visitor.conversation, "reopened")
    await expect(field).to_have_value("half a repl")


@pytest.mark.feature("B10")
async def test_canned_reply_is_made_found_by_letters_filled_in_and_sent_in_the_visitors_language(
    online: Online,
) -> None:
    shop, staff = await online(languages=["en", "fr"])
    visitor, window = await asking(shop, staff, "Bonjour", locale="fr-CA", identity=await identity(shop, ANNA))
    field = window.get_by_role("textbox", name="Reply")
    await field.press_sequentially("/liv")
    await window.get_by_role("button", name="Add /liv").click()
    dialog = staff.page.get_by_role("dialog", name="Canned replies")
    shortcut = dialog.get_by_role("textbox", name="Shortcut")
    await expect(shortcut).to_have_value("liv")
    await shortcut.fill("Livraison BE")
    await dialog.get_by_role("textbox", name="Text in English").fill("Hello {name}, two days.")
    await dialog.get_by_role("button", name="Français").click()
    await dialog.get_by_role("textbox", name="Text in French").fill("Bonjour {name}, sous deux jours.")
    await staff.page.keyboard.press("Control+s")
    await expect(dialog.get_by_role("button", name="/livraison-be")).to_have_attribute(
        "aria-current", "true", timeout=LONG_MS
    )
    await dialog.get_by_role("button", name="New reply").click()
    await shortcut.fill("livraison-be")
    await dialog.get_by_role("textbox", name="Text in English").fill("The same again")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("reply with this shortcut already")
    await staff.page.keyboard.press("Escape")
    await staff.page.get_by_role("button", name="Discard changes").click()
    await expect(dialog).to_be_hidden()

    await expect(field).to_have_value("")
    await field.press_sequentially("/Livr")
    option = window.get_by_role("option", name="/livraison-be")
    await expect(option).to_have_attribute("aria-selected", "true")
    await expect(option).to_contain_text("Bonjour {name}, sous deux jours.")
    await expect(field).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    await field.press("Enter")
    await expect(field).to_have_value("Bonjour Anna, sous deux jours.")
    await field.press("Enter")
    await visitor.event(visitor.conversation, "message")
    await staff.expect_messages(window, ["Bonjour", "Bonjour Anna, sous deux jours."])

    # A guest has no name: what is not filled in is asked for before it is sent.
    _guest, other = await asking(shop, staff, "Hello")
    reply = other.get_by_role("textbox", name="Reply")
    await reply.press_sequentially("/livraison")
    await reply.press("Tab")
    await expect(reply).to_have_value("Hello {name}, two days.")
    await reply.press("Enter")
    await expect(other.get_by_role("alert")).to_contain_text("{name} is not filled in")
    await staff.page.keyboard.type("there")
    await reply.press("Enter")
    await staff.expect_messages(other, ["Hello", "Hello there, two days."])

    # What finds nothing is not sent by chance; Esc says that the slash is meant.
    await reply.press_sequentially("/nothing")
    await expect(other.get_by_text("No canned reply for “nothing”")).to_be_visible()
    await reply.press("Enter")
    await expect(reply).to_have_value("/nothing")
    await reply.press("Escape")
    await reply.press("Enter")
    await staff.expect_messages(other, ["Hello", "Hello there, two days.", "/nothing"])


@pytest.mark.feature("B10")
async def test_canned_reply_is_changed_and_deleted_after_being_asked(online: Online) -> None:
    shop, staff = await online()
    await make_reply(shop, staff, "thanks", "Thank you.")
    _visitor, window = await asking(shop, staff, "Hello")
    await window.get_by_role("button", name="Canned replies").click()
    await window.get_by_role("button", name="Manage").click()
    dialog = staff.page.get_by_role("dialog", name="Canned replies")
    await dialog.get_by_role("searchbox", name="Search").fill("than")
    await dialog.get_by_role("button", name="/thanks").click()
    await expect(dialog.get_by_text("Ada, today")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    await dialog.get_by_role("textbox", name="Text in English").fill("Thank you, {operator} here.  ")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("button", name="/thanks Thank you, {operator} here.")).to_be_visible(
        timeout=LONG_MS
    )
    await expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    await dialog.get_by_role("button", name="Delete").click()
    asked = staff.page.get_by_role("alertdialog", name="Delete /thanks?")
    await expect(asked.get_by_role("button", name="Keep it")).to_be_focused()
    await asked.get_by_role("button", name="Delete reply").click()
    await expect(dialog.get_by_text("No canned replies yet.")).to_be_visible(timeout=LONG_MS)
    await dialog.get_by_role("button", name="Close").click()
    await expect(dialog).to_be_hidden()
    await expect(window.get_by_role("textbox", name="Reply")).to_have_value("")


@pytest.mark.feature("B10")
async def test_note_outlives_a_page_load_and_only_staff_read_it(online: Online) -> None:
    shop, staff = await online()
    visitor, window = await asking(shop, staff, "My parcel is late")
    await window.get_by_role("button", name="Internal note").click()
    note = window.get_by_role("textbox", name="Write a note, staff only")
    await note.fill("Ask Zofia if the courier called")
    await window.get_by_role("button", name="Back to the reply").click()
    await window.get_by_role("textbox", name="Reply").fill("One moment")
    await staff.page.reload()
    await expect(window.get_by_role("textbox", name="Reply")).to_have_value("One moment")
    await window.get_by_role("button", name="Internal note. A note is not saved yet").click()
    await expect(note).to_have_value("Ask Zofia if the courier called")
    await staff.page.keyboard.press("Control+s")
    await expect(window.get_by_text("Note by Ada, staff only")).to_be_visible()
    await expect(window.get_by_text("Ask Zofia if the courier called")).to_be_visible()
    # The visitor's side gets a gap in its place: the next message comes after it.
    await window.get_by_role("button", name="Back to the reply").click()
    await window.get_by_role("textbox", name="Reply").press("Enter")
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="One moment"))
    assert visitor.inbox.texts(visitor.conversation) == ["My parcel is late", "One moment"]
    assert visitor.inbox.first(visitor.conversation, kind="note") is None


@pytest.mark.feature("B10", "B11")
async def test_conversation_is_passed_on_by_keyboard_with_a_note_and_taken_over_again(online: Online) -> None:
    shop, staff = await online()
    visitor, window = await asking(shop, staff, "A question for Ben")
    _id, ben = await colleague(shop, "Ben", None)
    await window.get_by_role("button", name=re.compile("^More for")).focus()
    await staff.page.keyboard.press("Enter")
    await expect(window.get_by_role("menuitem", name="Transfer")).to_be_focused()
    await staff.page.keyboard.press("Enter")
    popover = window.get_by_role("dialog", name="Transfer to")
    target = popover.get_by_role("button", name=re.compile("Ben"))
    await expect(target).to_have_attribute("aria-disabled", "true")
    await expect(target).to_contain_text("Offline")
    await ben.go_online(1)
    await expect(target).to_contain_text("Online, 0 of 1 busy")
    await target.focus()
    await staff.page.keyboard.press("Enter")
    await popover.get_by_role("textbox", name="A note for them").fill("She is in a hurry")
    await staff.page.keyboard.press("Enter")

    await ben.event(visitor.conversation, "transferred")
    assert (await ben.event(visitor.conversation, "note"))["text"] == "She is in a hurry"
    await expect(window.get_by_text("Passed from Ada to Ben")).to_be_visible()
    await expect(window.get_by_text("Ben has this conversation.")).to_be_visible()
    await expect(window.get_by_role("textbox")).to_be_hidden()
    await window.get_by_role("button", name="Take over").click()
    await expect(window.get_by_role("textbox", name="Reply")).to_be_visible()
    await staff.reply(window, "Here I am again")
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Here I am again"))


@pytest.mark.feature("B10", "B11")
async def test_conversation_for_a_department_stays_until_somebody_there_is_free(online: Online) -> None:
    shop, staff = await online(line=True)
    ben_id, ben = await colleague(shop, "Ben", None)
    department = {"id": "after-sales", "name": "After-sales", "operators": [ben_id]}
    await staff.settings(shop.a, shop.id, departments=[department])
    visitor, window = await asking(shop, staff, "The handle broke")
    await choose(window, "Transfer")
    popover = window.get_by_role("dialog", name="Transfer to")
    await popover.get_by_role("button", name=re.compile("After-sales")).click()
    await popover.get_by_role("button", name="Transfer to After-sales").click()
    strip = window.get_by_text("Waits for After-sales. It stays with you until somebody takes it.")
    await expect(strip).to_be_visible()
    await window.get_by_role("button", name="Keep it").click()
    await expect(strip).to_be_hidden()
    await choose(window, "Transfer")
    await popover.get_by_role("button", name=re.compile("After-sales")).click()
    await popover.get_by_role("button", name="Transfer to After-sales").click()
    await expect(strip).to_be_visible()
    await ben.go_online(1)
    await ben.event(visitor.conversation, "transferred")
    await expect(window.get_by_text("Ben has this conversation.")).to_be_visible()
    await expect(strip).to_be_hidden()


@pytest.mark.feature("B10")
async def test_visitor_is_blocked_after_being_asked_and_unblocked(online: Online) -> None:
    shop, staff = await online()
    visitor, window = await asking(shop, staff, "buy followers")
    await choose(window, "Block visitor")
    asked = window.get_by_role("alertdialog", name=re.compile("^Block Guest"))
    await expect(asked.get_by_role("button", name="Do not block")).to_be_focused()
    await asked.get_by_role("button", name="Block visitor").click()
    await visitor.event(visitor.conversation, "ended")
    await expect(window.get_by_text("Guest is blocked.")).to_be_visible(timeout=LONG_MS)
    await expect(window.get_by_role("button", name="Reopen")).to_be_hidden()
    await window.get_by_role("button", name="Unblock visitor").click()
    await expect(window.get_by_role("button", name="Reopen")).to_be_visible()


@pytest.mark.feature("B4")
async def test_replies_written_without_a_connection_keep_their_order_and_say_how_they_stand(online: Online) -> None:
    shop, staff = await online()
    visitor, window = await asking(shop, staff, "Are you there?")
    cut, sockets = [False], list[WebSocketRoute]()

    async def pass_on(socket: WebSocketRoute) -> None:
        if cut[0]:
            return await socket.close(code=1012)
        socket.connect_to_server()
        sockets.append(socket)
        return None

    await staff.page.route_web_socket("**/v1/operator", pass_on)
    await staff.page.reload()
    await expect(window.get_by_text("Are you there?")).to_be_visible()
    cut[0] = True
    for socket in sockets:
        await socket.close(code=1012)
    for text in ("Yes.", "Go on."):
        await staff.reply(window, text)
    await expect(window.get_by_text("Will send when back online")).to_have_count(2)
    cut[0] = False
    await staff.page.evaluate("dispatchEvent(new Event('online'))")
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Go on."), 30)
    assert visitor.inbox.texts(visitor.conversation) == ["Are you there?", "Yes.", "Go on."]
    await staff.expect_messages(window, ["Are you there?", "Yes.", "Go on."])
    await expect(window.get_by_text("Will send when back online")).to_have_count(0)


@pytest.mark.feature("B4")
async def test_on_a_phone_a_window_fills_the_screen_and_canned_replies_are_a_touch_away(online: Online) -> None:
    shop, staff = await online()
    await make_reply(shop, staff, "thanks", "Thank you, and have a good day.")
    visitor = await shop.visitor()
    await visitor.start("Good morning")
    await staff.page.set_viewport_size({"width": 390, "height": 844})
    await staff.page.emulate_media(reduced_motion="reduce")
    await staff.page.reload()
    window = staff.page.locator(f'[data-conversation="{visitor.conversation}"]')
    entry = staff.page.get_by_role("complementary", name="Conversations").get_by_text("Good morning")
    await expect(window.or_(entry).first).to_be_visible()
    if not await window.is_visible():
        await entry.click()
    box = await window.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    await window.get_by_role("group", name="Canned replies").get_by_role("button", name="/thanks").click()
    await expect(window.get_by_role("textbox", name="Reply")).to_have_value("Thank you, and have a good day.")
    await window.get_by_role("button", name="Send").click()
    await visitor.wait_for(lambda: visitor.inbox.first(visitor.conversation, text="Thank you, and have a good day."))
    await choose(window, "End the conversation")
    await window.get_by_role("button", name="End conversation").click()
    await visitor.event(visitor.conversation, "ended")
    await window.get_by_role("button", name="Conversations").click()
    await expect(window).to_be_hidden()
