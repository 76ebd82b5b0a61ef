"""Opening hours, departments, canned replies, invitations, privacy, push, the log of changes. Nothing here is saved."""

from __future__ import annotations

from playwright.async_api import expect

from tests.screens.scene import scene
from tests.screens.stage import Stage


@scene("settings-hours")
async def hours(stage: Stage) -> None:
    """A day with two spans, one of them chosen; spans that overlap; a day that is otherwise."""
    page = stage.page
    await stage.open("settings", "hours")
    await page.get_by_role("switch", name="The shop has opening hours").click()
    await page.get_by_role("button", name="Thursday: 9:00 to 17:00").click()
    await page.get_by_role("button", name="Another span").click()
    await page.get_by_label("Thursday, 2, opens").fill("16:00")
    await page.get_by_role("button", name="Wednesday: 9:00 to 17:00").click()
    await page.get_by_label("Wednesday, closes").fill("13:00")
    await page.get_by_role("button", name="Another span").click()
    await page.get_by_label("Another day").fill("2027-12-24")
    await page.get_by_role("button", name="Add the day").click()
    await expect(page.get_by_text("may not overlap").first).to_be_visible()


@scene("settings-hours-copy")
async def copying(stage: Stage) -> None:
    await stage.open("settings", "hours")
    await stage.page.get_by_role("switch", name="The shop has opening hours").click()
    await stage.page.get_by_role("button", name="Monday: 9:00 to 17:00").click()
    await stage.page.get_by_role("button", name="Copy to other days").click()
    await expect(stage.dialog).to_be_visible()


@scene("settings-departments")
async def departments(stage: Stage) -> None:
    await stage.open("settings", "departments")
    await stage.page.get_by_role("button", name="After-sales").click()
    await expect(stage.page.get_by_role("heading", name="After-sales")).to_be_visible()


@scene("settings-canned")
async def canned(stage: Stage) -> None:
    await stage.open("settings", "canned")
    await stage.page.locator(".replies .it").first.click()
    await expect(stage.page.get_by_label("Shortcut", exact=True)).to_be_visible()


@scene("settings-invitations")
async def invitations(stage: Stage) -> None:
    """Two rules; the one that is made lacks words, and its page can't be taken."""
    page = stage.page
    await stage.open("settings", "invitations")
    for _ in range(2):
        await page.get_by_role("button", name="New invitation").first.click()
    await page.get_by_label("Page", exact=True).fill("glazes")
    await expect(page.get_by_text("An invitation needs words")).to_be_visible()


@scene("settings-push")
async def push(stage: Stage) -> None:
    """The file is looked for where it is not: this shop is no real one."""
    await stage.open("settings", "push")
    await stage.page.get_by_role("switch", name="Show the bell").click()
    await expect(stage.page.locator(".dev-code")).to_contain_text("push-worker.js")


@scene("settings-privacy")
async def privacy(stage: Stage) -> None:
    await stage.open("settings", "privacy")
    await stage.page.get_by_role("switch", name="Ask for consent").click()
    await stage.page.get_by_role("switch", name="Delete old conversations").click()
    await expect(stage.page.get_by_text("agree to")).to_be_visible()


@scene("settings-changes")
async def changes(stage: Stage) -> None:
    await stage.open("settings", "changes")
    await expect(stage.page.get_by_role("list", name="Changes").get_by_role("listitem").nth(1)).to_be_visible()


@scene("settings-changes-undo")
async def undo(stage: Stage) -> None:
    await changes(stage)
    await stage.page.get_by_role("button", name="Undo: department").first.click()
    await expect(stage.dialog).to_be_visible()
