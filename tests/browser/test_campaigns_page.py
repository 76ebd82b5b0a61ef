"""Push campaigns at the dashboard: composed, sent and watched; planned, taken back, and stopped."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, expect
from starlette.responses import Response

from tests.browser.shops import at_dashboard, expect_no_errors
from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.push_service import PushService
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

SENT_MS = 30_000
PAGE = "https://morrow.example/tide-blue"


@pytest.fixture
def installation(pushing_installation: Installation) -> Installation:
    return pushing_installation


@pytest.fixture
def host() -> str:
    """What the push service is called."""
    return "127.0.0.1"


@pytest.fixture
async def shop(make_shop: MakeShop, service: PushService, host: str) -> Shop:
    """One with eight subscribers, of two languages; one browser of the French is gone."""
    made = await make_shop(push={"on": True}, languages=["en", "fr"])
    browsers = [service.subscribe(host=host) for _ in range(8)]
    pages = Pages(made, made.a)
    for number, one in enumerate(browsers):
        wish = {"id": uuid4().hex, "subscription": one.as_json(), "zone": "Europe/Paris"}
        answer = await pages.post("/push-subscriptions", {**wish, "language": ("en", "fr")[number % 2]})
        assert answer.status_code == 201, answer.text
    service.browsers.pop(browsers[1].path)

    async def counted() -> bool:
        shown = await Staff(made).send("GET", "/push", params={"check": "no"})
        return bool(shown.json()["subscribers"] == len(browsers))

    await eventually(counted, 30, "eight subscribers")
    return made


async def composing(browser: Browser, shop: Shop) -> Dashboard:
    """A manager who has written a campaign in English, and has it kept."""
    staff = await at_dashboard(browser, shop)
    await staff.open("push")
    await expect(staff.page.get_by_text("8 subscribers")).to_be_visible()
    await staff.page.get_by_role("link", name="New campaign").click()
    await staff.page.get_by_label("Subject", exact=True).fill("The blue mug is back")
    await staff.page.get_by_label("Opens this page when clicked").fill(PAGE)
    await staff.page.get_by_role("checkbox", name="Respect quiet hours").uncheck()
    await expect(staff.page.get_by_text("Draft kept")).to_be_visible()
    return staff


def state(staff: Dashboard, word: str) -> Locator:
    return staff.page.get_by_role("main").locator("header .tag", has_text=word)


@pytest.mark.feature("F2", "F3", "F4")
async def test_campaign_is_composed_kept_sent_to_some_and_reckoned(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    staff = await composing(browser, shop)
    page = staff.page
    languages = page.get_by_role("main").locator("form").get_by_role("radiogroup", name="Language of the text")
    await languages.get_by_role("radio", name="Français").check()
    await page.get_by_label("Subject", exact=True).fill("La tasse bleue est de retour")
    await expect(page.get_by_role("complementary", name="Preview")).to_contain_text("La tasse bleue")
    await expect(languages.get_by_role("radio", name="Français ✓")).to_be_visible()
    async with page.expect_response(lambda answer: answer.request.method == "PUT" and "campaigns" in answer.url):
        await page.get_by_label("Text", exact=True).fill("Quarante sont sorties du four.")
    await page.reload()
    await expect(page.get_by_label("Subject", exact=True)).to_have_value("The blue mug is back")
    await languages.get_by_role("radio", name="Français").check()
    await expect(page.get_by_label("Text", exact=True)).to_have_value("Quarante sont sorties du four.")

    await page.get_by_role("radio", name="Some").check()
    await page.get_by_role("button", name="Add a rule: Language").click()
    await page.get_by_role("checkbox", name="French").check()
    await page.keyboard.press("Escape")
    await page.get_by_role("checkbox", name="Respect quiet hours").check()
    here = datetime.now(ZoneInfo("Europe/Paris"))
    await page.get_by_label("From").fill(f"{here - timedelta(hours=1):%H:%M}")
    await page.get_by_label("To", exact=False).last.fill(f"{here + timedelta(hours=1):%H:%M}")
    await page.get_by_role("button", name="Send to 4").click()
    await expect(staff.dialog).to_contain_text(f"waits until {here + timedelta(hours=1):%H:%M}")
    await staff.dialog.get_by_role("button", name="Not yet").click()
    await page.get_by_role("checkbox", name="Respect quiet hours").uncheck()
    await page.get_by_role("button", name="Send to 4").click()
    await expect(staff.dialog).to_contain_text("Send to 4 browsers now?")
    await staff.dialog.get_by_role("button", name="Send now").click()

    await expect(state(staff, "Sent")).to_be_visible(timeout=SENT_MS)
    await expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuetext", "4 of 4 done, 100%")
    assert {push.payload["title"] for push in service.taken} == {"La tasse bleue est de retour"}
    assert (len(service.taken), service.taken[0].payload["url"]) == (3, PAGE)
    await expect(page.get_by_role("slider")).to_have_attribute(
        "aria-valuetext", re.compile("Delivered 3, Clicked 0, Failed 1$")
    )
    ledger = page.get_by_role("table", name="Every subscription")
    await expect(ledger.locator(".tag", has_text=re.compile("^(Delivered|Gone)$"))).to_have_count(4)
    await page.get_by_role("combobox", name="Outcome").select_option("gone")
    await expect(ledger.get_by_role("row")).to_have_count(2)
    _, saved = await staff.download(page.get_by_role("link", name="Save as CSV"))
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"))))
    assert [row["outcome"] for row in rows] == ["gone"]
    await expect_no_errors(staff)


@pytest.mark.feature("F2", "F3")
# Under a name of its own: what it asks to wait for, everybody in the installation who pushes there waits for.
@pytest.mark.parametrize("host", ["localhost"])
async def test_campaign_is_planned_taken_back_stopped_on_its_way_and_a_draft_discarded(
    browser: Browser, shop: Shop, service: PushService
) -> None:
    service.on_push = lambda _: Response(status_code=429, headers={"Retry-After": "600"})
    staff = await composing(browser, shop)
    page = staff.page
    await page.get_by_role("radio", name="At a time").check()
    # Where the day begins first it may be nine o'clock of tomorrow already.
    await page.get_by_label("Day", exact=True).fill(f"{datetime.now(UTC) + timedelta(days=3):%F}")
    await page.get_by_role("button", name="Schedule for 8").click()
    await expect(state(staff, "Scheduled")).to_be_visible()
    await page.get_by_role("button", name="Back to draft").click()
    await page.get_by_role("radio", name="Now", exact=False).check()
    await page.get_by_role("button", name="Send to 8").click()
    await staff.dialog.get_by_role("button", name="Send now").click()
    await expect(page.get_by_role("cell", name="Slowed")).to_be_visible(timeout=SENT_MS)
    await page.get_by_role("button", name="Pause").click()
    await expect(state(staff, "Paused")).to_be_visible()
    await page.get_by_role("button", name="Go on", exact=True).click()
    await expect(state(staff, "Sending")).to_be_visible()
    await page.get_by_role("button", name="Stop sending").click()
    await expect(staff.dialog.get_by_role("button", name="Go on sending")).to_be_focused()
    await staff.dialog.get_by_role("button", name="Stop sending").click()
    await expect(state(staff, "Stopped")).to_be_visible()
    ledger = page.get_by_role("table", name="Every subscription")
    await expect(ledger.locator(".tag", has_text=re.compile("^(Stopped|Gone)$"))).to_have_count(8, timeout=SENT_MS)
    assert service.taken == []

    await page.get_by_role("link", name="Back to all campaigns").click()
    await page.get_by_role("link", name="New campaign").click()
    await page.get_by_label("Subject", exact=True).fill("Never sent")
    await expect(page.get_by_text("Draft kept")).to_be_visible()
    await page.get_by_role("button", name="Send me a test").click()
    await expect(page.get_by_text("A page to open is needed.")).to_be_visible()
    await page.get_by_label("Opens this page when clicked").fill(PAGE)
    await page.get_by_role("button", name="Send me a test").click()
    await expect(page.get_by_text("None of your browsers takes notifications.")).to_be_visible()
    await page.get_by_role("button", name="Discard draft").click()
    await staff.dialog.get_by_role("button", name="Discard draft").click()
    await expect(page.get_by_role("table", name="Campaigns").get_by_role("row")).to_have_count(2)
    await expect(page.get_by_role("table", name="Campaigns")).not_to_contain_text("Never sent")
