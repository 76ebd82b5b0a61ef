"""The door's other pages, the staff, and one's own security. Nothing here changes what others see later."""

from __future__ import annotations

from playwright.async_api import Route, expect

from tests.screens.scene import NOBODY, scene
from tests.screens.stage import Stage

# The door


@scene("forgotten-password", member=NOBODY)
async def forgotten(stage: Stage) -> None:
    await stage.page.get_by_role("link", name="Forgot").click()
    await expect(stage.page.get_by_role("heading", name="Forgot your password?")).to_be_visible()


@scene("new-password", member=NOBODY)
async def new_password(stage: Stage) -> None:
    await stage.open("reset", "no-such-link")
    await stage.page.get_by_role("textbox", name="New password").fill("four words make one")
    await stage.page.get_by_role("button", name="Set the password").click()
    await expect(stage.page.get_by_role("alert")).to_be_visible()


@scene("invitation-over", member=NOBODY)
async def invitation_over(stage: Stage) -> None:
    await stage.open("invitation", "no-such-link")
    await expect(stage.page.get_by_role("alert")).to_be_visible()


async def digits(stage: Stage) -> None:
    """Nobody of the made-up shops has a second factor: the gateway is made to ask for one."""

    async def ask(route: Route) -> None:
        if route.request.method != "POST":
            await route.fallback()
            return
        await route.fulfill(status=401, json={"title": "A code is missing", "code": "second_factor"})

    await stage.page.route("**/v1/session", ask)
    await stage.page.get_by_label("Email").fill("maja@morrow.example")
    await stage.page.get_by_label("Password", exact=True).fill("any")
    await stage.page.get_by_role("button", name="Sign in").click()
    await expect(stage.page.get_by_role("heading", name="Enter the six digits")).to_be_visible()
    await stage.page.unroute("**/v1/session")
    await stage.page.get_by_role("textbox", name="Six digits").press_sequentially("402")


scene("second-factor", member=NOBODY)(digits)


@scene("recovery-code", member=NOBODY)
async def recovery(stage: Stage) -> None:
    await digits(stage)
    await stage.page.get_by_role("button", name="Use a recovery code").click()
    await expect(stage.page.get_by_role("textbox", name="Recovery code")).to_be_focused()


# Staff


async def people(stage: Stage) -> None:
    await stage.open("settings", "staff")
    await expect(stage.page.get_by_role("table", name="Staff and roles").get_by_role("row").nth(2)).to_be_visible()


scene("staff")(people)


@scene("staff-invite")
async def invite(stage: Stage) -> None:
    await people(stage)
    await stage.page.get_by_role("button", name="Invite").click()
    await expect(stage.dialog).to_be_visible()


@scene("staff-menu")
async def menu(stage: Stage) -> None:
    await people(stage)
    await stage.page.get_by_role("button", name="More for Tomasz").click()
    await expect(stage.page.get_by_role("menu")).to_be_visible()


@scene("staff-close-asks")
async def close(stage: Stage) -> None:
    await menu(stage)
    await stage.page.get_by_role("menuitem", name="Close the access").click()
    await expect(stage.dialog).to_be_visible()


# One's own security


async def security(stage: Stage) -> None:
    await stage.open("settings", "security")
    await expect(
        stage.page.get_by_role("region", name="Where you are signed in").get_by_role("listitem").first
    ).to_be_visible()


scene("security")(security)


@scene("security-set-up")
async def set_up(stage: Stage) -> None:
    await security(stage)
    await stage.page.get_by_role("button", name="Turn it on").click()
    await expect(stage.page.get_by_role("textbox", name="Six digits from the app")).to_be_visible()


@scene("security-everywhere-asks")
async def everywhere(stage: Stage) -> None:
    await security(stage)
    await stage.page.get_by_role("button", name="Sign out everywhere").click()
    await expect(stage.dialog).to_be_visible()
