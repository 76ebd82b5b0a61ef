"""The two pages as people use them: a visitor's shop page with the widget, and the operator's dashboard."""

import re
from typing import Self

from playwright.async_api import Browser, BrowserContext, Locator, Page, WebSocketRoute, expect

PRODUCT = "/demo/tide-mug.html"
expect.set_options(timeout=15_000)

LONG_MS = 30_000
"""For what waits for a process to come back: its restart and the client's backoff."""


class Recorded:
    """A page and what went wrong in it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))


class VisitorPage(Recorded):
    """A visitor on a product page."""

    def __init__(self, context: BrowserContext, page: Page, base_url: str) -> None:
        super().__init__(context, page)
        self.base_url = base_url
        self._is_cut = False
        self._sockets: list[WebSocketRoute] = []

    @classmethod
    async def open(cls, browser: Browser, base_url: str, path: str = PRODUCT) -> Self:
        """A person with a clean profile comes to the shop."""
        return await cls.another_tab(await browser.new_context(), base_url, path)

    @classmethod
    async def another_tab(cls, context: BrowserContext, base_url: str, path: str = PRODUCT) -> Self:
        """The same person opens one more page."""
        page = cls(context, await context.new_page(), base_url)
        await page.page.route_web_socket("**/v1/visitor*", page._pass_on)
        await page.page.goto(base_url + path)
        return page

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name="Online consultant")

    @property
    def window(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def composer(self) -> Locator:
        return self.window.get_by_role("textbox", name="Write a message")

    async def open_chat(self) -> None:
        """Open the window, unless it is open already."""
        await expect(self.launcher.or_(self.window).first).to_be_visible()
        if await self.launcher.is_visible():
            await self.launcher.click()
        await expect(self.composer).to_be_visible()

    async def write(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def cut(self) -> None:
        """Lose the socket, and every new one, while pages still load."""
        self._is_cut = True
        for socket in self._sockets:
            await socket.close(code=1012)
        self._sockets.clear()

    async def mend(self) -> None:
        """Sockets get through again; the page is told as if the network came back."""
        self._is_cut = False
        await self.page.evaluate("dispatchEvent(new Event('online'))")

    async def _pass_on(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            await socket.close(code=1012)
            return
        socket.connect_to_server()
        self._sockets.append(socket)

    async def messages(self) -> list[str]:
        """The texts of all bubbles, in the order shown."""
        return await self.window.locator(".bubble:not(.dots)").all_inner_texts()

    async def expect_messages(self, texts: list[str], timeout_ms: int = 10_000) -> None:
        """Exactly these, in this order."""
        await expect(self.window.locator(".bubble:not(.dots)")).to_have_text(texts, timeout=timeout_ms)

    async def choose(self, item: str) -> None:
        """One of the things behind "…"."""
        await self.window.get_by_role("button", name="More").click()
        await self.window.get_by_role("menuitem", name=item).click()

    async def end(self) -> None:
        """End the conversation and say yes."""
        await self.choose("End the conversation")
        asked = self.window.get_by_role("alertdialog")
        await asked.get_by_role("button", name="End the conversation").click()


async def past_the_guide(context: BrowserContext) -> BrowserContext:
    """Owners of new shops who sign in here find the desk, as if they had left the guide before."""
    await context.add_init_script("localStorage.setItem('shopbell:guide:left', 'yes')")
    return context


class OperatorPage(Recorded):
    """An operator at the dashboard."""

    @classmethod
    async def sign_in(cls, browser: Browser, base_url: str, email: str, password: str) -> Self:
        """Sign in through the form and wait for the desk."""
        context = await past_the_guide(await browser.new_context(viewport={"width": 1440, "height": 900}))
        page = cls(context, await context.new_page())
        await page.page.goto(f"{base_url}/dashboard/")
        await page.page.get_by_label("Email").fill(email)
        await page.page.get_by_label("Password").fill(password)
        await page.page.get_by_role("button", name="Sign in").click()
        await expect(page.switch).to_be_visible()
        return page

    @property
    def switch(self) -> Locator:
        """The online switch of the desk bar."""
        return self.page.locator(".desk").get_by_role("switch")

    async def go(self, *, online: bool) -> None:
        wanted = "true" if online else "false"
        if await self.switch.get_attribute("aria-checked") != wanted:
            await self.switch.click()
        await expect(self.switch).to_have_attribute("aria-checked", wanted)

    def window_with(self, text: str) -> Locator:
        """The chat window in which this was said."""
        return self.page.get_by_role("region", name=re.compile("Conversation with")).filter(
            has=self.page.get_by_text(text, exact=True)
        )

    async def reply(self, window: Locator, text: str) -> None:
        field = window.get_by_role("textbox")
        await field.fill(text)
        await field.press("Enter")

    async def expect_messages(self, window: Locator, texts: list[str], timeout_ms: int = 10_000) -> None:
        """Exactly these bubbles, in this order."""
        await expect(window.locator(".bb")).to_have_text(texts, timeout=timeout_ms)

    async def end(self, window: Locator) -> None:
        await window.get_by_role("button", name="End the conversation").click()
        await window.get_by_role("button", name="End conversation").click()

    async def close_finished(self) -> None:
        """Take the windows of ended conversations off the counter."""
        closers = self.page.get_by_role("button", name="Close window", exact=True)
        while await closers.count():
            await closers.first.click()
