"""Takes the pictures: each scene once a width, and then in every language and theme as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Error

from tests.screens import checks
from tests.screens.catalogue import Scene
from tests.screens.life import Town
from tests.screens.sheet import Shot
from tests.screens.stage import Stage

REACHED_WITHIN_MS = 6_000


@dataclass(frozen=True)
class Plan:
    """What to take."""

    scenes: list[Scene]
    widths: list[int]
    languages: list[str]
    themes: list[str]
    axe: bool = False


async def take(browser: Browser, made: Town, plan: Plan, folder: Path) -> tuple[list[Shot], list[str]]:
    """All pictures, and which scenes could not be reached and why."""
    shots: list[Shot] = []
    missing: list[str] = []
    for width in plan.widths:
        stages: dict[tuple[str, str], Stage] = {}
        for scene in plan.scenes:
            if not _exists(scene, width):
                continue
            who = (scene.shop, scene.member)
            if who not in stages:
                shop = getattr(made, scene.shop)
                stages[who] = await Stage.of(browser, shop, scene.member, width, signed_in=bool(scene.member))
            try:
                await set_scene(stages[who], scene)
            except (Error, AssertionError) as failure:
                missing.append(f"{scene.name} at {width}: {str(failure).splitlines()[0]}")
            shots += await _shots(stages[who], scene, width, plan, folder)
        for stage in stages.values():
            await stage.context.close()
    return shots, missing


async def set_scene(stage: Stage, scene: Scene) -> None:
    """Bring the page there. Raises AssertionError or a Playwright error."""
    stage.page.set_default_timeout(REACHED_WITHIN_MS)
    await stage.reset()
    await scene.go(stage)


def _exists(scene: Scene, width: int) -> bool:
    """A scene of phones exists at no other width; one of wide screens at all but a phone's."""
    return any((width < 600) == (each < 600) for each in scene.widths)


async def _shots(stage: Stage, scene: Scene, width: int, plan: Plan, folder: Path) -> list[Shot]:
    taken = []
    for language in plan.languages:
        await stage.speak(language)
        for theme in plan.themes:
            await stage.wear(theme)
            await stage.settled()
            shot = Shot(scene.name, width, language, theme, f"{scene.name}-{width}-{language}-{theme}.png", [])
            await stage.page.screenshot(path=folder / shot.file)
            if theme == plan.themes[0]:
                shot.faults += await checks.layout_faults(stage.page)
            if plan.axe:
                shot.faults += await checks.axe_faults(stage.page)
            taken.append(shot)
    return taken
