"""Push in the browser: an operator who closed the dashboard is called back, and a visitor rings the shop's bell.

The browser's own push service is a company's; ours takes its place. What it took is handed to the real service worker.
"""

import json
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from contracts.conversations.settings import PushSettings
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Staff
from tests.support.browser_push import STAND_IN, ServiceWorker
from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.pages import VisitorPage, past_the_guide
from tests.support.push_service import PushService
from tests.support.shop_page import shop_page
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

AWAY_SECONDS = 60.0
"""Somebody is marked away 25 s after their connection is lost; then comes the push."""

COUNTED_SECONDS = 30.0
"""What is told twice, because a word was lost, is told again after ten seconds."""

FORBIDDEN = "<script>Object.defineProperty(Notification, 'permission', { value: 'denied' });</script>"


@pytest.fixture
def installation(pushing_installation: Installation) -> Installation:
    return pushing_installation


async def staff_of(browser: Browser, shop: Shop, service: PushService) -> Dashboard:
    """The shop's operator in a browser that may show notifications, and subscribes at our push service."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.grant_permissions(["notifications"], origin=shop.a)
    await context.expose_function("subscribeToPushService", lambda key: service.subscribe(key).as_json())
    await context.add_init_script(STAND_IN)
    await past_the_guide(context)
    page = Dashboard(context, await context.new_page())
    await page.page.goto(f"{shop.a}/dashboard/")
    await page.page.locator("input[type=email]").fill(shop.email)
    await page.page.locator("input[type=password]").fill(shop.password)
    await page.page.locator("form button.primary").click()
    await page.go(online=True)
    return page


async def turn_push(page: Page, *, on: bool) -> None:
    """The switch in the account's menu."""
    switch = page.get_by_role("switch", name="Push when closed")
    if not await switch.is_visible():
        await page.get_by_role("button", name="Account").click()
    wanted = "true" if on else "false"
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", wanted)
    await page.keyboard.press("Escape")


