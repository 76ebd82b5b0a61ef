"""Carts as shops' pages pass them: each shop has its own idea of one, and we need three figures."""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from contracts.sockets.visitor import Cart

MOST_PIECES: Final = 1_000_000
MOST_TOTAL: Final = 1e12

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_FIGURE: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,6})?")


def cart_of(given: Mapping[str, Any]) -> Cart | None:
    """What is in it: `pieces`, else one for each of `items`; `total` and `currency` if they make sense.

    One with nothing in it has no pieces; None if there is nothing that could be understood. Whatever else was passed
    is dropped.
    """
    pieces = _figure(given.get("pieces"))
    if pieces is None and isinstance(given.get("items"), list):
        pieces = float(len(given["items"]))
    if pieces is None:
        return None
    currency = given.get("currency")
    known = isinstance(currency, str) and _CURRENCY.fullmatch(currency.upper()) is not None
    return Cart(
        pieces=min(int(pieces), MOST_PIECES),
        total=_figure(given.get("total")),
        currency=currency.upper() if known and isinstance(currency, str) else None,
    )


def _figure(given: Any) -> float | None:
    """A number that is not negative, also one in a text."""
    if isinstance(given, str) and _FIGURE.fullmatch(given.strip()):
        given = float(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if math.isfinite(given) and 0 <= given <= MOST_TOTAL else None
