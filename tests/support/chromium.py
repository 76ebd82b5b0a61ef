"""The machine's Chromium, for what drives a browser outside of pytest."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import NAMES, QUIET


class NoChromium(Exception):
    """There is none on this machine."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless browser while inside. Raises NoChromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoChromium("no Chromium on this machine: `make browser` says how to get one")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=[*QUIET, *root])
        try:
            yield browser
        finally:
            await browser.close()
