"""The dashboard in a real Chromium: its first load, Enter to the other side's screen, the hands of who has 200 chats.

A message counts from the key's own time stamp to the first frame in which the other page draws it. An interaction is
what the browser's Event Timing says: from the key or the click to the next picture, in steps of 8 ms; what takes
less than 16 ms it does not report.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from tests.benchmarks import archive, product
from tests.benchmarks.chats import Chats
from tests.benchmarks.figures import medians, percentile
from tests.benchmarks.load import Traffic
from tests.support.chromium import chromium
from tests.support.installation import Installation
from tests.support.pages import OperatorPage, VisitorPage

Figures = dict[str, float]

WATCHING = Path(__file__).with_name("watching.js").read_text()
LOADS = 5
MESSAGES = 60
"""From each side."""
PAUSE_S = 0.05
ONGOING, IN_HISTORY = 200, 100_000
BESIDE_PER_S = 10
"""Messages a second in the other chats meanwhile."""
ROUNDS = 12
WINDOWS, IN_VIEW = 4, 6
"""On a standard screen: windows, and conversations of the recap, whose list draws no more than can be seen."""
LONG_MS = 60_000
UNREPORTED_MS = 8.0


async def measure(one: Installation) -> Figures:
    """All of it."""
    async with chromium() as browser:
        figures = medians([await _first_load(browser, one) for _ in range(LOADS)])
        figures |= await _enter_to_screen(browser, one)
        return figures | await _busy_desk(browser, one)


async def _first_load(browser: Browser, one: Installation) -> Figures:
    """What a browser that knows nothing yet receives until the desk stands, and when it does."""
    context = await browser.new_context()
    body = {"email": one.owner_email, "password": one.owner_password}
    base = one.base_urls[0]
    await context.request.post(f"{base}/v1/session", data=body, headers={"Origin": base})
    page = await context.new_page()
    await page.add_init_script(WATCHING)
    network = await context.new_cdp_session(page)
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    await network.send("Network.enable")
    await page.goto(f"{base}/dashboard/")
    await page.wait_for_function("() => watched.ready")
    await page.wait_for_load_state("networkidle")
    ready: float = await page.evaluate("watched.ready")
    await context.close()
    return {"desk_first_load_kib": sum(received) / 1024, "desk_first_load_ms": ready}


async def _enter_to_screen(browser: Browser, one: Installation) -> Figures:
    """Messages of both sides, through two gateways, one after another."""
    operator = await OperatorPage.sign_in(browser, one.base_urls[1], one.owner_email, one.owner_password)
    await operator.page.evaluate(WATCHING)
    await operator.go(online=True)
    visitor = await VisitorPage.open(browser, one.base_urls[0])
    await visitor.page.evaluate(WATCHING)
    await visitor.open_chat()
    await visitor.write("Hello, is anybody there?")
    window = operator.window_with("Hello, is anybody there?")
    await expect(window).to_be_visible()
    to_operator = await _one_way(visitor.page, visitor.composer, operator.page, ".bb")
    to_visitor = await _one_way(operator.page, window.get_by_role("textbox").first, visitor.page, ".bubble")
    await operator.end(window)
    await operator.go(online=False)
    for page in (operator, visitor):
        await page.context.close()
    both = to_operator + to_visitor
    return {f"enter_to_screen_p{p}_ms": percentile(both, p / 100) for p in (50, 99)}


async def _one_way(writer: Page, field: Locator, reader: Page, selector: str) -> list[float]:
    """Milliseconds of each message."""
    await reader.evaluate("selector => watched.follow(selector)", selector)
    await writer.evaluate("watched.entered = []")
    texts = [f"Message {number} by {selector}" for number in range(MESSAGES)]
    for text in texts:
        await field.fill(text)
        await field.press("Enter")
        await reader.wait_for_function("text => text in watched.drawn", arg=text)
        await asyncio.sleep(PAUSE_S)
    entered: list[float] = await writer.evaluate("watched.entered")
    drawn: dict[str, float] = await reader.evaluate("watched.drawn")
    return [drawn[text] - at for text, at in zip(texts, entered, strict=True)]


async def _busy_desk(browser: Browser, one: Installation) -> Figures:
    """200 ongoing conversations and 100,000 in history, while others go on writing."""
    shops = archive.Shops(*(await product.make_shops(one, 2)))
    await asyncio.to_thread(archive.fill, one, shops, int(IN_HISTORY / archive.SHARE_OF_BIG))
    figures = await asyncio.to_thread(archive.at_database, one, shops.big)
    chats = Chats([shops.big], one.base_urls)
    await chats.open_desks(ONGOING)
    try:
        await chats.open(ONGOING)
        operator = await OperatorPage.sign_in(browser, one.base_urls[0], shops.big.email, shops.big.password)
        await operator.page.evaluate(WATCHING)
        async with _traffic(chats):
            return figures | await Hands(operator.page).work()
    finally:
        await chats.close()


@asynccontextmanager
async def _traffic(chats: Chats) -> AsyncIterator[None]:
    async def go_on() -> None:
        traffic = Traffic(chats.chats)
        while True:
            await traffic.open_loop(BESIDE_PER_S, 5.0)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Hands:
    """What an operator does all day, with mouse and keyboard, each deed many times."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.recap = page.get_by_role("complementary", name="Conversations")
        self.main = page.get_by_role("main")

    async def work(self) -> Figures:
        deeds: dict[str, Callable[[int], Awaitable[None]]] = {
            "open": self._open_window,
            "switch": self._switch_window,
            "type": self._type,
            "filter": self._filter,
            "page": self._turn_page,
            "search": self._search,
        }
        await expect(self.recap.get_by_role("tab", name=f"Ongoing {ONGOING}")).to_be_visible(timeout=LONG_MS)
        for name, deed in deeds.items():
            if name == "page":
                await self._go_to_history()
            await self.page.evaluate("phase => { watched.phase = phase }", name)
            for number in range(ROUNDS):
                await deed(number)
            await self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
        return await self._figures(list(deeds))

    async def _figures(self, deeds: list[str]) -> Figures:
        seen: dict[str, Any] = await self.page.evaluate("watched")
        times = {name: [each["ms"] for each in seen["interactions"] if each["phase"] == name] for name in deeds}
        worst = {f"desk_{name}_ms": max(found, default=UNREPORTED_MS) for name, found in times.items()}
        tasks = [each["ms"] for each in seen["tasks"] if each["phase"] in deeds]
        return {**worst, "desk_interaction_ms": max(worst.values()), "desk_task_ms": max(tasks, default=0.0)}

    async def _open_window(self, number: int) -> None:
        await self.recap.get_by_role("listitem").nth(number % IN_VIEW).get_by_role("button").first.click()

    async def _switch_window(self, number: int) -> None:
        await self.page.keyboard.press(f"Alt+{number % WINDOWS + 1}")

    async def _type(self, number: int) -> None:
        window = self.page.get_by_role("region", name=re.compile("Conversation with")).last
        await window.get_by_role("textbox").press_sequentially(f"This is the answer, number {number}.")

    async def _filter(self, number: int) -> None:
        name = ("Waiting", "In a chat", "All")[number % 3]
        await self.main.get_by_role("radio", name=re.compile(name)).check(force=True)

    async def _go_to_history(self) -> None:
        await self.page.get_by_role("navigation").get_by_role("link", name="History").click()
        await expect(self.main.get_by_role("row").nth(20)).to_be_visible(timeout=LONG_MS)

    async def _turn_page(self, number: int) -> None:
        table = self.main.get_by_role("table")
        before = await table.get_attribute("aria-rowcount") or ""
        await self.main.get_by_role("button", name="Show more").click()
        await expect(table).not_to_have_attribute("aria-rowcount", before, timeout=LONG_MS)

    async def _search(self, number: int) -> None:
        field = self.main.get_by_role("searchbox")
        await field.fill("")
        await field.press_sequentially(f"inhalf u{number}")
