"""Push: campaigns in a list, composed, on their way and over. Nothing here is sent."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.screens.scene import WIDE, scene
from tests.screens.stage import Stage


async def campaigns(stage: Stage) -> None:
    await stage.open("push")
    await expect(stage.page.get_by_role("table", name="Campaigns").get_by_role("row")).to_have_count(5)
    await expect(stage.page.get_by_role("main")).to_contain_text("subscribers")


async def campaign(stage: Stage, status: str) -> Locator:
    """The one that stands so, opened; its main part."""
    await campaigns(stage)
    row = stage.page.get_by_role("row").filter(has_text=status).first
    await row.get_by_role("link").click()
    main = stage.page.get_by_role("main")
    await expect(main.get_by_role("link", name="Back to all campaigns")).to_be_visible()
    return main


async def composed(stage: Stage) -> None:
    """A draft with rules and a time."""
    main = await campaign(stage, "Draft")
    await expect(main.get_by_label("Subject", exact=True)).to_have_value("The blue Tide mug is back today")
    await main.get_by_role("radio", name="At a time").check()
    await expect(main.get_by_role("button", name="Schedule for")).to_be_visible()


scene("push-campaigns")(campaigns)
scene("push-compose")(composed)


@scene("push-compose-rule")
async def rule(stage: Stage) -> None:
    main = await campaign(stage, "Draft")
    await main.get_by_role("button", name="Pages", exact=False).first.click()
    await expect(stage.page.get_by_role("dialog", name="Pages").get_by_role("checkbox", name="glazes")).to_be_visible()


@scene("push-compose-flaws")
async def flaws(stage: Stage) -> None:
    """A new campaign that can't go out yet."""
    await stage.open("push", "new")
    main = stage.page.get_by_role("main")
    await main.get_by_label("Text", exact=True).fill("A text that is too long for a locked phone: " + "glaze, " * 12)
    await main.get_by_role("button", name="Send to").click()
    await expect(main.get_by_role("alert").filter(has_text="A subject is needed")).to_be_visible()


@scene("push-compose-discard-asks", only=WIDE)
async def discard(stage: Stage) -> None:
    main = await campaign(stage, "Draft")
    await main.get_by_role("button", name="Discard draft").click()
    await expect(stage.dialog).to_be_visible()


@scene("push-send-asks")
async def send(stage: Stage) -> None:
    main = await campaign(stage, "Draft")
    await main.get_by_role("radio", name="Now", exact=False).check()
    await main.get_by_role("button", name="Send to").click()
    await expect(stage.dialog.get_by_role("heading")).to_contain_text(re.compile(r"\d"))


@scene("push-sending")
async def sending(stage: Stage) -> None:
    main = await campaign(stage, "Sending")
    await expect(main.get_by_role("cell", name="Slowed")).to_be_visible()
    await expect(main.get_by_role("slider")).to_be_visible()
    await main.get_by_role("slider").focus()


@scene("push-stop-asks", only=WIDE)
async def stop(stage: Stage) -> None:
    main = await campaign(stage, "Sending")
    await main.get_by_role("button", name="Stop sending").click()
    await expect(stage.dialog).to_be_visible()


@scene("push-sent-table")
async def sent_table(stage: Stage) -> None:
    """One that is over: its plot as a table, its ledger filtered."""
    main = await campaign(stage, "Sent")
    await main.get_by_role("radio", name="Table").check()
    await main.get_by_role("combobox", name="Outcome").select_option("gone")
    await expect(main.locator(".pu-rows tbody tr").first).to_contain_text("Gone")


@scene("push-scheduled", only=WIDE)
async def scheduled(stage: Stage) -> None:
    main = await campaign(stage, "Scheduled")
    await expect(main.get_by_role("button", name="Back to draft")).to_be_visible()


@scene("push-off", shop="quiet", member="Ola")
async def off(stage: Stage) -> None:
    await stage.open("push")
    await expect(stage.page.get_by_role("heading", name="Push is off")).to_be_visible()


@scene("push-nobody", shop="stalls", member="Ida")
async def nobody(stage: Stage) -> None:
    """No subscriber yet, and a page without the file."""
    await stage.open("push")
    await expect(stage.page.get_by_role("heading", name="Nobody has subscribed yet")).to_be_visible()
    await expect(stage.page.get_by_role("link", name="See what it needs")).to_be_visible()
