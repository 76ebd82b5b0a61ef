"""Two people go on writing while every process is killed in turn: what both see in the end is what was written."""

import asyncio
import random

import pytest
from playwright.async_api import Browser, Error, Locator, expect

from tests.support.installation import Installation
from tests.support.pages import PRODUCT, OperatorPage, VisitorPage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

VICTIMS = [("gateway", 0), ("conversations", 0), ("gateway", 1), ("nats", 0), ("postgres", 0)]
BETWEEN_KILLS = (1.0, 3.0)
BETWEEN_MESSAGES = (0.05, 0.4)
SETTLED_MS = 90_000
AWAY_SECONDS = 60.0


async def kill_all(installation: Installation, chance: random.Random) -> None:
    """Each process once, at moments of chance."""
    for service, number in chance.sample(VICTIMS, len(VICTIMS)):
        await asyncio.sleep(chance.uniform(*BETWEEN_KILLS))
        await asyncio.to_thread(installation.wait_until_ready)
        await asyncio.to_thread(installation.kill, service, number)


async def write_until(
    done: "asyncio.Task[None]", visitor: VisitorPage, operator: OperatorPage, window: Locator, chance: random.Random
) -> tuple[list[str], list[str]]:
    """Both write, and the visitor goes from page to page; what each wrote."""
    theirs: list[str] = []
    ours: list[str] = []
    while not done.done():
        number = len(theirs) + len(ours)
        if chance.random() < 0.6:
            theirs.append(f"visitor {number}")
            await visitor.write(theirs[-1])
        else:
            ours.append(f"operator {number}")
            await operator.reply(window, ours[-1])
        if chance.random() < 0.05:
            await load_again(visitor)
        await asyncio.sleep(chance.uniform(*BETWEEN_MESSAGES))
    return theirs, ours


async def load_again(visitor: VisitorPage) -> None:
    """Load the page anew; while its gateway is away again and again, as a person would."""
    async with asyncio.timeout(AWAY_SECONDS):
        while True:
            try:
                await visitor.page.goto(visitor.base_url + PRODUCT)
                break
            except Error:
                await asyncio.sleep(0.2)
    await visitor.open_chat()


@pytest.mark.feature("A5")
async def test_whatever_is_killed_both_sides_end_with_all_messages_once_and_in_order(
    browser: Browser, own_installation: Installation
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    first, second = own_installation.base_urls
    operator = await OperatorPage.sign_in(
        browser, second, own_installation.owner_email, own_installation.owner_password
    )
    await operator.go(online=True)
    visitor = await VisitorPage.open(browser, first)
    await visitor.open_chat()
    await visitor.write("it begins")
    window = operator.window_with("it begins")
    await expect(window).to_be_visible()

    killing = asyncio.create_task(kill_all(own_installation, chance))
    theirs, ours = await write_until(killing, visitor, operator, window, chance)
    await killing

    count = 1 + len(theirs) + len(ours)
    await expect(visitor.window.locator(".bubble:not(.dots)")).to_have_count(count, timeout=SETTLED_MS)
    await expect(window.locator(".bb")).to_have_count(count, timeout=SETTLED_MS)
    shown = await visitor.messages()
    assert [text for text in shown if text.startswith("visitor")] == theirs
    assert [text for text in shown if text.startswith("operator")] == ours
    await operator.expect_messages(window, shown)
    assert visitor.errors + operator.errors == []
    await asyncio.to_thread(own_installation.wait_until_ready)
