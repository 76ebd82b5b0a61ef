"""The desk's files: beside a reply that is being written."""

from __future__ import annotations

from playwright.async_api import expect

from tests.screens.desk_scenes import editor, window
from tests.screens.mug import mug
from tests.screens.people import HANNAH
from tests.screens.scene import scene
from tests.screens.stage import Stage
from tests.support.files import document


@scene("chat-files")
async def chat_files(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    rim = await mug(stage.page, "new-mug.png")
    await shown.locator("input[type=file]").set_input_files([rim, document("label.exe", b"MZ" + bytes(400))])
    await editor(shown).fill("A new one leaves today.")
    await expect(shown.locator(".att.bad")).to_be_visible()
    await expect(shown.get_by_role("button", name="Remove new-mug.png")).to_be_visible()
