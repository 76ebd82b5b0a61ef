"""Reviews at the dashboard: read and decided on by key, answered, brought from a table, and how customers are asked."""

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.shops import at_dashboard
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Staff
from tests.screens.checks import axe_faults, layout_faults
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

HEAD = "sku,product,stars,text,author,language,written_at,state,confirmed\n"
MUG = "tide-mug,Tide mug,5,Holds the heat,Hannah W.,en,2026-03-03,,yes\n"
JUG = "milk-jug,Milk jug,1,call me on 601 555 018,,en,2026-03-02,,no\n"
BOWL = "salt-bowl,Salt bowl,2,The rim was chipped,Tobias L.,en,2026-03-01,,yes\n"
WRONG = "moss-bowl,Moss bowl,7,Lovely,,en,2026-03-01,,no\n"
REPLY = "We are sorry. A new one is on its way."


@pytest.mark.feature("G3")
async def test_reviews_are_brought_read_by_key_answered_and_published(browser: Browser, shop: Shop) -> None:
    staff = await at_dashboard(browser, shop)
    page, keyboard = staff.page, staff.page.keyboard
    await page.emulate_media(reduced_motion="reduce")  # colours are measured, which must not be on their way
    await staff.open("reviews")
    await expect(page.get_by_role("heading", name="No reviews yet")).to_be_visible()

    await page.get_by_role("button", name="Import reviews").click()
    table = FilePayload(name="old.csv", mimeType="text/csv", buffer=(HEAD + MUG + JUG + BOWL + WRONG).encode())
    await staff.dialog.locator("input[type=file]").set_input_files(table)
    await staff.dialog.get_by_role("button", name="Import", exact=True).click()
    await expect(staff.dialog).to_contain_text("3 reviews imported.")
    await expect(staff.dialog.get_by_role("listitem")).to_have_text("Line 5 stars is no number from 1 to 5.")
    await keyboard.press("Escape")
    await expect(staff.dialog).to_be_hidden()

    mug, jug, bowl = (page.get_by_role("article", name=name) for name in ("Tide mug", "Milk jug", "Salt bowl"))
    await expect(page.get_by_role("article")).to_have_count(3)
    await expect(jug).to_contain_text("Holds a phone number")
    await expect(page.get_by_role("link", name="Reviews").get_by_role("img", name="3 to read")).to_be_visible()
    assert [*await layout_faults(page), *await axe_faults(page)] == []

    await keyboard.press("j")
    await expect(jug).to_be_focused()
    await keyboard.press("x")
    await expect(page.get_by_text("Rejected: Milk jug")).to_be_visible()
    await expect(bowl).to_be_focused()
    await keyboard.press("r")
    await bowl.get_by_role("textbox").fill(REPLY)
    await keyboard.press("Escape")
    await expect(bowl.get_by_role("button", name="Your reply, draft")).to_contain_text(REPLY)
    await page.reload()
    await bowl.get_by_role("button", name="Your reply, draft").click()
    await expect(bowl.get_by_role("textbox")).to_have_value(REPLY)
    await keyboard.press("Control+Enter")
    await expect(bowl).to_contain_text("shown once the review is published")
    await expect(bowl).to_be_focused()
    await keyboard.press("p")
    await expect(page.get_by_text("Published: Salt bowl")).to_be_visible()
    await expect(mug).to_be_focused()
    await keyboard.press("p")
    await expect(page.get_by_role("heading", name="All read")).to_be_visible()

    await page.get_by_role("button", name="2 stars").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(bowl).to_contain_text(REPLY)

    async def published() -> bool:
        items = (await Staff(shop).send("GET", "/reviews", params={"state": "published"})).json()["items"]
        shown = [(item["sku"], item.get("reply", {}).get("text")) for item in items]
        return shown == [("tide-mug", None), ("salt-bowl", REPLY)]

    await eventually(published, 30, "what is published")

    await page.get_by_role("button", name="Mode and days").click()
    await staff.dialog.get_by_role("switch").click()
    await staff.dialog.get_by_role("radio", name="Once the order is placed").check()
    await staff.dialog.get_by_label("Days after", exact=True).fill("14")
    await keyboard.press("Control+s")
    await expect(staff.dialog).to_be_hidden()
    await expect(page.get_by_text("One link a product, 14 days after the order.")).to_be_visible()
    rules = (await Staff(shop).send("GET", "/review-rules")).json()
    assert (rules["on"], rules["mode"], rules["days"], rules["hour"]) == (True, "placed", 14, 10)
    assert staff.errors == []
