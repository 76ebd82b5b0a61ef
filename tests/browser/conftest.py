"""A real Chromium for the tests of this folder; without one they are skipped, each by name."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.integration.gateway.conftest import make_shop, shop
from tests.support.installation import Installation
from tests.support.push_service import PushService, push_service

__all__ = ["make_shop", "shop"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing but the pages under test may talk to a network."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands here: of a file they run one by one."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the machine's Chromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: `make browser` says how to get one")
    return found


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless browser of this test's own; `await browser.new_context()` is a person with a clean profile."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *root])
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
def pushing_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One that may speak to a push service on this machine; shared, so use a shop of your own and kill nothing."""
    running = Installation(tmp_path_factory.mktemp("pushing"), environment={"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"})
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    """A push service, which must have nothing to complain of afterwards."""
    async with push_service() as running:
        yield running
    assert running.wrong == []
