"""Lists by pages: how many items at once, and where the page before ended."""

import base64
import binascii
from typing import TypeVar

import msgspec
from msgspec import Struct

from services.gateway.rest.problems import Problem

MOST_DIGITS = 4


class Place(Struct, frozen=True, array_like=True):
    """The last item of a page, as lists of a kind have it; `encode` makes the cursor of the page after it."""

    def encode(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


PlaceT = TypeVar("PlaceT", bound=Place)


def wrong(name: str, why: str) -> Problem:
    """400: this parameter of the query string can't be taken."""
    return Problem(400, "invalid", f"The parameter {name} {why}.", field=name)


def limit_of(value: str | None, default: int, most: int) -> int:
    """How many items a page has. Raises Problem."""
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > MOST_DIGITS or not 1 <= int(value) <= most:
        raise wrong("limit", f"must be a number from 1 to {most}")
    return int(value)


def place_of(cursor: str | None, kind: type[PlaceT]) -> PlaceT | None:
    """Where to go on. Raises Problem."""
    if not cursor:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
    except (binascii.Error, ValueError):
        raise wrong("cursor", "is none that a list has given") from None
