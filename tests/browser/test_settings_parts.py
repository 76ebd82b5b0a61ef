"""Parts of the settings: opening hours, departments, invitations, privacy, canned replies, and the log of changes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import Shop
from tests.support.dashboard import Dashboard
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]


async def at_part(browser: Browser, shop: Shop, part: str) -> Dashboard:
    staff = await at_dashboard(browser, shop)
    await staff.open("settings", part)
    await expect(staff.page.get_by_role("navigation", name="Parts of the settings")).to_be_visible()
    return staff


async def save(staff: Dashboard) -> None:
    await staff.page.keyboard.press("Control+s")
    await expect(staff.page.get_by_text("Visitors see it now.")).to_be_visible()


async def settings_of(staff: Dashboard, shop: Shop) -> dict[str, Any]:
    answer = await staff.page.request.get(f"{shop.a}/v1/shops/{shop.id}/settings")
    settings: dict[str, Any] = await answer.json()
    return settings


def button(staff: Dashboard, name: str) -> Locator:
    return staff.page.get_by_role("button", name=name, exact=True)


def span(opens: str, closes: str) -> dict[str, str]:
    return {"opens": opens, "closes": closes}


@pytest.mark.feature("C1")
async def test_hours_are_dragged_moved_and_typed_and_a_closed_day_is_as_if_nobody_were_online(
    browser: Browser, shop: Shop
) -> None:
    staff = await at_part(browser, shop, "hours")
    await staff.page.get_by_role("switch", name="The shop has opening hours").click()
    await button(staff, "Monday: 9:00 to 17:00").focus()
    await staff.page.keyboard.press("ArrowRight")
    await staff.page.keyboard.press("Shift+ArrowLeft")
    await expect(button(staff, "Monday: 9:15 to 17:00")).to_be_focused()

    bar = button(staff, "Tuesday: 9:00 to 17:00")
    await bar.scroll_into_view_if_needed()
    box = await bar.bounding_box()
    assert box is not None
    right, middle = box["x"] + box["width"] - 4, box["y"] + box["height"] / 2
    await staff.page.mouse.move(right, middle)
    await staff.page.mouse.down()
    await staff.page.mouse.move(right + box["width"] / 8, middle)
    await staff.page.mouse.up()
    await expect(button(staff, "Tuesday: 9:00 to 18:00")).to_be_visible()

    await button(staff, "Wednesday: 9:00 to 17:00").click()
    await staff.page.get_by_label("Wednesday, closes").fill("13:00")
    # What was typed stays with its span when another one is chosen.
    await button(staff, "Thursday: 9:00 to 17:00").click()
    await button(staff, "Wednesday: 9:00 to 13:00").click()
    await button(staff, "Another span").click()
    await staff.page.get_by_label("Wednesday, 2, opens").fill("12:30")
    clash = staff.page.get_by_role("alert").filter(has_text="may not overlap")
    await expect(clash).to_contain_text("Wednesday 9:00 to 13:00 and 12:30 to 16:00")
    # Whoever works by keyboard goes on where a button was that has gone.
    await button(staff, "Join them").click()
    await expect(button(staff, "Wednesday: 9:00 to 16:00")).to_be_focused()
    await button(staff, "Sunday: Closed. Add a span").click()
    await expect(button(staff, "Sunday: 9:00 to 17:00")).to_be_focused()

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    await staff.page.get_by_label("Another day").fill(today)
    await button(staff, "Add the day").click()
    await save(staff)
    hours = (await settings_of(staff, shop))["hours"]
    usual = [span("09:00", "17:00")]
    changed = [[span("09:15", "17:00")], [span("09:00", "18:00")], [span("09:00", "16:00")]]
    assert hours["week"] == [*changed, usual, usual, [], usual]
    assert hours["exceptions"] == [{"date": today, "hours": []}]
    await shop.operator()
    visitor = await shop.visitor()
    assert visitor.welcome is not None
    assert visitor.welcome["availability"] == "form"
    await expect_no_errors(staff)


@pytest.mark.feature("C1", "A11")
async def test_department_invitation_and_privacy_are_made_and_saved(browser: Browser, shop: Shop) -> None:
    staff = await at_part(browser, shop, "departments")
    await button(staff, "New department").first.click()
    await staff.page.get_by_label("Department", exact=True).fill("Wholesale")
    await staff.page.get_by_role("checkbox", name="Ada").check()
    await staff.page.get_by_role("link", name="Invitations", exact=True).click()
    await button(staff, "New invitation").first.click()
    await staff.page.get_by_label("Name", exact=True).fill("Full cart")
    await staff.page.get_by_label("Cart worth at least").fill("49,90")
    await staff.page.get_by_label("Page", exact=True).fill("/glazes/*")
    await staff.page.keyboard.press("Control+s")
    await expect(staff.page.get_by_role("alert").filter(has_text="Not saved")).to_contain_text("invitations")
    await staff.page.get_by_label("What it says").fill("Shall we hold it for you?")
    await staff.page.get_by_role("link", name="Privacy", exact=True).click()
    await staff.page.get_by_label("Notice", exact=True).fill("We keep it for a year.")
    await staff.page.get_by_role("switch", name="Ask for consent").click()
    await staff.page.get_by_role("switch", name="Delete old conversations").click()
    await save(staff)
    saved = await settings_of(staff, shop)
    (department,), (invitation,) = saved["departments"], saved["invitations"]
    assert (department["name"], len(department["operators"])) == ("Wholesale", 1)
    assert (invitation["name"], invitation["cart"], invitation["page"]) == ("Full cart", 49.9, "/glazes/*")
    assert invitation["text"] == {"en": "Shall we hold it for you?"}
    assert saved["privacy"] == {"notice": {"en": "We keep it for a year."}, "link": "", "consent": True}
    assert saved["retention"]["conversations_days"] == 365
    await expect_no_errors(staff)


@pytest.mark.feature("C4")
async def test_log_of_changes_says_who_and_what_finds_and_undoes(browser: Browser, shop: Shop) -> None:
    staff = await at_part(browser, shop, "changes")
    await staff.settings(shop.a, shop.id, limit=7, welcome={"en": "Good morning"})
    await staff.settings(shop.a, shop.id, limit=9)
    entries = staff.page.get_by_role("list", name="Changes").get_by_role("listitem")

    async def look(text: str) -> Locator:
        await staff.page.get_by_role("searchbox").fill(text)
        return entries.filter(has_text="changed")

    async def written_down() -> bool:
        answer = await staff.page.request.get(f"{shop.a}/v1/shops/{shop.id}/changes")
        return len((await answer.json())["items"]) == 3

    await eventually(written_down, 10.0, "three changes in the log")
    await staff.page.reload()
    await expect(entries).to_have_count(3)
    await expect(entries.first).to_contain_text("Ada changed: limit7 to 9")
    found = await look("morning")
    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("English welcome text")
    await found.get_by_role("button", name="Undo").click()
    await expect(staff.page.get_by_text("Undone. The change log has a new entry.")).to_be_visible()
    assert (await settings_of(staff, shop))["welcome"] == {}

    # The limit was changed again: both values are shown, and asked about.
    await staff.page.get_by_role("searchbox").fill("limit")
    older = entries.filter(has_text="20 to 7")
    await older.get_by_role("button", name="Undo").click()
    await staff.dialog.get_by_role("button", name="Put it back").click()
    await expect(staff.dialog).to_contain_text("Undoing gives back 20. Now it is 9.")
    await staff.dialog.get_by_role("button", name="Put 20 back").click()
    await expect(older).to_contain_text("Undone by Ada")
    await expect(entries.first).to_contain_text("Ada undid Ada’s change: limit")
    assert (await settings_of(staff, shop))["limit"] == 20
    name, table = await staff.download(staff.page.get_by_role("link", name="Download as a CSV table"))
    assert name.startswith(f"changes-{shop.id}-")
    assert len(table.decode().strip().splitlines()) == 4
    await expect_no_errors(staff)


@pytest.mark.feature("B10")
async def test_canned_reply_is_made_on_its_page_and_not_left_unsaved_by_mistake(browser: Browser, shop: Shop) -> None:
    staff = await at_part(browser, shop, "canned")
    await button(staff, "New reply").click()
    await staff.page.get_by_label("Shortcut", exact=True).fill("delivery")
    await staff.page.get_by_label("Text in English").fill("Two days.")
    await staff.page.get_by_role("link", name="Change log").click()
    await expect(staff.dialog).to_contain_text("Not saved yet: /delivery.")
    await staff.dialog.get_by_role("button", name="Stay here").click()
    await button(staff, "Save").click()
    await expect(staff.page.get_by_role("button", name="/delivery")).to_be_visible()
    await staff.page.get_by_role("link", name="Change log").click()
    entry = staff.page.get_by_role("list", name="Changes").get_by_role("listitem")
    await expect(entry).to_contain_text("Ada added: canned reply /delivery")
    await expect_no_errors(staff)


@pytest.mark.feature("B10")
async def test_blocked_visitor_is_let_in_again_in_the_settings(browser: Browser, shop: Shop) -> None:
    visitor, operator = await shop.chat()
    await operator.command("block", conversation=visitor.conversation)
    await visitor.wait_for(lambda: visitor.latest.get("availability", {}).get("state") == "hidden")
    staff = await at_part(browser, shop, "privacy")
    await staff.page.get_by_role("button", name="Let Guest in again").click()
    await expect(staff.page.get_by_text("Nobody is blocked.")).to_be_visible()
    await expect(staff.page.get_by_role("heading", name="Blocked visitors")).to_be_focused()
    await visitor.wait_for(lambda: visitor.latest.get("availability", {}).get("state") == "online")
    await expect_no_errors(staff)
