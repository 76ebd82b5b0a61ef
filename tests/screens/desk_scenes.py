"""The door and the desk: how a person gets to each of their states. Nothing here changes what others see later."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.screens.people import HANNAH, LONG, MATEUSZ, OLIVER, SOFIA, Person
from tests.screens.scene import NOBODY, PHONE, WIDE, scene
from tests.screens.stage import Stage


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
    if stage.is_phone:
        await shown.get_by_role("button", name="More for").click()
        await stage.page.get_by_role("menuitem", name="Internal note").click()
    else:
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
