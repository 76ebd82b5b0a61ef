"""Files in a conversation, at the visitor's and the operator's end: chosen, pasted, dropped; seen, fetched, refused."""

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import MakeShop
from tests.screens.checks import axe_faults
from tests.support.files import PDF, Chosen, document, picture
from tests.support.pages import VisitorPage
from tests.support.shop_page import held_by, shop_page

pytestmark = [pytest.mark.slow]

MORROW = "https://morrow.example"
UPLOADS = "**/attachments?*"

_GIVE = """(element, {how, name, type, bytes}) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], name, {type}));
    const how_to = {bubbles: true, cancelable: true, composed: true};
    if (how === "paste") element.dispatchEvent(new ClipboardEvent("paste", {...how_to, clipboardData: data}));
    else for (const on of ["dragover", "drop"])
        element.dispatchEvent(new DragEvent(on, {...how_to, dataTransfer: data}));
}"""


def policy(gateway: str) -> str:
    """As strict as the documentation says that a shop's may be."""
    socket = gateway.replace("http", "ws", 1)
    allowed = f"default-src 'none'; script-src {gateway}; connect-src {gateway} {socket}; img-src {gateway}"
    return f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'


async def give(element: Locator, how: str, file: Chosen) -> None:
    """Paste the file there, or drop it."""
    what = {"how": how, "name": file["name"], "type": file["mimeType"], "bytes": list(file["buffer"])}
    await element.evaluate(_GIVE, what)


async def choose(visitor: VisitorPage, *files: Chosen) -> None:
    """By the clip."""
    async with visitor.page.expect_file_chooser() as coming:
        await visitor.window.get_by_role("button", name="Attach a file").click()
    await (await coming.value).set_files(list(files))


async def is_drawn(shown: Locator) -> None:
    """The picture in it has come, and is one."""
    await expect(shown).to_be_visible()
    await expect(shown.locator("img")).to_have_js_property("complete", True)
    assert await shown.locator("img").evaluate("image => image.naturalWidth") > 0


@pytest.mark.feature("A8")
async def test_pictures_and_files_go_both_ways_and_are_there_in_history(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4, origins=[MORROW])
    staff = await at_dashboard(browser, shop)
    await staff.page.emulate_media(reduced_motion="reduce")
    await staff.go(online=True)
    still = {"reduced_motion": "reduce"}
    visitor = await shop_page(browser, shop.a, shop.id, origin=MORROW, head=policy(shop.a), **still)
    await visitor.open_chat()
    await expect(visitor.window.get_by_role("button", name="Attach a file")).to_be_hidden()
    await visitor.write("A rim is chipped.")
    await choose(visitor, picture("rim.png"), document("receipt.pdf"))
    window = staff.page.get_by_role("region", name="Conversation with")
    theirs = window.get_by_role("button", name="Show rim.png")
    await is_drawn(theirs)
    assert await staff.download(window.get_by_role("link", name="receipt.pdf")) == ("receipt.pdf", PDF)
    await is_drawn(visitor.window.get_by_role("button", name="Show rim.png"))

    reply = window.get_by_role("textbox", name="Reply")
    await give(reply, "paste", picture("new.png", (180, 50, 31)))
    await give(window, "drop", document("label.pdf"))
    await reply.fill("A new one is on its way.")
    await reply.press("Enter")
    await visitor.expect_messages(["A rim is chipped.", "A new one is on its way."])
    await expect(visitor.window.get_by_role("link", name="label.pdf")).to_be_visible()
    ours = visitor.window.get_by_role("button", name="Show new.png")
    await is_drawn(ours)
    await ours.click()
    viewer = visitor.page.get_by_role("dialog", name="new.png")
    await expect(viewer.get_by_role("button", name="Close")).to_be_focused()
    assert await axe_faults(visitor.page) == []
    await visitor.page.keyboard.press("ArrowLeft")
    await expect(visitor.page.get_by_role("dialog", name="rim.png")).to_contain_text("1 of 2")
    await visitor.page.keyboard.press("Escape")
    await expect(ours).to_be_focused()

    await visitor.end()
    await staff.go(online=False)
    await staff.open("history")
    await (await staff.find_row("A new one is on its way.")).get_by_role("link").first.click()
    await is_drawn(staff.drawer.get_by_role("button", name="Show rim.png"))
    await staff.drawer.get_by_role("button", name="Show new.png").click()
    await expect(staff.page.get_by_role("dialog", name="new.png")).to_contain_text("2 of 2")
    assert await axe_faults(staff.page) == []
    await expect_no_errors(staff)
    assert visitor.errors == []


@pytest.mark.feature("A8")
async def test_what_does_not_arrive_says_why_and_what_helps(browser: Browser, make_shop: MakeShop) -> None:
    shop = await make_shop(limit=4)
    operator = await shop.operator()
    visitor = await shop_page(browser, shop.a, shop.id, reduced_motion="reduce")
    await visitor.open_chat()
    await visitor.write("A rim is chipped.")
    held = await held_by(operator)
    await expect(visitor.window.get_by_role("button", name="Attach a file")).to_be_visible()

    async def broken(route: Route) -> None:
        await route.abort()

    await visitor.page.route(UPLOADS, broken)
    await give(visitor.composer, "paste", picture("rim.png"))
    log = visitor.window.get_by_role("log")
    await expect(log.get_by_text("Not sent, the connection broke")).to_be_visible()
    await visitor.cut()
    await visitor.page.unroute(UPLOADS, broken)
    await visitor.mend()
    await is_drawn(log.get_by_role("button", name="Show rim.png"))
    await operator.wait_for(lambda: [event for event in operator.inbox.events[held] if event.get("attachments")])

    await choose(visitor, document("tool.exe", b"MZ" + bytes(400)), document("film.mov", bytes(10 * 2**20 + 1)))
    await expect(log.get_by_text("This kind of file is not taken")).to_be_visible()
    await expect(log.get_by_text("10 MB. The most is 10 MB; a photo does")).to_be_visible()
    assert await axe_faults(visitor.page) == []
    for name in ("tool.exe", "film.mov"):
        await log.get_by_role("button", name=f"Remove {name}").click()
        await expect(log.get_by_text(name)).to_be_hidden()
        await expect(visitor.composer).to_be_focused()
    await visitor.page.reload()
    await is_drawn(log.get_by_role("button", name="Show rim.png"))
    assert visitor.errors == []
