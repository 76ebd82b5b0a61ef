"""What lists of reviews are asked for, read from the query string."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

from msgspec import Struct

from contracts.engagement.reviews import ReviewState
from services.gateway.rest.paging import Place, limit_of, place_of, wrong

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
LONGEST_TEXT: Final = 200

Order = Literal["newest", "best", "worst"]

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Cursor(Place, frozen=True, array_like=True):
    """The last review of the page before; `seen` counts those up to it."""

    stars: int
    written_at: datetime
    id: UUID
    seen: int


class ReviewQuery(Struct, frozen=True, kw_only=True):
    """Of which reviews. `q`: words that product, number, text or author hold."""

    state: ReviewState | None = None
    q: str | None = None
    sku: str | None = None
    stars: int | None = None
    language: str | None = None
    variant: str | None = None
    order: Order = "newest"
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str], *, limit: int = DEFAULT_LIMIT, most: int = MOST) -> ReviewQuery:
    """The query of a request's parameters: `limit` reviews if it does not say, `most` at once whatever it says.

    Raises a Problem that says which parameter is wrong, and how.
    """
    return ReviewQuery(
        state=_one_of("state", params, get_args(ReviewState)),
        q=_text("q", params),
        sku=_text("sku", params),
        stars=_stars(params.get("stars")),
        language=_text("in", params),
        variant=_text("variant", params),
        order=_one_of("order", params, get_args(Order)) or "newest",
        cursor=_cursor(params.get("cursor")),
        limit=limit_of(params.get("limit"), limit, most),
    )


def _one_of(name: str, params: Mapping[str, str], known: tuple[str, ...]) -> Any:
    value = params.get(name) or None
    if value is not None and value not in known:
        raise wrong(name, f"must be one of {', '.join(known)}")
    return value


def _stars(value: str | None) -> int | None:
    if not value:
        return None
    if value not in ("1", "2", "3", "4", "5"):
        raise wrong("stars", "must be a number from 1 to 5")
    return int(value)


def _text(name: str, params: Mapping[str, str]) -> str | None:
    value = (params.get(name) or "").strip()
    if len(value) > LONGEST_TEXT:
        raise wrong(name, f"may have {LONGEST_TEXT} characters at most")
    if _CONTROL.search(value):
        raise wrong(name, "may not hold control characters")
    return value or None


def _cursor(value: str | None) -> Cursor | None:
    cursor = place_of(value, Cursor)
    if cursor is not None and cursor.written_at.tzinfo is None:
        raise wrong("cursor", "is none that a list has given")
    return cursor
