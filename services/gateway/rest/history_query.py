"""What a list of history is asked for, read from the query string."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.desks import Status
from services.gateway.rest.problems import Problem

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
LONGEST_TEXT: Final = 200

Sort = Literal["-last_message_at", "last_message_at", "customer"]
NEWEST_FIRST: Final = "-last_message_at"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Cursor(Struct, frozen=True, array_like=True):
    """The last row of the page before; good for the same `sort` only."""

    sort: Sort
    active_at: datetime
    id: UUID
    customer: str = ""

    def encode(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


class HistoryQuery(Struct, frozen=True, kw_only=True):
    """`since` and `until` bound the time of the last message (of the start, where nobody wrote); `until` is outside."""

    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    customer: str | None = None
    status: Status | None = None
    sort: Sort = NEWEST_FIRST
    cursor: Cursor | None = None
    limit: int = DEFAULT_LIMIT


def parse(params: Mapping[str, str]) -> HistoryQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    sort = _one_of("sort", params.get("sort") or NEWEST_FIRST, get_args(Sort))
    return HistoryQuery(
        q=_text("q", params.get("q")),
        since=_instant("from", params.get("from")),
        until=_instant("to", params.get("to"), end_of_day=True),
        customer=_text("customer", params.get("customer")),
        status=_one_of("status", params.get("status") or None, get_args(Status)),
        sort=sort,
        cursor=_cursor(params.get("cursor"), sort),
        limit=_limit(params.get("limit")),
    )


def _wrong(name: str, why: str) -> Problem:
    return Problem(400, "invalid", f"The parameter {name} {why}.")


def _text(name: str, value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    if len(value) > LONGEST_TEXT:
        raise _wrong(name, f"may have {LONGEST_TEXT} characters at most")
    if _CONTROL.search(value):
        raise _wrong(name, "may not hold control characters")
    return value.strip()


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise _wrong(name, f"must be one of {', '.join(allowed)}")
    return value


def _instant(name: str, value: str | None, *, end_of_day: bool = False) -> datetime | None:
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
        raise _wrong(name, "must be a day (2026-03-31) or a time with its zone (2026-03-31T12:00:00Z)") from None


def _no_zone() -> datetime:
    raise ValueError("a time without its zone")


def _limit(value: str | None) -> int:
    if not value:
        return DEFAULT_LIMIT
    if not value.isascii() or not value.isdigit() or len(value) > 4 or not 1 <= int(value) <= MOST:
        raise _wrong("limit", f"must be a number from 1 to {MOST}")
    return int(value)


def _cursor(value: str | None, sort: Sort) -> Cursor | None:
    if not value:
        return None
    try:
        cursor = msgspec.json.decode(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), type=Cursor)
    except (binascii.Error, ValueError):
        raise _wrong("cursor", "is none that a list has given") from None
    if cursor.sort != sort or _CONTROL.search(cursor.customer) or cursor.active_at.tzinfo is None:
        raise _wrong("cursor", "belongs to a list in another order")
    return cursor
