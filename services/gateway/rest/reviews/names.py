"""Names as they may stand in public: one line, in its own direction, of signs that can be seen. Pure."""

import unicodedata
from typing import Final

_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible, but Persian words and some scripts of India are spelt with them (The Unicode Standard, section 23.2)."""


def visible(name: str) -> str:
    """The name without signs that only change how others look; empty if nothing else is in it."""
    signs = "".join(sign for sign in name if sign in _JOINERS or unicodedata.category(sign) not in ("Cf", "Co", "Cn"))
    line = " ".join(signs.split())
    return line if line.strip("\u200c\u200d ") else ""
