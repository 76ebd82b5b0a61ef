"""Polls: the list with one beside it, written, open, over. Nothing here is changed."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.screens.polls import ASKED, GLAZES
from tests.screens.scene import scene
from tests.screens.stage import Stage


async def polls(stage: Stage) -> None:
    await stage.open("polls")
    main = stage.page.get_by_role("main")
    await expect(main.get_by_role("navigation", name="Polls").get_by_role("link")).to_have_count(4)
    if not stage.is_phone:
        await expect(main.get_by_text("Live, last one")).to_be_visible()


async def poll(stage: Stage, question: str) -> Locator:
    """One of them, opened; the main part of the page."""
    await polls(stage)
    await stage.page.get_by_role("navigation", name="Polls").get_by_role("link", name=question).click()
    return stage.page.get_by_role("main")


async def opened(stage: Stage) -> Locator:
    main = await poll(stage, ASKED["en"][0])
    await expect(main.get_by_role("list", name="Votes by answer").get_by_role("listitem")).to_have_count(len(GLAZES))
    return main


scene("polls")(polls)
scene("polls-open")(opened)


@scene("polls-tables")
async def tables(stage: Stage) -> None:
    main = await opened(stage)
    for number in range(2):
        await main.get_by_role("radio", name="Table").nth(number).check()
    await expect(main.get_by_role("table", name="Votes by answer")).to_be_visible()


@scene("polls-recounted")
async def recounted(stage: Stage) -> None:
    main = await opened(stage)
    await main.get_by_role("button", name="Count again from the log").click()
    await expect(main.get_by_text("The log says the same")).to_be_visible()


@scene("polls-close-asks")
async def closing(stage: Stage) -> None:
    main = await opened(stage)
    await main.get_by_role("button", name="Close now").click()
    await expect(stage.dialog).to_be_visible()


@scene("polls-end")
async def end(stage: Stage) -> None:
    """What may be changed of an open one."""
    main = await opened(stage)
    await main.get_by_role("button", name="Change the end").click()
    await expect(main.get_by_role("textbox", name="Question")).to_be_disabled()


@scene("polls-planned")
async def planned(stage: Stage) -> None:
    main = await poll(stage, "Jak pakować")
    await expect(main.get_by_role("button", name="Open now")).to_be_visible()


@scene("polls-closed")
async def closed(stage: Stage) -> None:
    main = await poll(stage, "Une tasse")
    await expect(main.get_by_role("button", name="Archive")).to_be_visible()


@scene("polls-draft")
async def draft(stage: Stage) -> None:
    main = await poll(stage, "Name for the new bowl")
    await expect(main.get_by_role("textbox", name="Answer 2")).to_have_value("Shore")


@scene("polls-flaws")
async def flaws(stage: Stage) -> None:
    """A new one that can't be opened yet."""
    await stage.open("polls", "new")
    main = stage.page.get_by_role("main")
    await main.get_by_role("checkbox", name="Opens by itself").check()
    await main.get_by_role("checkbox", name="Closes by itself").check()
    await main.get_by_label("Day").nth(1).fill("2020-01-01")
    await main.get_by_role("button", name="Plan the poll").click()
    await expect(main.get_by_text("This time has passed.")).to_be_visible()


@scene("polls-empty", shop="quiet", member="Ola")
async def empty(stage: Stage) -> None:
    await stage.open("polls")
    await expect(stage.page.get_by_role("main").get_by_role("heading").first).to_be_visible()
