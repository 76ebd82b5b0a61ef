"""History, the offline inbox and persons: how one gets to each of their states. Nothing here changes anything."""

from __future__ import annotations

from playwright.async_api import expect

from tests.screens.people import HANNAH, LONG, MATEUSZ, NORA, Person
from tests.screens.scene import WIDE, scene
from tests.screens.stage import Stage

# History


async def history(stage: Stage) -> None:
    await stage.open("history")
    await expect(stage.page.get_by_role("table", name="Conversations").get_by_role("row").nth(2)).to_be_visible()


async def transcript(stage: Stage) -> None:
    await history(stage)
    await stage.row(HANNAH.name).first.get_by_role("link").click()
    await expect(stage.drawer.locator(".bb").first).to_be_visible()


scene("history")(history)
scene("history-transcript")(transcript)


@scene("history-transcript-beside-a-call", shop="corner", member="Kim")
async def history_called(stage: Stage) -> None:
    await stage.open("history")
    await stage.row(MATEUSZ.name).first.get_by_role("link").click()
    await expect(stage.drawer.locator(".bb").first).to_be_visible()


@scene("history-send-transcript")
async def history_send(stage: Stage) -> None:
    await transcript(stage)
    await stage.drawer.get_by_role("button", name="Send transcript").click()


@scene("history-delete-asks")
async def history_delete(stage: Stage) -> None:
    await history(stage)
    for number in (1, 2, 4):
        await stage.page.get_by_role("checkbox").nth(number).check()
    await stage.page.get_by_role("button", name="Delete").click()
    await expect(stage.dialog).to_be_visible()


@scene("history-nothing-found")
async def history_nothing(stage: Stage) -> None:
    await history(stage)
    await stage.page.get_by_role("main").get_by_role("searchbox").fill("nothing like it")
    await expect(stage.page.get_by_role("heading", name="Nothing for")).to_be_visible()


@scene("history-empty", shop="quiet", member="Ola")
async def history_empty(stage: Stage) -> None:
    await stage.open("history")
    await expect(stage.page.get_by_role("main").get_by_role("heading").first).to_be_visible()


# Offline inbox


async def inbox(stage: Stage) -> None:
    await stage.open("offline")
    await expect(stage.page.get_by_role("list", name="Offline messages").get_by_role("listitem").first).to_be_visible()


async def letter(stage: Stage, text: str) -> None:
    await inbox(stage)
    await stage.message(text).click()
    await expect(stage.reader.first).to_contain_text(text)


scene("inbox")(inbox)


@scene("inbox-pending")
async def inbox_pending(stage: Stage) -> None:
    await letter(stage, "Krakowie")


@scene("inbox-failed")
async def inbox_failed(stage: Stage) -> None:
    await letter(stage, "Leeds")


@scene("inbox-answered")
async def inbox_answered(stage: Stage) -> None:
    await letter(stage, "lemon and tomato")


@scene("inbox-to-call")
async def inbox_call(stage: Stage) -> None:
    await letter(stage, "after six is best")


@scene("inbox-long")
async def inbox_long(stage: Stage) -> None:
    await letter(stage, "une assiette")


@scene("inbox-delete-asks")
async def inbox_delete(stage: Stage) -> None:
    await letter(stage, "Tromsø")
    await stage.reader.first.get_by_role("button", name="Delete").click()
    await expect(stage.dialog).to_be_visible()


@scene("inbox-empty", shop="quiet", member="Ola")
async def inbox_empty(stage: Stage) -> None:
    await stage.open("offline")
    await expect(stage.page.get_by_role("main").get_by_role("heading").first).to_be_visible()


# Person


async def person(stage: Stage, who: Person = HANNAH) -> None:
    await stage.open("person", who.number)
    await expect(stage.page.get_by_role("heading", name=who.name)).to_be_visible()


scene("person")(person)


@scene("person-long")
async def person_long(stage: Stage) -> None:
    await person(stage, LONG)


@scene("person-right-to-left")
async def person_rtl(stage: Stage) -> None:
    await person(stage, NORA)


@scene("person-export")
async def person_export(stage: Stage) -> None:
    await person(stage)
    await stage.page.get_by_role("button", name="Export everything").click()
    await expect(stage.dialog).to_be_visible()


@scene("person-erase-asks")
async def person_erase(stage: Stage) -> None:
    await person(stage, LONG)
    await stage.page.get_by_role("button", name="Erase this person").click()
    await expect(stage.dialog).to_be_visible()


@scene("person-unknown")
async def person_unknown(stage: Stage) -> None:
    await stage.open("person", "no-such-number")
    await expect(stage.page.get_by_role("main").get_by_role("heading").first).to_be_visible()


@scene("person-to-an-operator", member="Tomasz", only=WIDE)
async def person_operator(stage: Stage) -> None:
    await person(stage)
