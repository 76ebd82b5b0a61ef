"""Reviews as customers meet them, in pictures: the form behind the link of a mail, and what a product's page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from playwright.async_api import expect

from tests.support.buying import AT_ONCE, link_of, order_of

if TYPE_CHECKING:
    from tests.screens.widget import Walk
    from tests.support.pages import VisitorPage

LANGUAGES = ("en", "fr", "pl")
NUMBER = "20418"
SAID = {
    "en": "Holds the heat well and the foot does not scratch the table.",
    "fr": "Garde bien la chaleur et le pied ne raye pas la table.",
    "pl": "Dobrze trzyma ciepło, a spód nie rysuje stołu.",
}
SHEET = """sku,product,variant,stars,text,author,language,written_at,state,confirmed,reply
tide-mug,Tide mug,340 ml,5,"Holds the heat well. The glaze is bluer than in the picture, which I like.",Hannah W.,en,2026-02-22,published,yes,
tide-mug,Tide mug,340 ml,4,"Kubek jest piękny, trochę cięższy, niż myślałam.",Ewa P.,pl,2026-02-19,published,yes,
tide-mug,Tide mug,240 ml,2,The rim was chipped when it came. Nice otherwise.,Tobias L.,en,2026-02-11,published,yes,"We are sorry, Tobias. A new one left the same day."
tide-mug,Tide mug,340 ml,5,Ma troisième. L’émail ne bouge pas au lave-vaisselle.,Claire R.,fr,2026-02-03,published,yes,
tide-mug,Tide mug,340 ml,5,,,en,2026-01-30,published,yes,
tide-mug,Tide mug,340 ml,5,Good,Jan K.,en,2026-01-12,published,yes,
"""  # noqa: E501  # rows of a table
_PUT = """([base, shop, sku]) => {
    const place = document.createElement("div");
    place.dataset.shopbellReviews = sku;
    const title = Object.assign(document.createElement("h2"), {textContent: "What others say"});
    document.querySelector("main").append(title, place);
    const script = Object.assign(document.createElement("script"), {src: `${base}/reviews.js`});
    script.dataset.shop = shop;
    document.head.append(script);
}"""


async def go(walk: Walk) -> None:
    """In the languages that the form and the snippet speak."""
    if walk.language not in LANGUAGES:
        return
    await _form(walk, await _link(walk))
    await _product(walk)


async def _link(walk: Walk) -> str:
    asked = await walk.shop.request("Maja", "PUT", "/review-rules", json=AT_ONCE)
    made = await walk.shop.request("Maja", "POST", "/api-keys", json={"name": "server", "scopes": ["orders:write"]})
    assert asked.is_success, asked.text
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {made.json()['key']}"}, timeout=15) as server:
        url = f"{walk.shop.base}/v1/shops/{walk.shop.id}/orders"
        answer = await server.post(url, json=order_of(NUMBER, language=walk.language))
        assert answer.is_success, answer.text
    return await link_of(walk.shop.installation, walk.shop.id, NUMBER)


async def _form(walk: Walk, token: str) -> None:
    visitor = await walk.visitor()
    page = visitor.page
    await page.goto(f"{walk.shop.base}/review#{token}")
    await walk.take(visitor, "40-review-form", page.locator(".card").first)
    await page.locator("footer button").click()
    await walk.take(visitor, "41-review-form-error", page.locator(".problem"))
    await page.locator(".five input").nth(3).check()
    await page.locator("textarea").fill(SAID[walk.language])
    await walk.take(visitor, "42-review-form-filled", page.locator("textarea"))
    await page.locator("footer button").click()
    await walk.take(visitor, "43-review-sent", page.locator(".thanks .tag"))
    await page.locator("footer button").click()
    await walk.take(visitor, "44-review-form-rest", page.locator(".done"))
    await page.goto("about:blank")
    await page.goto(f"{walk.shop.base}/review#over")
    await walk.take(visitor, "45-review-over", page.locator("h1"))
    await visitor.context.close()


async def _product(walk: Walk) -> None:
    headers = {"Content-Type": "text/csv"}
    answer = await walk.shop.request("Maja", "POST", "/reviews.csv", content=SHEET, headers=headers)
    assert answer.json()["imported"] == len(SHEET.splitlines()) - 1, answer.text
    visitor = await _shows(walk, "tide-mug")
    await walk.take(visitor, "46-product-reviews", visitor.page.locator(".sbr-avg"))
    await visitor.page.locator(".sbr-bar[href]").last.click()
    await walk.take(visitor, "47-product-reviews-filtered", visitor.page.locator(".sbr-chip"))
    await visitor.context.close()
    visitor = await _shows(walk, "no-mug")
    await walk.take(visitor, "48-product-no-reviews", visitor.page.locator(".sbr-none"))
    await visitor.page.route("**/reviews.html*", lambda route: route.abort())
    await visitor.page.reload()
    await visitor.page.evaluate(_PUT, [walk.shop.base, walk.shop.id, "tide-mug"])
    await walk.take(visitor, "49-product-reviews-failed", visitor.page.locator("[data-shopbell-failed]"))
    await visitor.context.close()


async def _shows(walk: Walk, sku: str) -> VisitorPage:
    visitor = await walk.visitor()
    await visitor.page.evaluate(_PUT, [walk.shop.base, walk.shop.id, sku])
    await expect(visitor.page.locator(".sbr")).to_be_visible()
    return visitor
