"""The dashboard as one member of staff has it before them, at one width, in any language and theme."""

from __future__ import annotations

from playwright.async_api import Browser, ViewportSize, WebSocketRoute, expect

from tests.screens.staff import Shop
from tests.support.dashboard import Dashboard

HEIGHTS = {390: 844, 768: 1024, 1024: 768, 1280: 800, 1366: 768, 1440: 900, 1720: 1000}
LANGUAGES = ("en", "fr", "pl")
THEMES = ("light", "dark")

_CHOOSE = """language => {
    const key = "shopbell:choice:language";
    localStorage.setItem(key, language);
    dispatchEvent(new StorageEvent("storage", {key, newValue: language}));
}"""

_SETTLED = """document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(done))))"""


class Stage(Dashboard):
    """A page on which scenes are set, one after another."""

    shop: Shop
    _sockets: list[WebSocketRoute]
    _is_cut: bool

    @classmethod
    async def of(cls, browser: Browser, shop: Shop, name: str, width: int) -> Stage:
        """A clean browser of this member of staff; without a name nobody is signed in."""
        phone = width < 600
        size = ViewportSize(width=width, height=HEIGHTS.get(width, 900))
        context = await browser.new_context(
            viewport=size,
            has_touch=phone,
            is_mobile=phone,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Warsaw",
        )
        stage = cls(context, await context.new_page())
        stage.shop, stage._sockets, stage._is_cut = shop, [], False
        if name:
            who = shop.staff[name]
            body = {"email": who.email, "password": who.password}
            answer = await context.request.post(f"{shop.base}/v1/session", data=body, headers={"Origin": shop.base})
            assert answer.ok, await answer.text()
        await stage.page.route_web_socket("**/v1/operator*", stage._pass_on)
        return stage

    @property
    def is_phone(self) -> bool:
        return self.page.viewport_size is not None and self.page.viewport_size["width"] < 600

    async def reset(self) -> None:
        """The page as it is when it is opened for the first time, in English and light."""
        self._is_cut = False
        await self.page.emulate_media(color_scheme="light")
        await self.page.goto(f"{self.shop.base}/dashboard/")
        await self.page.evaluate("() => { sessionStorage.clear(); localStorage.clear() }")
        await self.page.goto("about:blank")
        await self.page.goto(f"{self.shop.base}/dashboard/#/")
        await expect(self.page.get_by_role("main")).to_be_visible()
        await self.page.wait_for_load_state("networkidle")

    async def is_there(self) -> bool:
        """Whether the dashboard is shown, if not the scene that was meant."""
        return await self.page.get_by_role("main").count() > 0

    async def cut(self) -> None:
        """The connection is lost and does not come back."""
        self._is_cut = True
        for socket in self._sockets:
            await socket.close(code=1012)
        self._sockets.clear()

    async def speak(self, language: str) -> None:
        """Change the language under the scene, as if it had been chosen in another tab."""
        await self.page.evaluate(_CHOOSE, language)
        await expect(self.page.locator("html")).to_have_attribute("lang", language)

    async def wear(self, theme: str) -> None:
        await self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")

    async def settled(self) -> None:
        """Wait until what was just drawn has been laid out, fonts included."""
        await self.page.evaluate(_SETTLED)

    async def _pass_on(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            await socket.close(code=1012)
            return
        socket.connect_to_server()
        self._sockets.append(socket)
