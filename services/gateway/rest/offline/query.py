"""What the inbox is asked for, read from the query string."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from services.gateway.rest.problems import Problem

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
LONGEST_TEXT: Final = 200

Shelf = Literal["new", "answered", "called", "failed"]
"""How a message stands; `failed` are those with a mail that could not be sent."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Cursor(Struct, frozen=True, array_like=True):
    """The last message of the page before."""

    left_at: datetime
    id: UUID

    def encode(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


class InboxQuery(Struct, frozen=True, kw_only=True):
    """Newest first."""

    status: Shelf | None = None
    q: str | None = None
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str]) -> InboxQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    status: Any = params.get("status") or None
    if status is not None and status not in get_args(Shelf):
        raise _wrong("status", f"must be one of {', '.join(get_args(Shelf))}")
    return InboxQuery(
        status=status, q=_text(params.get("q")), cursor=_cursor(params.get("cursor")), limit=_limit(params.get("limit"))
    )


def _wrong(name: str, why: str) -> Problem:
    return Problem(400, "invalid", f"The parameter {name} {why}.", field=name)


def _text(value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    if len(value) > LONGEST_TEXT:
        raise _wrong("q", f"may have {LONGEST_TEXT} characters at most")
    if _CONTROL.search(value):
        raise _wrong("q", "may not hold control characters")
    return value.strip()


def _limit(value: str | None) -> int:
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
    if cursor.left_at.tzinfo is None:
        raise _wrong("cursor", "is none that a list has given")
    return cursor
