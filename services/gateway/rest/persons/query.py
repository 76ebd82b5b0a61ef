"""Which part of a person's timeline is asked for, read from the query string."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args

import msgspec
from msgspec import Struct

from services.gateway.rest.problems import Problem

DEFAULT_LIMIT: Final = 20
MOST: Final = 100

Kind = Literal["conversation", "offline_message", "rating", "transcript"]


class Cursor(Struct, frozen=True, array_like=True):
    """The last line of the page before."""

    at: datetime
    key: str

    def encode(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


class TimelineQuery(Struct, frozen=True, kw_only=True):
    """Newest first."""

    kind: Kind | None = None
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str]) -> TimelineQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    kind: Any = params.get("kind") or None
    if kind is not None and kind not in get_args(Kind):
        raise _wrong("kind", f"must be one of {', '.join(get_args(Kind))}")
    return TimelineQuery(kind=kind, cursor=_cursor(params.get("cursor")), limit=limit_of(params.get("limit")))


def limit_of(value: str | None) -> int:
    if not value:
        return DEFAULT_LIMIT
    if not value.isascii() or not value.isdigit() or len(value) > 4 or not 1 <= int(value) <= MOST:
        raise _wrong("limit", f"must be a number from 1 to {MOST}")
    return int(value)


def _cursor(value: str | None) -> Cursor | None:
    if not value:
        return None
    try:
        cursor = msgspec.json.decode(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), type=Cursor)
    except (binascii.Error, ValueError):
        raise _wrong("cursor", "is none that a list has given") from None
    if cursor.at.tzinfo is None or "\0" in cursor.key:
        raise _wrong("cursor", "is none that a list has given")
    return cursor


def _wrong(name: str, why: str) -> Problem:
    return Problem(400, "invalid", f"The parameter {name} {why}.", field=name)
