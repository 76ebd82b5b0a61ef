"""Help, the guide, and the settings for developers and for mail. Nothing here is saved but a key."""

from __future__ import annotations

from playwright.async_api import expect

from tests.screens.life import CAMILLE
from tests.screens.scene import scene
from tests.screens.stage import Stage


@scene("help-start")
async def start(stage: Stage) -> None:
    await stage.open("help", "start")
    await expect(stage.page.get_by_role("progressbar")).to_be_visible()


@scene("help-start-operator", member=CAMILLE)
async def start_of_an_operator(stage: Stage) -> None:
    await stage.open("help", "start")
    await expect(stage.page.get_by_role("heading", name="How it works")).to_be_visible()


@scene("help-faq")
async def answers(stage: Stage) -> None:
    await stage.open("help", "faq/limit")
    await expect(stage.page.get_by_text("The shop’s limit counts all operators together")).to_be_visible()


@scene("help-faq-search")
async def search(stage: Stage) -> None:
    await stage.open("help", "faq")
    await stage.page.get_by_role("searchbox", name="Search the answers").fill("shop")
    await expect(stage.page.locator("main mark").first).to_be_visible()


@scene("help-faq-nothing")
async def nothing(stage: Stage) -> None:
    await stage.open("help", "faq")
    await stage.page.get_by_role("searchbox", name="Search the answers").fill("zeppelin")
    await expect(stage.page.get_by_role("heading", name="No answer holds")).to_be_visible()


@scene("help-contact")
async def contact(stage: Stage) -> None:
    await stage.open("help", "contact")
    await expect(stage.page.get_by_role("heading", name="everything runs")).to_be_visible()
    await stage.page.get_by_role("button", name="Copy the text").click()
    await expect(stage.page.get_by_text("Write a few words first.")).to_be_visible()


async def guide(stage: Stage, step: int) -> None:
    await stage.open("guide")
    for number in range(2, step + 1):
        await stage.page.get_by_role("button", name="Next", exact=True).click()
        await expect(stage.page.get_by_text(f"Step {number} of 4")).to_be_visible()


@scene("guide-who", shop="quiet", member="Ola")
async def who(stage: Stage) -> None:
    await guide(stage, 1)


@scene("guide-tag", shop="quiet", member="Ola")
async def tag(stage: Stage) -> None:
    await guide(stage, 2)
    await expect(stage.page.get_by_text("data-shop=")).to_be_visible()


@scene("guide-looks", shop="quiet", member="Ola")
async def looks(stage: Stage) -> None:
    await guide(stage, 3)
    await expect(stage.page.get_by_label("Welcome text")).to_be_visible()


@scene("guide-ring", shop="quiet", member="Ola")
async def ring(stage: Stage) -> None:
    await guide(stage, 4)


async def developers(stage: Stage) -> None:
    await stage.open("settings", "developers")
    await expect(stage.page.get_by_role("button", name="New secret")).to_be_visible()
    await expect(stage.page.get_by_text("data-shop=")).to_be_visible()


@scene("settings-developers")
async def keys(stage: Stage) -> None:
    await developers(stage)
    await stage.page.get_by_label("Another origin").fill("http://mugs.example")
    await stage.page.get_by_role("button", name="Add", exact=True).click()
    await expect(stage.page.get_by_text("Begin with https")).to_be_visible()


@scene("settings-developers-key")
async def new_key(stage: Stage) -> None:
    await developers(stage)
    await stage.page.get_by_role("button", name="New key").click()
    await stage.page.get_by_role("button", name="Make the key").click()
    await expect(stage.page.get_by_text("Give it a name.")).to_be_visible()


@scene("settings-developers-made")
async def made(stage: Stage) -> None:
    await developers(stage)
    await stage.page.get_by_role("button", name="New key").click()
    await stage.page.get_by_label("Name", exact=True).fill("Order sync")
    await stage.page.get_by_role("checkbox", name="Read conversations").check(force=True)
    await stage.page.get_by_role("button", name="Make the key").click()
    await expect(stage.page.get_by_role("button", name="I have it")).to_be_visible()


@scene("settings-mail")
async def mail(stage: Stage) -> None:
    await stage.open("settings", "mail")
    await expect(stage.page.get_by_role("heading", name="Words of the mails")).to_be_visible()
    await stage.page.get_by_role("button", name="Send a test mail").click()
    await expect(stage.page.get_by_text("The mail server has taken it")).to_be_visible()
