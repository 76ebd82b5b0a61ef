"""What the widget costs a shop's page in a real Chromium, and a tab after a day of chat.

A page of the demo shop is loaded with the tag and without it, in turn, by a browser that knows nothing yet and is four
times slower than this machine, as a phone is; all else is at full speed. What is drawn counts from the next picture on:
a step is a sixtieth of a second.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Route, expect

from tests.benchmarks.figures import medians, percentile
from tests.support.chromium import chromium
from tests.support.installation import Installation
from tests.support.pages import VisitorPage
from tests.support.protocol_client import Operator, put_settings, sign_in
from tests.support.shop_page import held_by
from tests.support.waiting import eventually

Figures = dict[str, float]

SEEN: Final = (Path(__file__).parent / "shop_page.js").read_text()
PAGE: Final = "/demo/tide-mug.html"
TAG: Final = re.compile(r"<script async src=\"/widget\.js\".*?</script>")
LOADS, OPENINGS, MESSAGES = 9, 9, 60
SLOWER: Final = 4
SETTLE_S: Final = 1.5
"""After the page has loaded: what the tag does later than that, nobody waits for."""
BLOCKING_MS: Final = 50
DAY_MESSAGES, DAY_OWN, DAY_OPENINGS, DAY_RECONNECTS = 2_000, 200, 50, 20
LONG_MS: Final = 120_000
MIB: Final = 1_048_576


async def measure(one: Installation) -> Figures:
    """All of it."""
    cookie = await sign_in(one.base_urls[0], one.owner_email, one.owner_password)
    operator = Operator([one.base_urls[-1]], cookie=cookie, persistent=True)
    await operator.connect()
    await operator.go_online(2)
    try:
        async with chromium() as browser:
            figures = await _parts(browser, one, cookie) | await _loads(browser, one)
            figures |= await _openings(browser, one)
            figures |= await _sending(browser, one, operator)
            return figures | await _day(browser, one, operator)
    finally:
        await operator.go_offline()
        await operator.close()


# The page


async def _parts(browser: Browser, one: Installation, cookie: str) -> Figures:
    """What bell and poll add to the tag, as the demo shop has both; from then on it has a chat alone."""
    bare, given = await _load(browser, one, tag=False), await _load(browser, one, tag=True)
    await put_settings(one.base_urls[0], cookie, one.shop, push={"on": False})
    async with httpx.AsyncClient(base_url=f"{one.base_urls[0]}/v1/shops/{one.shop}", timeout=30) as http:
        http.headers = httpx.Headers({"Origin": one.base_urls[0], "Cookie": cookie})
        for poll in (await http.get("/polls", params={"state": "open"})).json()["items"]:
            await http.post(f"/polls/{poll['id']}/close", json={}, headers={"Idempotency-Key": poll["id"]})

        async def closed() -> bool:
            return (await http.get("/polls/current", params={"group": "home"})).status_code == 204

        await eventually(closed, 60, what="a gateway without a poll")
    return {"tag_parts_kib": given["kib"] - bare["kib"]}


async def _loads(browser: Browser, one: Installation) -> Figures:
    """With the tag and without, and what the difference is."""
    loads = [(await _load(browser, one, tag=False), await _load(browser, one, tag=True)) for _ in range(LOADS)]
    without, given = medians([bare for bare, _ in loads]), medians([tagged for _, tagged in loads])
    here = medians([await _load(browser, one, tag=True, slower=1) for _ in range(LOADS)])
    return {
        "page_without_lcp_ms": without["lcp_ms"],
        "page_with_lcp_ms": given["lcp_ms"],
        "page_without_blocked_ms": without["blocked_ms"],
        "page_with_blocked_ms": given["blocked_ms"],
        "page_task_ms": here["task_ms"],
        "page_shift": given["shift"],
        "tag_kib": given["kib"] - without["kib"],
        "tag_requests": given["requests"] - without["requests"],
        "launcher_ms": given["launcher_ms"],
    }


async def _load(browser: Browser, one: Installation, *, tag: bool, slower: int = SLOWER) -> Figures:
    context, page = await _newcomer(browser)
    await _serve(context, one, tag=tag)
    network = await context.new_cdp_session(page)
    received, requests = await _counting(network)
    await network.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    await page.goto(one.base_urls[0] + PAGE)
    if tag:
        await page.wait_for_function("() => seen.launcher")
    await page.wait_for_load_state("load")
    await asyncio.sleep(SETTLE_S)
    seen: dict[str, Any] = await page.evaluate("seen")
    await context.close()
    return {
        "lcp_ms": seen["paint"],
        "blocked_ms": sum(max(task - BLOCKING_MS, 0) for task in seen["tasks"]),
        "task_ms": max(seen["tasks"], default=0.0),
        "shift": seen["shift"],
        "kib": sum(received) / 1024,
        "requests": float(len(requests)),
        "launcher_ms": seen["launcher"],
    }


async def _newcomer(browser: Browser) -> tuple[BrowserContext, Page]:
    # A page that is made up here counts as one of the internet, which needs leave to call this machine.
    context = await browser.new_context(permissions=["local-network-access"])
    page = await context.new_page()
    await page.add_init_script(SEEN)
    return context, page


async def _serve(context: BrowserContext, one: Installation, *, tag: bool) -> None:
    """The same page, as the gateway has it, or without its tag."""
    html = await (await context.request.get(one.base_urls[0] + PAGE)).text()
    found = TAG.search(html)
    assert found, "the demo page has no tag"
    body = html if tag else html.replace(found[0], "")

    async def page(route: Route) -> None:
        await route.fulfill(body=body, content_type="text/html; charset=utf-8")

    await context.route(f"**{PAGE}", page)


async def _counting(network: CDPSession) -> tuple[list[float], list[str]]:
    """Bytes as they come over the wire, compressed, without headers; and what was asked for."""
    received: list[float] = []
    requests: list[str] = []
    network.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    await network.send("Network.enable")
    return received, requests


# The window


async def _openings(browser: Browser, one: Installation) -> Figures:
    """From the first click, which fetches the app, to a composer that takes keys."""
    return medians([await _opening(browser, one) for _ in range(OPENINGS)])


async def _opening(browser: Browser, one: Installation) -> Figures:
    context, page = await _newcomer(browser)
    visitor = VisitorPage(context, page, one.base_urls[0])
    await page.goto(visitor.base_url + PAGE)
    network = await context.new_cdp_session(page)
    received, _ = await _counting(network)
    await expect(visitor.launcher).to_be_visible()
    await visitor.launcher.click()
    await page.wait_for_function("() => seen.ready")
    seen: dict[str, float] = await page.evaluate("seen")
    await context.close()
    return {"click_to_ready_ms": seen["ready"] - seen["clicked"], "click_kib": sum(received) / 1024}


async def _sending(browser: Browser, one: Installation, operator: Operator) -> Figures:
    """From Enter to the own bubble, and to the mark that says that it is stored."""
    context, page = await _newcomer(browser)
    visitor = VisitorPage(context, page, one.base_urls[0])
    await page.goto(visitor.base_url + PAGE)
    await visitor.open_chat()
    await visitor.write("Hello")
    held = await held_by(operator)
    for number in range(MESSAGES):
        await visitor.write(f"Message {number}")
        await page.wait_for_function("text => text in seen.stored", arg=f"Message {number}")
    seen: dict[str, Any] = await page.evaluate("seen")
    await operator.end(held)
    await context.close()
    drawn, stored = (
        [at - seen["entered"][text] for text, at in seen[what].items() if text != "Hello"]
        for what in ("drawn", "stored")
    )
    return {
        "send_drawn_p50_ms": percentile(drawn, 0.5),
        "send_drawn_p99_ms": percentile(drawn, 0.99),
        "send_stored_p50_ms": percentile(stored, 0.5),
        "send_stored_p99_ms": percentile(stored, 0.99),
    }


# A day


async def _day(browser: Browser, one: Installation, operator: Operator) -> Figures:
    """Memory of the page's scripts and tree, before the window is opened and after a day with it."""
    context = await browser.new_context()
    visitor = VisitorPage(context, await context.new_page(), one.base_urls[0])
    await visitor.page.route_web_socket("**/v1/visitor*", visitor._pass_on)
    await visitor.page.goto(visitor.base_url + PAGE)
    await expect(visitor.launcher).to_be_visible()
    network = await context.new_cdp_session(visitor.page)
    before = await _memory(network)
    await visitor.open_chat()
    await visitor.write("Good morning")
    held = await held_by(operator)
    opened = await _memory(network)
    await _talk(visitor, operator, held)
    after = await _memory(network)
    await operator.end(held)
    await context.close()
    return {
        "tab_idle_mib": before["mib"],
        "tab_open_mib": opened["mib"],
        "tab_day_mib": after["mib"],
        "tab_day_nodes": after["nodes"],
        "tab_day_listeners": after["listeners"] - opened["listeners"],
    }


