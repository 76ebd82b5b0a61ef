"""What a scene is, and the list of all that there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.screens.stage import Stage

Go = Callable[[Stage], Awaitable[object]]
NOBODY = ""
WIDE, PHONE = 1440, 390


@dataclass(frozen=True)
class Scene:
    """One screen or state. `shop` and `member` name who looks; `widths` are those at which it exists."""

    name: str
    shop: str
    member: str
    go: Go
    widths: tuple[int, ...] = (WIDE, PHONE)


SCENES: list[Scene] = []


def scene(name: str, *, shop: str = "morrow", member: str = "Maja", only: int | None = None) -> Callable[[Go], Go]:
    """Put a scene into the catalogue."""

    def add(go: Go) -> Go:
        SCENES.append(Scene(name, shop, member, go, (only,) if only else (WIDE, PHONE)))
        return go

    return add
