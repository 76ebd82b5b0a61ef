"""Push in a real Firefox: it asks the visitor, subscribes, opens what the notifier sealed, shows it, and is clicked.

Mozilla's push service is a company's; ours takes its place. The shop's pages stand on an origin of their own.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from contracts.conversations.settings import PushSettings
from tests.browser.test_push import counted, sent
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.firefox import NAMES, Firefox, firefox
from tests.support.firefox_push import DELIVERED, FirefoxPush, firefox_push
from tests.support.installation import Installation
from tests.support.waiting import eventually

PROGRAM = next((path for name in NAMES if (path := shutil.which(name))), "")
NONE = "no Firefox on this machine: Debian has one in its package firefox-esr"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PROGRAM, reason=NONE)]

SECONDS = 30.0
BELL = "document.querySelector('shopbell-widget')?.shadowRoot.querySelector('.pb-ring')"
ALLOW = """(() => {
    const [asks] = Services.wm.getMostRecentWindow("navigator:browser").PopupNotifications.panel.children;
    asks?.button.click();
    return Boolean(asks);
})()"""
SHOWN = """(() => {
    const shown = Services.wm.getMostRecentWindow("alert:alert")?.document;
    if (shown?.readyState !== "complete") return null;
    const [title, text] = ["alertTitleLabel", "alertTextLabel"].map((id) => shown.getElementById(id));
    shown.getElementById("alertBox").click();
    return [title.getAttribute("value"), text.textContent];
})()"""
"""Scripts for Firefox's own windows: its question, which is answered; its notification, which is read and clicked."""


@pytest.fixture
def installation(pushing_installation: Installation) -> Installation:
    return pushing_installation


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The origin of a shop, and the folder of what it serves."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()
        serving.join()


@pytest.fixture
async def push() -> AsyncIterator[FirefoxPush]:
    async with firefox_push() as running:
        yield running


@pytest.fixture
async def fox(push: FirefoxPush, tmp_path: Path) -> AsyncIterator[Firefox]:
    profile = tmp_path / "profile"
    profile.mkdir()
    async with firefox(PROGRAM, profile, **{"dom.push.serverURL": push.url}) as running:
        yield running


def build(folder: Path, shop: Shop) -> None:
    """What a shop hosts: pages with the tag, and the one line that its service worker is."""
    tag = f'<script async src="{shop.a}/widget.js" data-shop="{shop.id}"></script>'
    head = f'<meta charset="utf-8"><link rel="icon" href="data:,"><title>Mugs</title>{tag}'
    for name in ("index.html", "bowl.html"):
        folder.joinpath(name).write_text(f'<!doctype html><html lang="en"><head>{head}</head><h1>Mugs</h1></html>')
    folder.joinpath("shopbell-sw.js").write_text(f'importScripts("{shop.a}/push-worker.js");')


async def rings(fox: Firefox, page: str, state: str) -> None:
    """Wait until the bell stands so."""
    await eventually(
        lambda: fox.run(page, f"{BELL}?.className === 'pb-ring {state}'"), SECONDS, what=f"the bell {state}"
    )


@pytest.mark.feature("F1")
async def test_firefox_asks_opens_what_was_sealed_for_it_shows_it_and_opens_its_page(
    make_shop: MakeShop, site: tuple[str, Path], push: FirefoxPush, fox: Firefox
) -> None:
    origin, folder = site
    shop = await make_shop(push=PushSettings(on=True), origins=[origin])
    build(folder, shop)
    page = await fox.open(f"{origin}/")
    await rings(fox, page, "off")
    await fox.click(page, BELL)
    await eventually(lambda: fox.run_inside(ALLOW), SECONDS, what="Firefox's question")
    await rings(fox, page, "on")

    opens = f"{origin}/bowl.html"
    campaign = await sent(shop, {"en": {"subject": "The Moss bowl is back", "text": "Twelve, and one for you"}}, opens)
    shown = await eventually(lambda: fox.run_inside(SHOWN), SECONDS, what="a notification")
    assert shown == ["The Moss bowl is back", "Twelve, and one for you"]
    await eventually(lambda: push.acknowledged == [DELIVERED], what="its acknowledgement")
    await counted(shop, campaign, sent=1, clicked=1)

    async def opened() -> bool:
        return opens in [each["url"] for each in await fox.pages()]

    await eventually(opened, SECONDS, what="the page of the campaign")
    await fox.click(page, BELL)
    await rings(fox, page, "off")
    await counted(shop, campaign, unsubscribed=1)
    assert push.browsers == {}
    assert fox.errors == []
