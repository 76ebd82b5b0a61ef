"""An operator closes the dashboard: a push calls them back, and opens the conversation.

The browser's own push service is a company's; ours takes its place. What it took is handed to the real service worker.
"""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Worker, expect

from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.pages import past_the_guide
from tests.support.push_service import PushService, push_service
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

AWAY_SECONDS = 60.0
"""Somebody is marked away 25 s after their connection is lost; then comes the push."""

STAND_IN = """
    const kept = () => JSON.parse(localStorage.getItem("test:subscription") ?? "null");
    const bytes = (key) => {
        const said = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
        return Uint8Array.from(said, (letter) => letter.charCodeAt(0)).buffer;
    };
    const made = (said) => said && {
        endpoint: said.endpoint,
        options: { applicationServerKey: bytes(said.key) },
        toJSON: () => said.json,
        unsubscribe: async () => {
            localStorage.removeItem("test:subscription");
            return true;
        },
    };
    PushManager.prototype.getSubscription = async () => made(kept());
    PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
        const json = await window.subscribeToPushService(key);
        localStorage.setItem("test:subscription", JSON.stringify({ key, json, endpoint: json.endpoint }));
        return made(kept());
    };
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One that may speak to a push service on this machine."""
    home = tmp_path_factory.mktemp("pushing")
    running = Installation(home, environment={"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"})
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running
    assert running.wrong == []


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


class ServiceWorker:
    """The dashboard's, in its browser."""

    def __init__(self, worker: Worker, session: CDPSession, origin: str) -> None:
        self.worker, self._session, self._origin = worker, session, origin
        self._registration = ""

    @classmethod
    async def of(cls, context: BrowserContext, origin: str) -> "ServiceWorker":
        # A page of its own, so that the worker outlives the dashboard's.
        page = await context.new_page()
        await page.goto(f"{origin}/healthz")
        made = cls(context.service_workers[0], await context.new_cdp_session(page), origin)
        made._session.on("ServiceWorker.workerRegistrationUpdated", made._know)
        await made._session.send("ServiceWorker.enable")
        await eventually(lambda: made._registration)
        return made

    def _know(self, told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if not one["isDeleted"] and one["scopeURL"].startswith(self._origin):
                self._registration = one["registrationId"]

    async def deliver(self, payload: str) -> None:
        """What a push service's last step does."""
        where = {"origin": self._origin, "registrationId": self._registration}
        await self._session.send("ServiceWorker.deliverPushMessage", {**where, "data": payload})

    async def shown(self) -> list[dict[str, Any]]:
        """Title, body and tag of the notifications that stand there."""
        found: list[dict[str, Any]] = await self.worker.evaluate(
            """async () => {
                const there = await self.registration.getNotifications();
                return there.map(({ title, body, tag }) => ({ title, body, tag }));
            }"""
        )
        return found

    async def show(self, title: str, conversation: str) -> None:
        """A notification that stands there already."""
        await self.worker.evaluate(
            "([title, conversation]) => self.registration.showNotification(title, { data: { conversation } })",
            [title, conversation],
        )

    async def click(self) -> str | None:
        """Click the first notification; the address that it opened, if it opened one."""
        return await self.worker.evaluate(  # type: ignore[no-any-return]  # as JavaScript gives it
            """async () => {
                const [notification] = await self.registration.getNotifications();
                let opened = null;
                self.clients.openWindow = async (url) => { opened = url; return null; };
                self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
                await new Promise((done) => setTimeout(done, 500));
                return opened;
            }"""
        )


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

    await worker.deliver(json.dumps(pushed.payload))
    await eventually(worker.shown, what="a notification")
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
    await worker.deliver("no JSON")
    await eventually(worker.shown, what="a notification")
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
