"""Every screen and state of the dashboard: how a person gets there. Nothing here changes what others see later."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, expect

from tests.screens.people import HANNAH, LONG, MATEUSZ, NORA, OLIVER, SOFIA, Person
from tests.screens.stage import Stage

Go = Callable[[Stage], Awaitable[object]]
NOBODY = ""
WIDE, PHONE = 1440, 390


@dataclass(frozen=True)
class Scene:
    """One screen or state. `shop` and `member` name who looks; `widths` are those at which it exists."""

    name: str
    shop: str
    member: str
    go: Go
    widths: tuple[int, ...] = (WIDE, PHONE)


SCENES: list[Scene] = []


def scene(name: str, *, shop: str = "morrow", member: str = "Maja", only: int | None = None) -> Callable[[Go], Go]:
    """Put a scene into the catalogue."""

    def add(go: Go) -> Go:
        SCENES.append(Scene(name, shop, member, go, (only,) if only else (WIDE, PHONE)))
        return go

    return add


def recap(stage: Stage) -> Locator:
    return stage.page.get_by_role("complementary", name="Conversations")


async def window(stage: Stage, person: Person) -> Locator:
    """The person's conversation, opened from the recap."""
    await recap(stage).get_by_role("button").filter(has_text=person.name).first.click()
    shown = stage.page.get_by_role("region", name=re.compile(f"Conversation with {re.escape(person.name)}"))
    await expect(shown).to_be_visible()
    return shown


def editor(shown: Locator) -> Locator:
    return shown.get_by_role("textbox")


# Sign-in


@scene("sign-in", member=NOBODY)
async def sign_in(stage: Stage) -> None:
    await expect(stage.page.get_by_label("Email")).to_be_visible()


@scene("sign-in-wrong", member=NOBODY)
async def sign_in_wrong(stage: Stage) -> None:
    await stage.page.get_by_label("Email").fill("maja@morrow.example")
    await stage.page.get_by_label("Password", exact=True).fill("not this one")
    await stage.page.get_by_role("button", name="Sign in").click()
    await expect(stage.page.get_by_role("alert")).to_contain_text("do not belong together")


# Chat


@scene("chat")
async def chat(stage: Stage) -> None:
    await expect(recap(stage)).to_be_visible()


