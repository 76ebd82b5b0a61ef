"""The settings at the dashboard: what is typed is previewed by the widget itself, saved, undone, and never lost."""

from typing import Any

import pytest
from playwright.async_api import Browser, Dialog, FrameLocator, Locator, expect

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.support.dashboard import Dashboard

pytestmark = [pytest.mark.slow]

WHITE, BRASS = "#ffffff", "#c2871f"


@pytest.fixture
async def town(make_shop: MakeShop) -> Shop:
    return await make_shop(languages=["en", "pl"], header={"en": "At the counter", "pl": "Przy ladzie"})


async def at_settings(browser: Browser, shop: Shop, part: str = "chat") -> Dashboard:
    staff = await at_dashboard(browser, shop)
    await staff.open("settings", part)
    await expect(staff.page.get_by_role("navigation", name="Parts of the settings")).to_be_visible()
    return staff


def preview(staff: Dashboard, what: str) -> FrameLocator:
    return staff.page.frame_locator(f'iframe[title="Preview: {what}"]')


def field(staff: Dashboard, name: str) -> Locator:
    return staff.page.get_by_label(name, exact=True)


async def settings_of(staff: Dashboard, shop: Shop) -> dict[str, Any]:
    answer = await staff.page.request.get(f"{shop.a}/v1/shops/{shop.id}/settings")
    settings: dict[str, Any] = await answer.json()
    return settings


@pytest.mark.feature("C1", "C2", "C3", "C4")
async def test_what_is_typed_is_previewed_saved_with_what_lacks_and_undone(browser: Browser, town: Shop) -> None:
    staff = await at_settings(browser, town)
    window = preview(staff, "Online").locator(".window")
    await expect(window).to_contain_text("At the counter")
    await field(staff, "Operator display name").fill("Maja from Morrow")
    await field(staff, "Simultaneous conversations").fill("14")
    await field(staff, "Welcome text").fill("Ask us about glazes.")
    await expect(window).to_contain_text("Maja from Morrow")
    await expect(window).to_contain_text("Ask us about glazes.")
    bar = staff.page.get_by_text("3 unsaved changes")
    await expect(bar).to_be_visible()
    # In Polish the welcome lacks: said at its tab, and again after saving; visitors get the English one.
    await expect(staff.page.get_by_role("tab", name="Polski")).to_contain_text("1 missing")
    await staff.page.keyboard.press("Control+s")
    await expect(staff.page.get_by_role("status").filter(has_text="Polish welcome text")).to_contain_text("missing")
    await expect(bar).to_be_hidden()
    saved = await settings_of(staff, town)
    assert (saved["operator_name"], saved["limit"]) == ("Maja from Morrow", 14)
    visitor = await town.visitor(locale="pl")
    assert visitor.welcome is not None
    assert visitor.welcome["appearance"]["header"] == "Przy ladzie"
    assert visitor.welcome["appearance"]["welcome"] == "Ask us about glazes."

    await staff.page.get_by_role("button", name="Undo").click()
    await expect(field(staff, "Simultaneous conversations")).to_have_value("4")
    await expect(staff.page.get_by_text("Visitors see it now.")).to_be_visible()
    undone = await settings_of(staff, town)
    assert (undone["limit"], undone["welcome"]) == (4, {})
    await expect_no_errors(staff)


@pytest.mark.feature("C4")
async def test_leaving_with_unsaved_changes_asks_first(browser: Browser, town: Shop) -> None:
    staff = await at_settings(browser, town)
    await field(staff, "Simultaneous conversations").fill("7")
    # Other parts of the settings are no leaving.
    await staff.page.get_by_role("link", name="Offline form").click()
    await expect(staff.page.get_by_text("1 unsaved change")).to_be_visible()
    await staff.page.get_by_role("link", name="History").click()
    await expect(staff.dialog).to_contain_text("Not saved yet: limit.")
    await staff.dialog.get_by_role("button", name="Stay here").click()
    await expect(staff.page.get_by_role("heading", name="Settings")).to_be_visible()

    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    staff.page.on("dialog", stay)
    async with staff.page.expect_event("dialog"):
        await staff.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]

    await staff.page.get_by_role("link", name="History").click()
    await staff.dialog.get_by_role("button", name="Save and leave").click()
    await expect(staff.page.get_by_role("heading", name="History")).to_be_visible()
    assert (await settings_of(staff, town))["limit"] == 7


@pytest.mark.feature("C4")
async def test_a_colleagues_saving_meanwhile_loses_nothing(browser: Browser, town: Shop) -> None:
    staff = await at_settings(browser, town)
    await field(staff, "Simultaneous conversations").fill("7")
    await field(staff, "Header").fill("Ring the bell")
    await staff.settings(town.a, town.id, limit=9, line=True)
    await staff.page.keyboard.press("Control+s")
    note = staff.page.get_by_role("status").filter(has_text="A colleague saved the settings")
    await expect(note).to_contain_text("You both changed: limit.")
    await expect(staff.page.get_by_role("radio", name="Line", exact=True)).to_be_checked()
    await expect(field(staff, "Simultaneous conversations")).to_have_value("7")
    await staff.page.get_by_role("button", name="Save").click()
    await expect(staff.page.get_by_text("unsaved change")).to_be_hidden()
    await expect(staff.page.get_by_role("main")).to_be_focused()
    saved = await settings_of(staff, town)
    assert (saved["limit"], saved["line"], saved["header"]["en"]) == (7, True, "Ring the bell")


@pytest.mark.feature("C3", "D1")
async def test_colours_that_are_hard_to_read_are_offered_the_nearest_that_pass(browser: Browser, town: Shop) -> None:
    staff = await at_settings(browser, town)
    await field(staff, "Visitor, Background, as a code").fill(BRASS)
    await field(staff, "Visitor, Text, as a code").fill(WHITE)
    await expect(staff.page.get_by_text("too low")).to_be_visible()
    await staff.page.get_by_role("button", name="Use #").click()
    await expect(staff.page.get_by_text("too low")).to_be_hidden()
    better = await field(staff, "Visitor, Background, as a code").input_value()
    bubble = preview(staff, "Online").locator(".visitor .bubble").first
    red, green, blue = (int(better[at : at + 2], 16) for at in (1, 3, 5))
    await expect(bubble).to_have_css("background-color", f"rgb({red}, {green}, {blue})")

    # The form's fields, and what they look like, stand in their own part.
    await staff.page.get_by_role("link", name="Offline form").click()
    form = preview(staff, "Offline").locator(".window")
    await expect(form.locator("#phone")).to_be_hidden()
    await staff.page.get_by_role("checkbox", name="Phone, Required").check()
    await expect(staff.page.get_by_role("checkbox", name="Phone, Requested")).to_be_checked()
    await expect(form.locator("#phone")).to_be_visible()
    await staff.page.get_by_role("button", name="Save").click()
    await expect(staff.page.get_by_text("Visitors see it now.")).to_be_visible()
    saved = await settings_of(staff, town)
    assert saved["offline_form"]["fields"]["phone"] == {"requested": True, "required": True}
    assert saved["colours"]["visitor"] == {"background": better, "text": WHITE}
    await expect_no_errors(staff)
