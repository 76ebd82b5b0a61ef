"""The contact sheet: one HTML page with all pictures, and a large picture of each language, width and theme."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.async_api import Browser

COLUMNS = {True: 6, False: 3}
"""Pictures in a row: of phones, of wide screens."""
ROWS = 3
"""Of pictures on one large picture."""
SHEET_PX = 2400
_STYLE = """
body { margin: 0; padding: 24px; background: #d9d5cc; font: 15px/20px sans-serif; color: #222; }
h1 { font-size: 26px; line-height: 32px; margin: 0 0 16px; }
.all { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); gap: 20px; align-items: start; }
figure { margin: 0; } figcaption { padding: 0 0 6px; } figcaption b { font-size: 17px; }
img { display: block; width: 100%; box-shadow: 0 0 0 1px #0003; background: #fff; }
li { font-size: 13px; line-height: 17px; color: #a00; overflow-wrap: anywhere; }
ul { margin: 4px 0 0; padding: 0 0 0 16px; }
"""


@dataclass
class Shot:
    """A picture of a scene, and what is wrong in it."""

    scene: str
    width: int
    language: str
    theme: str
    file: str
    faults: list[str]

    @property
    def group(self) -> str:
        return f"{self.width}-{self.language}-{self.theme}"


def _page(title: str, groups: list[list[Shot]], *, faults: bool) -> str:
    parts = [_group(group, faults=faults) for group in groups]
    return f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>{''.join(parts)}"


def _group(group: list[Shot], *, faults: bool) -> str:
    columns = COLUMNS[group[0].width < 600]
    figures = "".join(_figure(shot, faults=faults) for shot in group)
    return f'<h1>{group[0].group}</h1><div class=all style="--columns:{columns}">{figures}</div>'


def _figure(shot: Shot, *, faults: bool) -> str:
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in shot.faults) if faults else ""
    name, file = escape(shot.scene), escape(shot.file)
    return (
        f"<figure><figcaption><b>{name}</b> {len(shot.faults) or ''}</figcaption>"
        f'<a href="{file}"><img src="{file}" loading=eager></a>{listed and f"<ul>{listed}</ul>"}</figure>'
    )


def _groups(shots: list[Shot]) -> list[list[Shot]]:
    names = dict.fromkeys(shot.group for shot in shots)
    return [[shot for shot in shots if shot.group == name] for name in names]


def _sheets(group: list[Shot]) -> list[list[Shot]]:
    """So many pictures on each that they can be read."""
    most = COLUMNS[group[0].width < 600] * ROWS
    return [group[start : start + most] for start in range(0, len(group), most)]


async def write(browser: Browser, folder: Path, shots: list[Shot]) -> list[Path]:
    """The sheets of these pictures, in their folder; the paths of the large ones."""
    groups = _groups(shots)
    (folder / "index.html").write_text(_page("Screens", groups, faults=True))
    page = await browser.new_page(viewport={"width": SHEET_PX, "height": 1200})
    sheets = []
    draft = (folder / "sheet.html").resolve()
    for group in groups:
        for number, part in enumerate(_sheets(group), 1):
            draft.write_text(_page(group[0].group, [part], faults=False))
            await page.goto(draft.as_uri())
            sheets.append(folder / f"sheet-{group[0].group}-{number}.png")
            await page.screenshot(path=sheets[-1], full_page=True)
    draft.unlink()
    await page.close()
    return sheets
