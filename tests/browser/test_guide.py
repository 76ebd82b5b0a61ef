"""From an installation without a shop to the first answered chat, the way an owner goes, and how long that takes."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.shop_page import shop_page

EMAIL, PASSWORD = "piotr@morrow.example", "a kiln full of moss bowls"
ORIGIN = "https://www.morrow.example"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """Nobody has set it up."""
    running = Installation(tmp_path / "empty", gateways=1, environment={"SHOPBELL_DEMO": "false"})
    running.start()
    yield running
    running.stop()


def make_shop_of(installation: Installation) -> None:
    """What who runs the installation does for a new shop."""
    for command in (
        ("shop", "create", "morrow", "--name", "Shop"),
        ("staff", "create", "morrow", EMAIL, "--name", "Piotr", "--role", "owner", "--password", PASSWORD),
    ):
        done = installation.cli(*command)
        assert done.returncode == 0, done.stderr


@pytest.mark.feature("C1", "C2", "C5", "A2")
async def test_an_owner_is_led_from_nothing_to_the_first_answered_chat(browser: Browser, empty: Installation) -> None:
    began, base = time.monotonic(), empty.base_urls[0]
    make_shop_of(empty)
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    staff = Dashboard(context, await context.new_page())
    page = staff.page
    await page.goto(f"{base}/dashboard/")
    await page.get_by_label("Email").fill(EMAIL)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()

    main, forth = page.get_by_role("main"), page.get_by_role("main").get_by_role("button", name="Next", exact=True)
    await expect(main.get_by_role("heading", name="Who stands at the counter?")).to_be_visible()
    await main.get_by_label("Your name, as customers see it").fill("Piotr")
    await main.get_by_label("Name of the shop").fill("Morrow Ceramics")
    await page.reload()  # what was typed is kept
    await expect(main.get_by_label("Name of the shop")).to_have_value("Morrow Ceramics")
    await forth.click()

    await main.get_by_label("Another origin").fill("www.morrow.example/mugs")
    await main.get_by_role("button", name="Add").click()
    await expect(main.get_by_text("Looking for it.")).to_be_visible()
    shop = await shop_page(browser, base, "morrow", origin=ORIGIN)
    await expect(main.get_by_text("We see it on your page: www.morrow.example.")).to_be_visible()
    await forth.click()

    await main.get_by_role("radio", name="Green").check()
    await main.get_by_label("Header").fill("At the counter")
    await main.get_by_label("Welcome text").fill("Ask us about glazes")
    await forth.click()

    await main.get_by_role("switch").click()
    await expect(main.get_by_text("4 channels")).to_be_visible()
    await shop.page.reload()  # a visitor who comes now
    await shop.open_chat()
    await expect(shop.window.get_by_text("Ask us about glazes")).to_be_visible()
    await shop.write("hello")
    await expect(main.get_by_text("Somebody rings.")).to_be_visible()
    await main.get_by_role("link", name="Answer").click()
    window = staff.window_with("hello")
    await staff.reply(window, "hello yourself")
    await expect(shop.window.get_by_text("hello yourself")).to_be_visible()
    print(f"\nempty installation to first answered chat: {time.monotonic() - began:.1f} s")

    await staff.open("help", "start")
    await expect(main.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "4")
    assert staff.errors == []
    assert shop.errors == []
