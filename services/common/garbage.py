"""How often garbage is looked for."""

import gc
from typing import Final

COLLECT_AFTER: Final = (20_000, 20, 50)
"""Allocations before the youngest garbage is looked for, and how many of those make up the older ones' turns."""


def spare_collections() -> None:
    """What a service keeps lives long and is no garbage: look through it seldom, or pauses grow with what is in
    memory."""
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