@scene("chat-writing")
async def chat_writing(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await editor(shown).fill("Of course, four are put by in your name.\nSame address as")


@scene("chat-long-name")
async def chat_long_name(stage: Stage) -> None:
    await window(stage, LONG)


@scene("chat-note-and-transfer")
async def chat_transferred(stage: Stage) -> None:
    await window(stage, OLIVER)


@scene("chat-canned")
async def chat_canned(stage: Stage) -> None:
    shown = await window(stage, MATEUSZ)
    await editor(shown).press_sequentially("/del")
    await expect(stage.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()


@scene("chat-canned-none")
async def chat_canned_none(stage: Stage) -> None:
    shown = await window(stage, MATEUSZ)
    await editor(shown).press_sequentially("/zzz")
    await expect(stage.page.get_by_text("No canned reply for")).to_be_visible()


@scene("chat-canned-managed")
async def chat_canned_managed(stage: Stage) -> None:
    shown = await window(stage, MATEUSZ)
    await editor(shown).press_sequentially("/")
    await stage.page.get_by_role("button", name="Manage").click()
    await expect(stage.page.get_by_role("dialog", name="Canned replies")).to_be_visible()


@scene("chat-canned-changed")
async def chat_canned_changed(stage: Stage) -> None:
    await chat_canned_managed(stage)
    dialog = stage.page.get_by_role("dialog", name="Canned replies")
    await dialog.get_by_text("/delivery", exact=False).first.click()
    await expect(dialog.get_by_role("textbox", name="Shortcut")).to_be_visible()


@scene("chat-emoji")
async def chat_emoji(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await shown.get_by_role("button", name="Emoji").click()
    await expect(stage.page.get_by_role("dialog")).to_be_visible()


@scene("chat-note")
async def chat_note(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await shown.get_by_role("button", name="Internal note").click()
    await editor(shown).fill("Ask Zofia if the courier")


@scene("chat-menu")
async def chat_menu(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await shown.get_by_role("button", name="More for").click()
    await expect(stage.page.get_by_role("menu")).to_be_visible()


@scene("chat-transfer")
async def chat_transfer(stage: Stage) -> None:
    await chat_menu(stage)
    await stage.page.get_by_role("menuitem", name="Transfer").click()
    await expect(stage.page.get_by_text("After-sales").first).to_be_visible()


@scene("chat-block-asks")
async def chat_block(stage: Stage) -> None:
    await chat_menu(stage)
    await stage.page.get_by_role("menuitem", name="Block visitor").click()
    await expect(stage.page.get_by_role("alertdialog")).to_be_visible()


@scene("chat-end-asks")
async def chat_end(stage: Stage) -> None:
    shown = await window(stage, MATEUSZ)
    if stage.is_phone:
        await shown.get_by_role("button", name="More for").click()
        await stage.page.get_by_role("menuitem", name="End the conversation").click()
    else:
        await shown.get_by_role("button", name="End the conversation").click()
    await expect(stage.page.get_by_role("alertdialog")).to_be_visible()


@scene("chat-finished-list")
async def chat_finished(stage: Stage) -> None:
    await recap(stage).get_by_role("tab", name=re.compile("Finished")).click()
    await expect(recap(stage).get_by_role("button", name="Reopen").first).to_be_visible()


@scene("chat-finished-window")
async def chat_finished_window(stage: Stage) -> None:
    await chat_finished(stage)
    await window(stage, SOFIA)


@scene("chat-minimised", only=WIDE)
async def chat_minimised(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await shown.get_by_role("button", name="Minimise").click()


@scene("chat-recap-folded", only=WIDE)
async def chat_folded(stage: Stage) -> None:
    await recap(stage).get_by_role("button").first.click()
    await expect(recap(stage).get_by_role("tab").first).to_be_hidden()


@scene("chat-waiting-filtered", only=WIDE)
async def chat_filtered(stage: Stage) -> None:
    await stage.page.get_by_role("main").get_by_role("radio", name=re.compile("Waiting")).check(force=True)
    await expect(stage.page.get_by_role("main").get_by_role("table").get_by_role("row")).to_have_count(3)


@scene("visitors", only=PHONE)
async def visitors(stage: Stage) -> None:
    await stage.page.get_by_role("link", name=re.compile("Visitors")).click()
    await expect(stage.page.get_by_text("Delivery to Norway").first).to_be_visible()


@scene("chat-reconnecting")
async def chat_reconnecting(stage: Stage) -> None:
    shown = await window(stage, HANNAH)
    await stage.cut()
    await expect(stage.page.get_by_text("Reconnecting").first).to_be_visible()
    await editor(shown).fill("This one goes when we are back.")
    await editor(shown).press("Enter")


@scene("chat-account")
async def chat_account(stage: Stage) -> None:
    await stage.page.get_by_role("button", name=re.compile("Account")).click()
    await expect(stage.page.get_by_role("dialog", name="Preferences")).to_be_visible()


@scene("keys")
async def keys(stage: Stage) -> None:
    await stage.page.locator("body").press("?")
    await expect(stage.dialog).to_be_visible()


@scene("search")
async def search(stage: Stage) -> None:
    await stage.page.get_by_role("button", name="Search").first.click()
    await stage.page.get_by_role("dialog", name="Search").get_by_role("combobox").fill("hannah")
    await expect(stage.page.get_by_role("option").filter(has_text=HANNAH.name).first).to_be_visible()


@scene("search-nothing")
async def search_nothing(stage: Stage) -> None:
    await stage.page.get_by_role("button", name="Search").first.click()
    await stage.page.get_by_role("dialog", name="Search").get_by_role("combobox").fill("nothing like it")
    await expect(stage.page.get_by_text("Nothing for")).to_be_visible()


@scene("go-offline-asks")
async def go_offline(stage: Stage) -> None:
    await stage.page.locator("body").press("o")
    await expect(stage.page.get_by_role("alertdialog")).to_be_visible()


@scene("chat-quiet", shop="quiet", member="Ola")
async def chat_quiet(stage: Stage) -> None:
    quiet = "No conversation is with you now" if stage.is_phone else "A quiet moment"
    await expect(stage.page.get_by_text(quiet)).to_be_visible()


@scene("chat-manual-channels", shop="stalls", member="Ida")
async def chat_manual(stage: Stage) -> None:
    await expect(stage.page.get_by_role("button", name="Open a new channel")).to_be_visible()


@scene("chat-at-limit", shop="corner", member="Kim")
async def chat_limit(stage: Stage) -> None:
    await expect(stage.page.locator(".desk")).to_contain_text("2 of 2")


@scene("chat-unanswered", shop="corner", member="Kim")
async def chat_unanswered(stage: Stage) -> None:
    await expect(stage.page.get_by_text("wait for an answer").first).to_be_visible()


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
