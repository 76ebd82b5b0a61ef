"""Pictures of every state of the widget: `python -m tests.screens.widget`, the second half of `make screens`.

python -m tests.screens.widget [--widths 1280,390] [--languages en,fr,pl,ar-XB] [--into build/screens/widget] [--axe]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, async_playwright, expect

from tests.browser.conftest import NAMES, QUIET
from tests.screens import checks, polls, sheet, widget_asks, widget_files, widget_push, widget_reviews
from tests.screens.staff import Shop
from tests.screens.stage import THEMES
from tests.support.installation import Installation
from tests.support.pages import VisitorPage
from tests.support.protocol_client import Operator
from tests.support.shop_page import held_by, shop_page

FOLDER = Path("build/screens/widget")
LANGUAGES = ("en", "fr", "pl", "ar-XB")
WIDTHS = {1280: 760, 390: 844}
QUESTION = "Hello! Can the Tide mugs go in the dishwasher? I bought two last week."
SECOND = "Lovely. And is the 340 ml one coming back in blue?"
ANSWER = "Hello Hannah! Yes, the glaze is fired at 1,260 °C, so every day is fine: morrow.example/tide-blue"


@dataclass
class Walk:
    """One way through all states, in one language and at one width."""

    browser: Browser
    shop: Shop
    operator: Operator
    language: str
    width: int
    folder: Path
    axe: bool
    shots: list[sheet.Shot]

    async def visitor(self) -> VisitorPage:
        size = {"width": self.width, "height": WIDTHS[self.width]}
        phone = self.width < 480
        return await shop_page(
            self.browser, self.shop.base, self.shop.id, lang=self.language,
            viewport=size, has_touch=phone, is_mobile=phone, reduced_motion="reduce", timezone_id="Europe/Warsaw",
        )  # fmt: skip

    async def take(self, visitor: VisitorPage, name: str, there: Locator | None = None) -> None:
        """The page as it stands once `there` is seen, in each theme."""
        if there is not None:
            await expect(there).to_be_visible()
        for theme in THEMES:
            await visitor.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            file = f"{name}-{self.width}-{self.language}-{theme}.png"
            await visitor.page.screenshot(path=self.folder / file)
            faults = await checks.axe_faults(visitor.page) if self.axe else []
            self.shots.append(sheet.Shot(name, self.width, self.language, theme, file, faults))

    async def go(self) -> None:
        visitor = await self.visitor()
        widget = visitor.page.locator("shopbell-widget")
        await self.take(visitor, "01-launcher", widget.locator(".launcher"))
        await widget.locator(".launcher").focus()
        await self.take(visitor, "02-launcher-focus")
        await widget.locator(".launcher").click()
        await self.take(visitor, "03-open", widget.locator(".composer"))
        await self._chat(visitor, widget)
        await self._line(widget)
        await self._end(visitor, widget)
        await visitor.context.close()
        await self._form()
        await widget_asks.go(self)
        await widget_push.go(self)
        await polls.go(self)
        await widget_reviews.go(self)

    async def _chat(self, visitor: VisitorPage, widget: Locator) -> None:
        composer = widget.locator(".composer textarea")
        await composer.fill(QUESTION)
        await composer.press("Enter")
        held = await held_by(self.operator)
        await self.operator.say(held, ANSWER)
        await composer.fill(SECOND)
        await composer.press("Enter")
        asked = await self.operator.wait_for(lambda: self.operator.inbox.first(held, text=SECOND))
        self.operator.tell("read", conversation=held, upto=asked["seq"])
        self.operator.tell("typing", conversation=held, on=True)
        await self.take(visitor, "04-chat", widget.locator(".by.read"))
        await widget.locator(".composer .tool[aria-expanded]").click()
        await self.take(visitor, "05-emoji", widget.locator(".emoji"))
        await visitor.page.keyboard.press("Escape")
        for item, name in ((None, "06-menu"), (0, "07-copy"), (2, "08-end-asks")):
            await widget.locator("header .tool[aria-haspopup]").click()
            if item is not None:
                await widget.locator(".menu button").nth(item).click()
            await self.take(visitor, name, widget.locator(".menu" if item is None else ".sheet"))
            await visitor.page.keyboard.press("Escape")
        await visitor.cut()
        await composer.fill("That is so kind, thank you!")
        await composer.press("Enter")
        await composer.fill("Could you use the same address as for order 20418?")
        await self.take(visitor, "09-reconnecting", widget.locator(".strip"))
        await composer.fill("")
        await visitor.mend()
        await expect(widget.locator(".strip")).to_be_hidden()
        await widget_files.go(self, visitor, widget)

    async def _line(self, others: Locator) -> None:
        waiting = await self.visitor()
        widget = waiting.page.locator("shopbell-widget")
        await widget.locator(".launcher").click()
        await widget.locator(".composer textarea").fill("Do you deliver to Norway, and how long does it take?")
        await widget.locator(".composer textarea").press("Enter")
        await self.take(waiting, "10-in-line", widget.locator(".waiting"))
        await widget.locator("header .tool").last.click()
        await self.take(waiting, "11-launcher-in-line", widget.locator(".launcher"))
        await widget.locator(".launcher").click()
        await widget.locator(".waiting .link").click()
        await expect(widget.locator(".waiting")).to_be_hidden()
        await waiting.context.close()
        await expect(others.locator(".composer")).to_be_visible()

    async def _end(self, visitor: VisitorPage, widget: Locator) -> None:
        held = await held_by(self.operator)
        await widget.locator("header .tool").last.click()
        for text in ("You are welcome. Enjoy the mugs!", "The lid fits, too."):
            await self.operator.say(held, text)
        await self.take(visitor, "12-unread", widget.locator(".count"))
        await widget.locator(".launcher").click()
        await self.operator.end(held)
        await widget.locator(".stars label").nth(3).click()
        await self.take(visitor, "13-rating", widget.locator(".rating .primary"))
        await widget.locator(".rating .primary").click()
        await expect(widget.locator(".rating")).to_be_hidden()
        await self.take(visitor, "14-rated")

    async def _form(self) -> None:
        await self.operator.go_offline()
        visitor = await self.visitor()
        widget = visitor.page.locator("shopbell-widget")
        await self.take(visitor, "15-launcher-form", widget.locator(".launcher.form"))
        await widget.locator(".launcher").click()
        first = widget.locator("input.in").first
        await self.take(visitor, "16-form", first)
        await first.fill("Mateusz")
        await widget.locator("input[name=email]").fill("m.zielinski@poczta")
        await widget.locator(".btn.primary").click()
        await self.take(visitor, "17-form-errors", widget.locator(".box.red"))
        await widget.locator("input[name=email]").fill("m.zielinski@poczta.example")
        await widget.locator("textarea").fill("Dzień dobry, czy dzbanek „Fala” można odebrać osobiście w Krakowie?")
        await widget.locator(".btn.primary").click()
        await self.take(visitor, "18-form-sent", widget.locator(".ring.green"))
        await visitor.context.close()


async def _walk_all(browser: Browser, installation: Installation, given: argparse.Namespace) -> list[sheet.Shot]:
    shots: list[sheet.Shot] = []
    for width in (int(each) for each in given.widths.split(",")):
        for language in given.languages.split(","):
            shop = await Shop.make(
                installation, f"w-{width}-{language.lower()}", {"Maja": "owner"}, limit=1, line=True, offline_mode=True,
                languages=["en", "fr", "pl"], operator_name="Maja", name="Morrow Ceramics",
                header={"en": "We are at the counter", "fr": "Nous sommes au comptoir", "pl": "Jesteśmy przy ladzie"},
                welcome={
                    "en": "Hello, and welcome. Ask us about glazes, sizes or your order.",
                    "fr": "Bonjour et bienvenue. Une question sur un émail, une taille ou votre commande ?",
                    "pl": "Dzień dobry. Zapytaj o szkliwo, rozmiar albo swoje zamówienie.",
                },
            )  # fmt: skip
            operator = await shop.operator("Maja", channels=1)
            await Walk(browser, shop, operator, language, width, given.into, given.axe, shots).go()
            await shop.close()
    return shots


async def _main(given: argparse.Namespace) -> int:
    chromium = next((path for name in NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        print("No Chromium on this machine: `make browser` says how to get one.", file=sys.stderr)
        return 2
    given.into.mkdir(parents=True, exist_ok=True)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        installation = Installation(Path(folder) / "home", gateways=1)
        await asyncio.to_thread(installation.start)
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *root])
                shots = await _walk_all(browser, installation, given)
                sheets = await sheet.write(browser, given.into, shots)
        finally:
            await asyncio.to_thread(installation.stop)
    faults = [f"{shot.scene} {shot.group}: {fault}" for shot in shots for fault in shot.faults]
    print(*faults, f"{len(shots)} pictures, {len(faults)} faults", *sheets, sep="\n")
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make screens", description="Take pictures of every state of the widget.")
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)), help="comma-separated, px")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder for pictures and sheets")
    parser.add_argument("--axe", action="store_true", help="also ask axe")
    return parser.parse_args()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(asyncio.run(_main(_arguments())))
