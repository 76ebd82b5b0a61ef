"""What the pages' own policies forbid is nothing that they do."""

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, expect

from tests.support.installation import Installation
from tests.support.protocol_client import sign_in

DASHBOARD = ("", "visitors", "history", "offline", "settings/chat")
FORBIDDEN = "Content Security Policy"


def watched(page: Page) -> list[str]:
    """What the browser says of the policy, from here on."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if FORBIDDEN in message.text:
            said.append(message.text)

    page.on("console", hear)
    return said


@pytest.mark.feature("C6")
async def test_no_page_runs_into_its_own_policy(browser: Browser, installation: Installation) -> None:
    base = installation.base_urls[0]
    name, _, value = (await sign_in(base, installation.owner_email, installation.owner_password)).partition("=")
    context = await browser.new_context()
    await context.add_cookies([{"name": name, "value": value, "url": base}])
    page = await context.new_page()
    said = watched(page)
    for at in DASHBOARD:
        await page.goto(f"{base}/dashboard/#/{at}")
        await expect(page.get_by_role("main")).to_be_visible()
        await page.wait_for_load_state("networkidle")
    for at in ("/demo", "/demo/tide-mug.html", "/docs"):
        await page.goto(base + at)
        await page.wait_for_load_state("load")
        if at.startswith("/demo"):
            await expect(page.get_by_role("button", name="Get word of what is new")).to_be_visible()
    assert said == []
    # And it would have been heard: what nobody wrote into the page is not run.
    await page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: '1' }))")
    await expect(page.locator("body")).to_be_visible()
    assert len(said) == 1
