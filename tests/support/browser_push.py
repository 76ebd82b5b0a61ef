"""Push in a real browser: subscriptions at a push service of our own, and the last step of a push, by DevTools."""

from contextlib import suppress
from typing import Any, Final

from playwright.async_api import BrowserContext, CDPSession, Worker

from tests.support.waiting import eventually

SHOWN_SECONDS: Final = 3.0

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
"""For pages: `subscribeToPushService` is a function that they are given."""


class ServiceWorker:
    """A page's, in its browser: the dashboard's, or a shop's."""

    def __init__(self, worker: Worker, session: CDPSession, origin: str) -> None:
        self.worker, self._session, self._origin = worker, session, origin
        self._registration = ""

    @classmethod
    async def of(cls, context: BrowserContext, origin: str) -> "ServiceWorker":
        # A page of its own, so that the worker outlives those that it is for.
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

    async def notify(self, payload: str) -> None:
        """The same until it is shown: what is delivered while a closed page still counts as looked at, or while the
        worker is just being put to sleep, shows nothing. Again under its tag it takes its own place."""

        async def stands() -> list[dict[str, Any]]:
            await self.deliver(payload)
            with suppress(AssertionError):
                await eventually(self.shown, SHOWN_SECONDS)
            return await self.shown()

        await eventually(stands, what="a notification", seconds=30.0)

    async def shown(self) -> list[dict[str, Any]]:
        """Title, body and tag of the notifications that stand there."""
        found: list[dict[str, Any]] = await self.worker.evaluate(
            """async () => {
                const there = await self.registration.getNotifications();
                return there.map(({ title, body, tag }) => ({ title, body, tag }));
            }"""
        )
        return found

    async def icons(self) -> list[str]:
        """The pictures beside them, empty where one has none."""
        found: list[str] = await self.worker.evaluate(
            "async () => (await self.registration.getNotifications()).map(({ icon }) => icon)"
        )
        return found

    async def show(self, title: str, conversation: str) -> None:
        """A notification that stands there already."""
        await self.worker.evaluate(
            "([title, conversation]) => self.registration.showNotification(title, { data: { conversation } })",
            [title, conversation],
        )

    async def click(self) -> str | None:
        """Click the first notification, and wait for all that this makes the worker do, and until it stands there no
        more; the address that it opened, if it opened one."""
        return await self.worker.evaluate(  # type: ignore[no-any-return]  # as JavaScript gives it
            """async () => {
                const [notification] = await self.registration.getNotifications();
                const event = new NotificationEvent("notificationclick", { notification });
                const works = [];
                let opened = null;
                event.waitUntil = (work) => works.push(work);
                self.clients.openWindow = async (url) => { opened = url; return null; };
                self.dispatchEvent(event);
                await Promise.allSettled(works);
                const stands = ({ tag }) => tag === notification.tag;
                while ((await self.registration.getNotifications()).some(stands))
                    await new Promise((done) => setTimeout(done, 20));
                return opened;
            }"""
        )
