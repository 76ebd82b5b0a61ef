"""Every screen and state of the dashboard, wide and on a phone, in all languages; light when wide, dark on a phone.

Nothing overflows, is cut, covered or too small to hit, and axe finds nothing. What exactly is looked at is listed in
tests/screens/catalogue.py; `make screens` draws it, each in both themes, and asks axe about them with ARGS=--axe.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.screens.catalogue import PHONE, SCENES, WIDE
from tests.screens.gallery import Gallery, Plan
from tests.screens.life import Town, town
from tests.screens.stage import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.screens, pytest.mark.timeout(600)]


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as made:
        yield made


@pytest.mark.parametrize(("width", "theme"), [(WIDE, "light"), (PHONE, "dark")])
async def test_every_screen_is_sound(browser: Browser, made: Town, width: int, theme: str) -> None:
    gallery = Gallery(browser, made, Plan(SCENES, [width], list(LANGUAGES), [theme], axe=True))
    await gallery.go_through()
    faults = [f"{shot.scene} {shot.group}: {fault}" for shot in gallery.shots for fault in shot.faults]
    wrong = gallery.missing + faults
    assert not wrong, "\n".join(wrong)
