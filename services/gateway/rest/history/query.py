"""What a list of history is asked for, read from the query string."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args
from uuid import UUID

from msgspec import Struct

from contracts.desks import Status
from services.common.words import words_of
from services.gateway.rest.paging import Place, limit_of, place_of, wrong

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
MOST_IDS: Final = 200
LONGEST_TEXT: Final = 200
NOT_RATED: Final = 0

Sort = Literal["-last_message_at", "last_message_at", "customer"]
NEWEST_FIRST: Final = "-last_message_at"
OLDEST_FIRST: Final = "last_message_at"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_OPERATOR = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RATINGS: Final = {"none": NOT_RATED, **{str(score): score for score in range(1, 6)}}


class Cursor(Place, frozen=True, array_like=True):
    """The last row of the page before; good for the same `sort` only."""

    sort: Sort
    active_at: datetime
    id: UUID
    customer: str = ""


class Filter(Struct, frozen=True, kw_only=True):
    """Which conversations. `since` and `until` bound the time of the last message (of the start, where nobody wrote).

    `until` is outside. `words` are beginnings of words, as `services.common.words` has them: none of them means that
    what was searched for has no word in it, which nothing matches. `ratings` holds 0 for those not rated.
    """

    words: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    customer: str | None = None
    status: Status | None = None
    operator: str | None = None
    ratings: tuple[int, ...] | None = None
    signed_in: bool | None = None
    ids: tuple[UUID, ...] | None = None


class HistoryQuery(Struct, frozen=True, kw_only=True):
    """One page of a list."""

    filter: Filter = Filter()
    sort: Sort = NEWEST_FIRST
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str]) -> HistoryQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    sort = _one_of("sort", params.get("sort") or NEWEST_FIRST, get_args(Sort))
    return HistoryQuery(
        filter=parse_filter(params),
        sort=sort,
        cursor=_cursor(params.get("cursor"), sort),
        limit=limit_of(params.get("limit"), DEFAULT_LIMIT, MOST),
    )


def parse_filter(params: Mapping[str, str]) -> Filter:
    """The same without page and order."""
    searched = text_of("q", params.get("q"))
    signed_in = _one_of("signed_in", params.get("signed_in") or None, ("true", "false"))
    return Filter(
        words=None if searched is None else tuple(dict.fromkeys(words_of(searched))),
        since=instant("from", params.get("from")),
        until=instant("to", params.get("to"), end_of_day=True),
        customer=text_of("customer", params.get("customer")),
        status=_one_of("status", params.get("status") or None, get_args(Status)),
        operator=_operator(params.get("operator")),
        ratings=_ratings(params.get("rating")),
        signed_in=None if signed_in is None else signed_in == "true",
        ids=_ids(params.get("ids")),
    )


def text_of(name: str, value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    if len(value) > LONGEST_TEXT:
        raise wrong(name, f"may have {LONGEST_TEXT} characters at most")
    if _CONTROL.search(value):
        raise wrong(name, "may not hold control characters")
    return value.strip()


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise wrong(name, f"must be one of {', '.join(allowed)}")
    return value


def _operator(value: str | None) -> str | None:
    if not value:
        return None
    if not _OPERATOR.fullmatch(value):
        raise wrong("operator", "must be the id of an operator")
    return value


def _ratings(value: str | None) -> tuple[int, ...] | None:
    if not value:
        return None
    scores = {_RATINGS.get(score) for score in value.split(",")}
    if None in scores:
        raise wrong("rating", "must be scores from 1 to 5, or none, with commas between them")
    return tuple(sorted(score for score in scores if score is not None))


def _ids(value: str | None) -> tuple[UUID, ...] | None:
    if not value:
        return None
    try:
        ids = tuple(dict.fromkeys(UUID(one) for one in value.split(",")))
    except ValueError:
        raise wrong("ids", "must be ids of conversations, with commas between them") from None
    if len(ids) > MOST_IDS:
        raise wrong("ids", f"may have {MOST_IDS} ids at most")
    return ids


def instant(name: str, value: str | None, *, end_of_day: bool = False) -> datetime | None:
    """A time as RFC 3339 has it, or a day in UTC; as an end, a day counts whole."""
    if not value:
        return None
    try:
        if _DAY.fullmatch(value):
            day = datetime.combine(date.fromisoformat(value), time(), UTC)
            return day + timedelta(days=1) if end_of_day else day
        # A plus sign that was not escaped arrives as a space.
        found = datetime.fromisoformat(value.replace(" ", "+"))
        return found.astimezone(UTC) if found.tzinfo else _no_zone()
    except (ValueError, OverflowError):
        raise wrong(name, "must be a day (2026-03-31) or a time with its zone (2026-03-31T12:00:00Z)") from None


def _no_zone() -> datetime:
    raise ValueError("a time without its zone")


def _cursor(value: str | None, sort: Sort) -> Cursor | None:
    cursor = place_of(value, Cursor)
    if cursor is None:
        return None
    if cursor.sort != sort or _CONTROL.search(cursor.customer) or cursor.active_at.tzinfo is None:
        raise wrong("cursor", "belongs to a list in another order")
    return cursor
