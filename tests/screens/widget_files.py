"""The widget's files in pictures: on their way, refused, in the conversation, large."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from playwright.async_api import Locator, Route, expect

from tests.screens.mug import mug
from tests.support.files import document
from tests.support.pages import VisitorPage

if TYPE_CHECKING:
    from tests.screens.widget import Walk

UPLOADS = "**/attachments?*"


async def go(walk: Walk, visitor: VisitorPage, widget: Locator) -> None:
    """In a conversation that goes on."""
    chosen = widget.locator(".composer input[type=file]")
    rim = await mug(visitor.page)
    looked = asyncio.Event()

    async def wait(route: Route) -> None:
        await looked.wait()
        await route.abort()

    await visitor.page.route(UPLOADS, wait)
    await chosen.set_input_files([rim])
    await walk.take(visitor, "30-file-on-its-way", widget.locator(".att-bar"))
    looked.set()
    await expect(widget.locator(".att.bad")).to_be_visible()
    await visitor.page.unroute(UPLOADS, wait)
    await chosen.set_input_files([document("invoice.exe", b"MZ" + bytes(400))])
    await expect(widget.locator(".att.bad")).to_have_count(2)
    await walk.take(visitor, "31-files-failed")
    await widget.locator(".att.bad .att-tool").last.click()
    await widget.locator(".att.bad .att-tool").first.click()
    await expect(widget.locator(".pic")).to_be_visible()
    await chosen.set_input_files([document("receipt 20418.pdf")])
    await walk.take(visitor, "32-files", widget.locator("a.att"))
    await widget.locator(".pic").click()
    await walk.take(visitor, "33-picture", widget.locator(".viewer"))
    await visitor.page.keyboard.press("Escape")
