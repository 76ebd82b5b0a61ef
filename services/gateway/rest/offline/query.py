"""What the inbox is asked for, read from the query string."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

from msgspec import Struct

from services.gateway.rest.paging import Place, limit_of, place_of, wrong

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
LONGEST_TEXT: Final = 200

Shelf = Literal["new", "answered", "called", "failed"]
"""How a message stands; `failed` are those with a mail that could not be sent."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Cursor(Place, frozen=True, array_like=True):
    """The last message of the page before."""

    left_at: datetime
    id: UUID


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
        raise wrong("status", f"must be one of {', '.join(get_args(Shelf))}")
    limit = limit_of(params.get("limit"), DEFAULT_LIMIT, MOST)
    return InboxQuery(status=status, q=_text(params.get("q")), cursor=_cursor(params.get("cursor")), limit=limit)


def _text(value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    if len(value) > LONGEST_TEXT:
        raise wrong("q", f"may have {LONGEST_TEXT} characters at most")
    if _CONTROL.search(value):
        raise wrong("q", "may not hold control characters")
    return value.strip()


def _cursor(value: str | None) -> Cursor | None:
    cursor = place_of(value, Cursor)
    if cursor is not None and cursor.left_at.tzinfo is None:
        raise wrong("cursor", "is none that a list has given")
    return cursor