@pytest.mark.feature("B12")
async def test_operator_who_closed_the_dashboard_is_called_back_into_the_conversation(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    staff = await staff_of(browser, shop, service)
    await turn_push(staff.page, on=True)
    visitor = await shop.visitor()
    await visitor.start("Is the jug back in stock?")
    await expect(staff.window_with("Is the jug back in stock?")).to_be_visible()
    worker = await ServiceWorker.of(staff.context, shop.a)
    await staff.page.close()
    await visitor.say(visitor.conversation, "Hello? A secret")
    (pushed,) = await eventually(lambda: service.taken, AWAY_SECONDS, what="a push")
    assert pushed.payload["title"] == "New message"
    assert "secret" not in json.dumps(pushed.payload)

    await worker.notify(json.dumps(pushed.payload))
    tag = f"shopbell:{visitor.conversation}"
    assert await worker.shown() == [{"title": "New message", "body": "A visitor wrote to you.", "tag": tag}]
    opened = await worker.click()
    assert opened == f"/dashboard/#/chat/{visitor.conversation}"

    back = Dashboard(staff.context, await staff.context.new_page())
    await back.page.goto(shop.a + opened)
    await expect(back.window_with("Hello? A secret")).to_be_visible()
    await expect(back.page.get_by_role("button", name="I am back")).to_have_count(0)  # the desk knows that they are
    await visitor.say(visitor.conversation, "Seen on the dashboard")
    await expect(back.window_with("Seen on the dashboard")).to_be_visible()
    assert len(service.taken) == 1
    assert back.errors == []


async def test_click_while_the_dashboard_is_open_opens_the_conversation_there(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    staff = await staff_of(browser, shop, service)
    await turn_push(staff.page, on=True)
    visitor = await shop.visitor()
    await visitor.start("One moment please")
    window = staff.window_with("One moment please")
    await expect(window).to_be_visible()
    await window.get_by_role("button", name="Hide").click()
    await expect(window).to_be_hidden()
    worker = await ServiceWorker.of(staff.context, shop.a)
    said = {"title": "Not shown", "url": "/dashboard/", "tag": "t", "conversation": str(visitor.conversation)}
    await worker.deliver(json.dumps(said))  # who looks at the dashboard needs no notification
    await worker.show("Shown before", str(visitor.conversation))
    assert [one["title"] for one in await eventually(worker.shown)] == ["Shown before"]
    assert await worker.click() is None
    await expect(window).to_be_visible()
    assert await worker.shown() == []


async def test_push_that_cannot_be_read_is_shown_all_the_same(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    staff = await staff_of(browser, shop, service)
    await turn_push(staff.page, on=True)
    worker = await ServiceWorker.of(staff.context, shop.a)
    await staff.page.close()
    await worker.notify("no JSON")
    (shown,) = await worker.shown()
    assert shown["tag"] == "shopbell"
    assert shown["title"]


async def test_switch_tells_the_gateway_and_lasts_over_loads_until_it_is_turned_off(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    staff = await staff_of(browser, shop, service)
    await turn_push(staff.page, on=True)
    endpoint = next(iter(service.browsers.values())).endpoint
    async with staff.page.expect_request("**/v1/push-subscription") as renewed:
        await staff.page.reload()
    assert json.loads((await renewed.value).post_data or "")["endpoint"] == endpoint
    await expect(staff.switch).to_be_visible()
    async with staff.page.expect_request("**/v1/push-subscription") as forgotten:
        await turn_push(staff.page, on=False)
    assert (await forgotten.value).method == "DELETE"
    assert len(service.browsers) == 1


async def visitor_of(browser: Browser, shop: Shop, service: PushService, path: str, *, allowed: bool) -> VisitorPage:
    """A visitor on a page of the shop, in a browser that subscribes at our push service."""
    leave = ["local-network-access", *(["notifications"] if allowed else [])]
    visitor = await shop_page(
        browser, shop.a, shop.id, head="" if allowed else FORBIDDEN, tag=f'data-page-group="{path}"', permissions=leave
    )
    await visitor.context.expose_function("subscribeToPushService", lambda key: service.subscribe(key).as_json())
    await visitor.context.add_init_script(STAND_IN)
    await visitor.page.reload()
    return visitor


async def sent(shop: Shop, notices: dict[str, Any], page: str) -> str:
    """A campaign that goes out now."""
    staff = Staff(shop)
    made = await staff.send("POST", "/campaigns", json={"content": {"notices": notices, "url": page}})
    assert made.status_code == 201, made.text
    campaign = str(made.json()["id"])
    gone = await staff.send("POST", f"/campaigns/{campaign}/schedule", json={})
    assert gone.is_success, gone.text
    return campaign


async def counted(shop: Shop, campaign: str, **counts: int) -> None:
    """Wait until the campaign's figures say so."""

    async def so() -> bool:
        found: dict[str, int] = (await Staff(shop).send("GET", f"/campaigns/{campaign}")).json()["counts"]
        return counts.items() <= found.items()

    await eventually(so, COUNTED_SECONDS, what=f"{counts}")


@pytest.mark.feature("F1", "F2")
async def test_visitor_rings_the_bell_gets_a_campaign_opens_its_page_and_stops(
    browser: Browser, make_shop: MakeShop, service: PushService
) -> None:
    shop = await make_shop(push=PushSettings(on=True))
    visitor = await visitor_of(browser, shop, service, "mugs", allowed=True)
    off = visitor.page.get_by_role("button", name="Get word of what is new")
    on = visitor.page.get_by_role("button", name="You will hear from us")
    async with visitor.page.expect_response("**/push-subscriptions") as answered:
        await off.click()
    answer = await answered.value
    assert answer.status == 201
    told = json.loads(answer.request.post_data or "")
    (subscribed,) = service.browsers.values()
    assert (told["subscription"]["endpoint"], told["group"], told["language"]) == (subscribed.endpoint, "mugs", "en")
    assert "token" not in told  # who has not acted is nobody yet
    await expect(on).to_be_visible()
    await visitor.page.reload()
    await expect(on).to_be_visible()

    page, icon = f"{shop.a}/demo/moss-bowl.html", f"{shop.a}/dashboard/icon-192.png"
    await Staff(shop).settings(push={"icon": icon})
    campaign = await sent(shop, {"en": {"subject": "The Moss bowl is back", "text": "Twelve"}}, page)
    (pushed,) = await eventually(lambda: service.taken, COUNTED_SECONDS, what="a push")
    worker = await ServiceWorker.of(visitor.context, shop.a)
    for _ in range(2):  # one that comes twice stands there once
        await worker.notify(json.dumps(pushed.payload))
    assert await worker.icons() == [icon]
    shown = {"title": "The Moss bowl is back", "body": "Twelve", "tag": f"shopbell:{campaign}"}
    assert await worker.shown() == [shown]
    assert await worker.click() == page
    await counted(shop, campaign, clicked=1)

    here = visitor.page.url
    for address in (here, f"{here}?again"):  # a reply is read on the page where they were, open or not
        reply = {"kind": "reply", "title": "Maja", "url": address, "conversation": str(uuid4())}
        await worker.notify(json.dumps(reply))
        opened = await worker.click()
        assert opened == (None if address == here else address)
        if opened:
            await visitor.page.goto(opened)
        await expect(visitor.window).to_be_visible()
        await visitor.window.get_by_role("button", name="Minimise").click()
        await expect(visitor.window).to_be_hidden()

    async with visitor.page.expect_request("**/push-subscriptions") as forgotten:
        await on.click()
    gone = await forgotten.value
    assert gone.method == "DELETE"
    assert json.loads(gone.post_data or "") == {"endpoint": subscribed.endpoint, "campaign": campaign}
    await expect(off).to_be_visible()
    await counted(shop, campaign, clicked=1, unsubscribed=1)
    assert visitor.errors == []


@pytest.mark.feature("F1")
async def test_bell_says_how_to_allow_it_where_it_is_blocked_and_is_absent_where_push_is_off(
    browser: Browser, make_shop: MakeShop, service: PushService
) -> None:
    shop = await make_shop(push=PushSettings(on=True))
    visitor = await visitor_of(browser, shop, service, "mugs", allowed=False)
    bell = visitor.page.get_by_role("button", name="Your browser blocks these")
    await bell.click()
    await expect(visitor.page.get_by_role("status").filter(has_text="in your browser’s settings")).to_be_visible()
    await Staff(shop).settings(push={"on": False})
    async with visitor.page.expect_event("websocket"):
        await visitor.page.reload()
    await expect(visitor.launcher.or_(visitor.page.get_by_role("button", name="Leave a message"))).to_be_visible()
    await expect(bell).to_have_count(0)
    assert service.browsers == {}
