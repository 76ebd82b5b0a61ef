"""`make screens`: pictures of every screen and state of the dashboard, and what is wrong in them.

python -m tests.screens [--only chat,history] [--widths 1440,390] [--languages en,fr,pl] [--themes light,dark]
                        [--into build/screens] [--axe] [--stay]
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Browser

from tests.screens import sheet
from tests.screens.catalogue import PHONE, SCENES, WIDE
from tests.screens.gallery import Gallery, Plan
from tests.screens.life import Town, town
from tests.screens.stage import LANGUAGES, THEMES
from tests.support.chromium import NoChromium, chromium

DEFAULT_FOLDER = Path("build/screens")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make screens", description="Take pictures of every screen of the dashboard.")
    parser.add_argument("--only", default="", help="comma-separated beginnings of the scenes' names")
    parser.add_argument("--widths", default=f"{WIDE},{PHONE}", help="comma-separated, px")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--into", type=Path, default=DEFAULT_FOLDER, help="the folder for pictures and sheets")
    parser.add_argument("--axe", action="store_true", help="also ask axe, in the first language and each theme")
    parser.add_argument("--stay", action="store_true", help="take no pictures: leave the shops open until Ctrl-C")
    return parser.parse_args()


async def _stay(made: Town) -> None:
    for shop in made.shops:
        for member in shop.staff.values():
            print(f"{shop.base}/dashboard/  {member.email}  {member.password}", flush=True)
    await asyncio.Event().wait()


async def _take(browser: Browser, made: Town, given: argparse.Namespace) -> int:
    wanted = tuple(given.only.split(","))
    plan = Plan(
        [scene for scene in SCENES if scene.name.startswith(wanted)],
        [int(width) for width in given.widths.split(",")],
        given.languages.split(","),
        given.themes.split(","),
        given.axe,
    )
    given.into.mkdir(parents=True, exist_ok=True)
    gallery = Gallery(browser, made, plan, given.into, lambda fault: print(fault, flush=True))
    await gallery.go_through()
    shots, missing = gallery.shots, gallery.missing
    sheets = await sheet.write(browser, given.into, shots)
    print(f"{len(shots)} pictures, {sum(len(shot.faults) for shot in shots)} faults, {len(missing)} scenes not reached")
    print(f"{(given.into / 'index.html').resolve()}", *sheets, sep="\n")
    return 1 if missing else 0


async def _main(given: argparse.Namespace) -> int:
    """Whoever is told to stop takes the shops down first."""
    if (task := asyncio.current_task()) is not None:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        async with town(Path(folder)) as made:
            if given.stay:
                await _stay(made)
            try:
                async with chromium() as browser:
                    return await _take(browser, made, given)
            except NoChromium as failure:
                print(failure, file=sys.stderr)
                return 2


if __name__ == "__main__":
    with suppress(asyncio.CancelledError):
        sys.exit(asyncio.run(_main(_arguments())))
