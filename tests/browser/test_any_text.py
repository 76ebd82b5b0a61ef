"""Texts of any kind, shown on both sides: never markup, never wider than their place, never another text."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.async_api import Browser, Locator, expect

from services.gateway.sockets.texts import BadText, clean
from tests.browser.shops import at_dashboard
from tests.integration.gateway.conftest import MakeShop
from tests.integration.gateway.rest import Staff
from tests.support.shop_page import held_by, shop_page

pytestmark = [pytest.mark.slow]

TEXTS = 300
AT_ONCE = 25
EVIL = "<img src=x onerror=\"window.hit='text'\"><script>window.hit='script'</script>&lt;b&gt;"

_pieces = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["So", "Sk", "Mn", "Cf", "Zs", "Lo"]), max_size=30),
    st.sampled_from(
        [
            EVIL,
            "</div></p><svg onload=alert(1)>",
            "<!--",
            "]]>",
            "{{7*7}} ${7*7} {n} {name}",
            "javascript:alert(1)",
            "https://shop.example/?q=<b>&a=\"'",
            "www.shop.example/<script>",
            "mailto:a@b.example",
            "\u202e\u2066gnp.exe\u2069",
            "\u200f\u061c\u0627\u0644",
            "e" + "\u0301" * 40,
            "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd",
            "x" * 2_000,
            "\n" * 40,
            "\t| a \t| b",
            "&amp;&#60;&nbsp;",
        ]
    ),
)

SHOWN = """boxes => boxes.map(box => ({
    text: box.textContent,
    strange: [...box.querySelectorAll("*")].filter(one => !one.matches("a") || !/^(https?|mailto):/.test(one.href))
        .map(one => one.outerHTML),
    wide: box.getBoundingClientRect().width > box.closest("[role=log]").getBoundingClientRect().width,
}))"""
ALIEN = "root => [...root.querySelectorAll('img, script, iframe, object, style, b > b')].map(one => one.outerHTML)"


def some_texts() -> list[str]:
    """As hypothesis makes them, those that the gateway takes."""
    found: list[str] = [EVIL]

    @settings(
        max_examples=TEXTS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(_pieces, min_size=1, max_size=3))
    def collect(pieces: list[str]) -> None:
        try:
            found.append(clean(" ".join(pieces)))
        except BadText:
            return

    collect()
    return found


async def expect_as_said(bubbles: Locator, texts: list[str]) -> None:
    await expect(bubbles).to_have_count(len(texts))
    shown: list[dict[str, Any]] = await bubbles.evaluate_all(SHOWN)
    for said, there in zip(texts, shown, strict=True):
        assert there == {"text": said, "strange": [], "wide": False}, repr(said)


@pytest.mark.feature("A8", "B4")
async def test_whatever_is_written_stands_there_as_it_was_written(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4)
    evil = {"en": EVIL}
    await Staff(shop).settings(
        header=evil, welcome=evil, operator_name=EVIL[:80], privacy={"notice": evil},
        invitations=[{"id": "evil", "name": EVIL[:80], "after": 0, "text": evil}],
    )  # fmt: skip
    operator = await shop.operator(channels=1)
    visitor = await shop_page(browser, shop.a, shop.id)
    await visitor.page.evaluate("text => { document.title = text }", EVIL)
    await visitor.page.get_by_role("region", name="Invitation").get_by_role("button", name="Start a chat").click()
    await expect(visitor.window.get_by_role("log")).to_contain_text(EVIL)
    await visitor.write(EVIL)
    held = await held_by(operator)
    texts = some_texts()
    assert len(set(texts)) > TEXTS / 3
    for first in range(0, len(texts), AT_ONCE):
        await asyncio.gather(*(operator.say(held, text) for text in texts[first : first + AT_ONCE]))
    staff = await at_dashboard(browser, shop)
    for page, bubbles in (
        (visitor, visitor.window.locator(".bubble")),
        (staff, staff.page.get_by_role("region", name="Conversation with").locator(".bb")),
    ):
        await expect_as_said(bubbles, [EVIL, *texts])
        assert await page.page.evaluate("window.hit") is None
        assert page.errors == []
    widget = visitor.page.locator("shopbell-widget")
    assert await widget.evaluate(f"host => ({ALIEN})(host.shadowRoot)") == []
    assert await staff.page.locator("main").evaluate(ALIEN) == []
