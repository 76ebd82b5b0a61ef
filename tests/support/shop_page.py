"""A page of a shop of the test's own, with the widget's tag in it."""

from typing import Any

from playwright.async_api import Browser, Route

from tests.support.pages import VisitorPage
from tests.support.protocol_client import Operator

PATH = "/page-of-a-shop"


async def shop_page(
    browser: Browser,
    base_url: str,
    shop: str,
    *,
    origin: str = "",
    head: str = "",
    tag: str = "",
    lang: str = "en",
    **options: Any,
) -> VisitorPage:
    """A person with a clean profile comes to the shop.

    `origin`: the shop's own, if its pages do not stand beside the gateway. `head` stands before the widget's tag, `tag`
    are further attributes of it, `options` those of the browser's context.
    (The browser takes a page that the test makes up for one of the internet, which needs leave to call this machine.)
    """
    direction = "rtl" if lang == "ar-XB" else "ltr"
    html = (
        f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8"><title>Tide mug</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}'
        f'<script async src="{base_url}/widget.js" data-shop="{shop}" {tag}></script></head>'
        "<body><main><h1>Tide mug</h1><p>Stoneware, 340 ml.</p></main></body></html>"
    )

    async def page(route: Route) -> None:
        await route.fulfill(body=html, content_type="text/html; charset=utf-8")

    context = await browser.new_context(**{"permissions": ["local-network-access"], **options})
    await context.route(f"**{PATH}*", page)
    return await VisitorPage.another_tab(context, origin or base_url, PATH)


async def held_by(operator: Operator) -> str:
    """The conversation on one of the operator's channels, once there is one."""
    return await operator.wait_for(
        lambda: next((each["conversation"] for each in operator.desk["channels"] if each.get("conversation")), None)
    )
