"""What is wrong with a page as it stands: its layout by our own rules, its accessibility by axe."""

from functools import cache
from pathlib import Path

from playwright.async_api import Page

LAYOUT = Path(__file__).with_name("layout.js")
AXE = Path(__file__).parents[2] / "services/gateway/web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PHONE_BELOW = 600
TARGET_PX, PHONE_TARGET_PX = 24, 44

_RUN = """async rules => (await axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]}))
    .violations.flatMap(({id, help, nodes}) => nodes.map(({target, any, all, none}) =>
        `${id}: ${help}: ${target.join(" ")} ${[...any, ...all, ...none].map(({message}) => message).join("; ")}`))"""


@cache
def _text(path: Path) -> str:
    return path.read_text()


async def layout_faults(page: Page) -> list[str]:
    """What overflows, is cut, overlaps or is too small to hit, in words."""
    width = page.viewport_size["width"] if page.viewport_size else PHONE_BELOW
    found: list[str] = await page.evaluate(_text(LAYOUT), PHONE_TARGET_PX if width < PHONE_BELOW else TARGET_PX)
    return found


async def axe_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its good practice, a line an element."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_text(AXE))
    found: list[str] = await page.evaluate(_RUN, RULES)
    return found
