"""The widget and the shop's page: what it costs, how it keeps to itself, and how the shop's own script drives it."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.shops import ANNA, identity
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.shop_page import PATH, held_by, shop_page

pytestmark = [pytest.mark.slow]

KIB = 1024
BEFORE_THE_CLICK, FOR_A_CHAT = 10 * KIB, 30 * KIB
STORED = "[localStorage, sessionStorage].flatMap(storage => Object.keys(storage))"
SHIFTS = """new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().length)).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(0), 500);
})"""
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; connect-src 'self'; {}\">"
BY_HOST = POLICY.format("script-src 'self'; require-trusted-types-for 'script'")
BY_NONCE = POLICY.format("script-src 'nonce-c2hvcGJlbGw'")
HOSTILE = """<style>
    body, body *, shopbell-widget, html > * {
        font-size: 40px !important; color: red !important; transform: scale(3) !important; filter: blur(9px) !important;
        letter-spacing: 1em !important; text-transform: uppercase !important; display: inline !important;
        margin: 99px !important; direction: rtl !important; position: relative !important; opacity: 0 !important;
        pointer-events: none !important;
    }
    html { display: grid; gap: 200px }
</style>"""
LISTENS = """<script>
    window.heard = [];
    (window.shopbell ??= []).push((shopbell) => {
        for (const name of ["availability", "open", "close", "unread", "started", "ended"]) {
            shopbell.on(name, (event) => window.heard.push([name, event]));
        }
        shopbell.cart({ pieces: 2, total: 68, currency: "EUR", secret: "of the shop" });
    });
</script>"""


async def weight(page: Page, urls: list[str]) -> int:
    """Bytes on the wire, compressed as for a browser."""
    answers = [await page.request.get(url, headers={"Accept-Encoding": "gzip"}) for url in urls]
    return sum(int(answer.headers["content-length"]) for answer in answers)


@pytest.mark.feature("A11")
async def test_before_the_first_click_it_costs_the_page_next_to_nothing(browser: Browser, shop: Shop) -> None:
    await shop.operator()
    loaded: list[str] = []
    visitor = await shop_page(browser, shop.a, shop.id)
    visitor.page.on("request", lambda request: loaded.append(request.url))
    await visitor.page.reload()
    await expect(visitor.launcher).to_be_visible()
    assert await visitor.page.evaluate(SHIFTS) == 0
    assert await visitor.page.evaluate(STORED) == []
    loaded.remove(shop.a + PATH)
    assert loaded == [shop.a + "/widget.js"]
    assert await weight(visitor.page, loaded) <= BEFORE_THE_CLICK

    await visitor.open_chat()
    await visitor.write("Is it blue?")
    await visitor.expect_messages(["Is it blue?"])
    assert all(url.startswith(shop.a + "/widget") for url in loaded), loaded
    assert await weight(visitor.page, loaded) <= FOR_A_CHAT
    assert visitor.errors == []


@pytest.mark.feature("A1")
@pytest.mark.parametrize("head", [HOSTILE, BY_HOST, BY_NONCE], ids=["hostile", "by-host", "by-nonce"])
async def test_it_looks_and_works_the_same_on_any_page(browser: Browser, shop: Shop, head: str) -> None:
    await shop.operator()
    plain = await shop_page(browser, shop.a, shop.id, reduced_motion="reduce")
    await expect(plain.launcher).to_be_visible()
    complaints: list[str] = []
    visitor = await shop_page(browser, shop.a, shop.id, head=head, tag='nonce="c2hvcGJlbGw"', reduced_motion="reduce")
    visitor.page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await expect(visitor.launcher).to_be_visible()
    assert await visitor.launcher.bounding_box() == await plain.launcher.bounding_box()
    await visitor.page.evaluate("document.body.replaceChildren()")
    for one in (plain, visitor):
        await one.open_chat()
    assert await visitor.window.bounding_box() == await plain.window.bounding_box()
    await visitor.write("Is it blue?")
    await visitor.expect_messages(["Is it blue?"])
    await visitor.window.get_by_role("button", name="Emoji").click()
    await expect(visitor.window.get_by_role("button", name="thanks")).to_be_visible()
    assert visitor.errors == []
    assert [said for said in complaints if "Content Security Policy" in said] == []


@pytest.mark.feature("A9")
async def test_the_shops_script_drives_it_and_the_desk_sees_page_and_cart(browser: Browser, shop: Shop) -> None:
    operator = await shop.operator()
    operator.tell("watch_visitors", on=True)
    visitor = await shop_page(browser, shop.a, shop.id, head=LISTENS)
    page = visitor.page
    await expect(visitor.launcher).to_be_visible()

    async def on_site(**fields: Any) -> dict[str, Any]:
        def matches() -> dict[str, Any] | None:
            frame = operator.latest.get("visitors")
            here = frame["here"] if frame else []
            return next((one for one in here if all(one.get(name) == value for name, value in fields.items())), None)

        return await operator.wait_for(matches)

    cart = {"pieces": 2, "total": 68.0, "currency": "EUR"}
    await on_site(page={"url": shop.a + PATH, "title": "Tide mug"}, cart=cart)
    await page.evaluate("history.pushState({}, '', '?size=340'); document.title = 'Tide mug, 340 ml'")
    await on_site(page={"url": f"{shop.a}{PATH}?size=340", "title": "Tide mug, 340 ml"}, cart=cart)

    await page.evaluate("shopbell.open()")
    await visitor.write("Is it blue?")
    await visitor.expect_messages(["Is it blue?"])
    conversation = await held_by(operator)
    await page.wait_for_function("heard.some(([name]) => name === 'started')")
    await page.evaluate("shopbell.close()")
    await operator.say(conversation, "It is.")
    await expect(visitor.page.get_by_role("button", name=re.compile("Online consultant ?, 1 new"))).to_be_visible()
    assert await page.title() == "(1) Tide mug, 340 ml"
    await visitor.open_chat()
    await expect(page).to_have_title("Tide mug, 340 ml")
    await operator.end(conversation)
    await expect(visitor.window).to_contain_text("ended the conversation")
    heard: list[Any] = await page.evaluate("heard")
    assert [name for name, _ in heard if name not in {"availability", "unread"}] == [
        "open", "started", "close", "open", "ended",
    ]  # fmt: skip
    assert [event["count"] for name, event in heard if name == "unread"] == [0, 1, 0]
    assert ["availability", {"state": "online"}] in heard
    assert ["ended", {"conversation": conversation}] in heard
    assert visitor.errors == []


@pytest.mark.feature("A12")
async def test_whoever_comes_after_a_customer_sees_nothing_of_them(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=20)
    operator = await shop.operator()
    vouched = await identity(shop, ANNA)
    visitor = await shop_page(browser, shop.a, shop.id)
    await expect(visitor.launcher).to_be_visible()
    await visitor.page.evaluate("token => shopbell.identify(token)", vouched)
    await visitor.open_chat()
    await visitor.write("My order has not come")
    await held_by(operator)
    await visitor.expect_messages(["My order has not come"])
    await visitor.composer.fill("It is order 20418 and")
    await visitor.page.evaluate("shopbell.identify(null)")
    await visitor.expect_messages([])
    await expect(visitor.composer).to_have_value("")
    await visitor.page.reload()
    await visitor.open_chat()
    await visitor.expect_messages([])
    await visitor.page.evaluate("token => shopbell.identify(token)", vouched)
    await visitor.expect_messages(["My order has not come"])
    assert visitor.errors == []
