"""Makes what people typed safe to stand in mails: in one line of a header, or in a text of several.

Controls go, and so do the characters that turn the direction of what follows them: a name could otherwise make the
rest of a line read backwards, or a link show another address than it leads to. In the archive everything stays as it
was typed.
"""

import re
from typing import Final

MOST_IN_LINE: Final = 200
MOST_IN_TEXT: Final = 100_000

_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DIRECTION: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS: Final = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb\ud800-\udfff"
_GONE: Final = re.compile(f"[{_CONTROLS}{_DIRECTION}]")
_SPACES: Final = re.compile(r"\s+")


def line(text: str | None, most: int = MOST_IN_LINE) -> str:
    """One line of at most so many characters, cut with `…`."""
    cleaned = _SPACES.sub(" ", _GONE.sub("", _BREAKS.sub(" ", text or ""))).strip()
    return cleaned if len(cleaned) <= most else cleaned[: most - 1].rstrip() + "…"


def text(said: str | None, most: int = MOST_IN_TEXT) -> str:
    """Several lines, cut with `…` after so many characters: the whole is in the archive."""
    cleaned = _GONE.sub("", _BREAKS.sub("\n", said or "")).strip()
    return cleaned if len(cleaned) <= most else cleaned[: most - 1].rstrip() + "…"
