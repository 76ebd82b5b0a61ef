"""The settings of the chat, of the offline form and of the shop. Nothing here is saved."""

from __future__ import annotations

from playwright.async_api import expect

from tests.screens.scene import scene
from tests.screens.stage import Stage


async def chat(stage: Stage) -> None:
    await stage.open("settings", "chat")
    await expect(stage.page.get_by_label("Operator display name")).to_be_visible()
    frame = stage.page.frame_locator('iframe[title="Preview: Online"]')
    await expect(frame.locator(".window")).to_be_attached()


async def unsaved(stage: Stage) -> None:
    """A text lacks in two languages, and colours that can't be read: all of it previewed."""
    await chat(stage)
    await stage.page.get_by_label("Simultaneous conversations", exact=True).fill("14")
    await stage.page.get_by_label("Welcome text").fill("Hello, and welcome. Ask us about glazes.")
    await stage.page.get_by_label("Visitor, Background, as a code").fill("#c2871f")
    await stage.page.get_by_label("Visitor, Text, as a code").fill("#ffffff")
    await stage.page.get_by_role("tab", name="Polski").click()
    await expect(stage.page.get_by_role("button", name="Use #")).to_be_visible()


scene("settings-chat-unsaved")(unsaved)


@scene("settings-leaving")
async def leaving(stage: Stage) -> None:
    await unsaved(stage)
    await stage.open("history")
    await expect(stage.dialog).to_be_visible()


@scene("settings-not-saved")
async def not_saved(stage: Stage) -> None:
    await unsaved(stage)
    path = "**/v1/shops/*/settings"
    await stage.page.route(path, lambda route: route.abort())
    await stage.page.get_by_role("button", name="Save").click()
    await expect(stage.page.get_by_role("alert").filter(has_text="Not saved")).to_be_visible()
    await stage.page.unroute(path)


@scene("settings-offline")
async def offline(stage: Stage) -> None:
    await stage.open("settings", "offline")
    await expect(stage.page.get_by_role("checkbox", name="Phone, Required")).to_be_attached()
    await stage.page.get_by_label("Send messages to").fill("counter at morrow")


@scene("settings-shop")
async def shop(stage: Stage) -> None:
    await stage.open("settings", "shop")
    await expect(stage.page.get_by_role("heading", name="Languages")).to_be_visible()
