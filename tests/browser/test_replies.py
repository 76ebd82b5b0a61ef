"""A reply to a visitor who has closed the page comes as a notification, which leads back into the conversation."""

import json

import pytest
from playwright.async_api import Browser, expect

from contracts.conversations.settings import PushSettings
from tests.browser.test_push import visitor_of
from tests.integration.gateway.conftest import MakeShop
from tests.integration.gateway.rest import Staff
from tests.support.browser_push import ServiceWorker
from tests.support.installation import Installation
from tests.support.push_service import PushService
from tests.support.shop_page import held_by
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

AWAY_SECONDS = 60.0


@pytest.fixture
def installation(pushing_installation: Installation) -> Installation:
    return pushing_installation


@pytest.mark.feature("F5")
async def test_visitor_who_rang_the_bell_before_they_wrote_hears_the_reply_after_they_left(
    browser: Browser, make_shop: MakeShop, service: PushService
) -> None:
    shop = await make_shop(push=PushSettings(on=True), visitor_away_after=1)
    operator = await shop.operator()
    visitor = await visitor_of(browser, shop, service, "mugs", allowed=True)
    here = visitor.page.url
    await Staff(shop).settings(origins=["/".join(here.split("/")[:3])])
    async with visitor.page.expect_response("**/push-subscriptions"):
        await visitor.page.get_by_role("button", name="Get word of what is new").click()
    await visitor.open_chat()
    async with visitor.page.expect_response("**/push-subscriptions") as told:
        await visitor.write("The rim is chipped.")
    assert "token" in json.loads((await told.value).request.post_data or "")  # whose browser it is
    conversation = await held_by(operator)
    worker = await ServiceWorker.of(visitor.context, shop.a)
    await visitor.page.close()
    await operator.say(conversation, "A new one leaves today.")
    (pushed,) = await eventually(lambda: service.taken, AWAY_SECONDS, what="a push")
    assert (pushed.payload["kind"], pushed.payload["url"]) == ("reply", here)
    await worker.notify(json.dumps(pushed.payload))
    (shown,) = await worker.shown()
    assert (shown["body"], shown["tag"]) == ("A new one leaves today.", f"shopbell:{conversation}")
    assert await worker.click() == here
    back = await visitor.context.new_page()
    await back.goto(here)
    await expect(back.get_by_role("dialog").get_by_text("A new one leaves today.")).to_be_visible()
