"""Goes through the scenes: each once a width, and then in every language and theme as it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Error

from tests.screens import checks
from tests.screens.catalogue import Scene
from tests.screens.life import Town
from tests.screens.sheet import Shot
from tests.screens.stage import Stage

REACHED_WITHIN_MS = 15_000


@dataclass(frozen=True)
class Plan:
    """What to look at. `axe`: ask it, too, in each theme of the first language."""

    scenes: list[Scene]
    widths: list[int]
    languages: list[str]
    themes: list[str]
    axe: bool = False


class Gallery:
    """All scenes of a plan, `shots` and `missing` as it goes: which could not be reached, and why."""

    def __init__(
        self,
        browser: Browser,
        made: Town,
        plan: Plan,
        folder: Path | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Pictures go into the folder; without one only the checks are made. `tell` hears at once what is wrong."""
        self.shots: list[Shot] = []
        self.missing: list[str] = []
        self._browser = browser
        self._town = made
        self._plan = plan
        self._folder = folder
        self._tell = tell

    async def go_through(self) -> None:
        for width in self._plan.widths:
            async for stage, scene in self._scenes(width):
                await self._look(stage, scene, width)

    async def _scenes(self, width: int) -> AsyncIterator[tuple[Stage, Scene]]:
        """The scenes of this width, each set on the page of who looks at it."""
        stages: dict[tuple[str, str], Stage] = {}
        async with AsyncExitStack() as stack:
            for scene in self._plan.scenes:
                if not _exists(scene, width):
                    continue
                who = (scene.shop, scene.member)
                if who not in stages:
                    shop = getattr(self._town, scene.shop)
                    stages[who] = await Stage.of(self._browser, shop, scene.member, width)
                    stack.push_async_callback(stages[who].context.close)
                try:
                    await _set(stages[who], scene)
                except (Error, AssertionError) as failure:
                    self.missing.append(f"{scene.name} at {width} not reached: {str(failure).splitlines()[0]}")
                    self._tell(self.missing[-1])
                if await stages[who].is_there():
                    yield stages[who], scene

    async def _look(self, stage: Stage, scene: Scene, width: int) -> None:
        for language in self._plan.languages:
            await stage.speak(language)
            for theme in self._plan.themes:
                await stage.wear(theme)
                await stage.settled()
                shot = Shot(scene.name, width, language, theme, f"{scene.name}-{width}-{language}-{theme}.png", [])
                if self._folder:
                    await stage.page.screenshot(path=self._folder / shot.file)
                shot.faults += await self._faults(stage, language, theme)
                self.shots.append(shot)
                for fault in shot.faults:
                    self._tell(f"{shot.scene} {shot.group}: {fault}")
                if not self._folder and not self._asks_axe(language):
                    break  # the layout is the same in every theme

    async def _faults(self, stage: Stage, language: str, theme: str) -> list[str]:
        found = await checks.layout_faults(stage.page) if theme == self._plan.themes[0] else []
        return found + await checks.axe_faults(stage.page) if self._asks_axe(language) else found

    def _asks_axe(self, language: str) -> bool:
        return self._plan.axe and language == self._plan.languages[0]


async def _set(stage: Stage, scene: Scene) -> None:
    """Bring the page there. Raises AssertionError or a Playwright error."""
    stage.page.set_default_timeout(REACHED_WITHIN_MS)
    await stage.reset()
    await scene.go(stage)
    assert stage.errors == [], stage.errors


def _exists(scene: Scene, width: int) -> bool:
    """A scene of phones exists at no other width; one of wide screens at all but a phone's."""
    return any((width < 600) == (each < 600) for each in scene.widths)
