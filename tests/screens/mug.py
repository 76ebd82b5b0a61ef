"""A picture of a mug, as visitors send them."""

import base64

from playwright.async_api import Page

from tests.support.files import Chosen

_DRAW = """() => {
    const canvas = Object.assign(document.createElement("canvas"), {width: 920, height: 920});
    const brush = canvas.getContext("2d");
    brush.scale(10, 10);
    const parts = [["#DCE3E4", "M0 0h92v92H0z"], ["#5B7A86", "M22 24h36v38a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8z"],
        ["#EFE9DD", "M22 24h36v14c-9 5-14-3-22 2-6 3-10 1-14 0z"],
        ["#3F5A64", "M22 24a18 3.4 0 1 0 36 0a18 3.4 0 1 0-36 0"]];
    for (const [colour, path] of parts) {
        brush.fillStyle = colour;
        brush.fill(new Path2D(path));
    }
    Object.assign(brush, {strokeStyle: "#5B7A86", lineWidth: 6});
    brush.stroke(new Path2D("M58 32h6a8 8 0 0 1 8 8v4a8 8 0 0 1-8 8h-6"));
    return canvas.toDataURL("image/png").split(",")[1];
}"""


async def mug(page: Page, name: str = "chipped-rim.png") -> Chosen:
    """Drawn by that page."""
    return Chosen(name=name, mimeType="image/png", buffer=base64.b64decode(await page.evaluate(_DRAW)))
