"""Which part of a person's timeline is asked for, read from the query string."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args

from msgspec import Struct

from services.gateway.rest import paging
from services.gateway.rest.paging import Place, place_of, wrong

DEFAULT_LIMIT: Final = 20
MOST: Final = 100

Kind = Literal["conversation", "offline_message", "rating", "transcript"]


class Cursor(Place, frozen=True, array_like=True):
    """The last line of the page before."""

    at: datetime
    key: str


class TimelineQuery(Struct, frozen=True, kw_only=True):
    """Newest first."""

    kind: Kind | None = None
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str]) -> TimelineQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    kind: Any = params.get("kind") or None
    if kind is not None and kind not in get_args(Kind):
        raise wrong("kind", f"must be one of {', '.join(get_args(Kind))}")
    return TimelineQuery(kind=kind, cursor=_cursor(params.get("cursor")), limit=limit_of(params.get("limit")))


def limit_of(value: str | None) -> int:
    return paging.limit_of(value, DEFAULT_LIMIT, MOST)


def _cursor(value: str | None) -> Cursor | None:
    cursor = place_of(value, Cursor)
    if cursor is not None and (cursor.at.tzinfo is None or "\0" in cursor.key):
        raise wrong("cursor", "is none that a list has given")
    return cursor