async def _talk(visitor: VisitorPage, operator: Operator, held: str) -> None:
    """Messages of both, with the window opened and closed and the connection lost again and again."""
    bubbles = visitor.window.locator(".bubble:not(.dots)")
    said = 1
    for number in range(DAY_OWN):
        answers = DAY_MESSAGES // DAY_OWN - 1
        texts = [f"Answer {number}.{part}, at some length." for part in range(answers)]
        await asyncio.gather(*(operator.say(held, text) for text in texts))
        await visitor.write(f"Question {number}: is this one dishwasher safe, too?")
        said += answers + 1
        await expect(bubbles).to_have_count(said, timeout=LONG_MS)
        if number % (DAY_OWN // DAY_OPENINGS) == 0:
            await visitor.window.get_by_role("button", name="Minimise").click()
            await visitor.open_chat()
        if number % (DAY_OWN // DAY_RECONNECTS) == 0:
            await visitor.cut()
            await visitor.mend()
    await expect(visitor.window.locator(".strip")).to_be_hidden(timeout=LONG_MS)


async def _memory(network: CDPSession) -> Figures:
    """What is still there once the garbage is gone."""
    await network.send("Performance.enable")
    for _ in range(2):
        await network.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in (await network.send("Performance.getMetrics"))["metrics"]}
    return {"mib": found["JSHeapUsedSize"] / MIB, "nodes": found["Nodes"], "listeners": found["JSEventListeners"]}
