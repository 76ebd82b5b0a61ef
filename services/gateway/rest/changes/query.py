"""What the change log is asked for, read from the query string."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from services.gateway.rest.changes.parts import Names, names_of
from services.gateway.rest.history.query import instant, text_of
from services.gateway.rest.paging import Place, limit_of, place_of, wrong

DEFAULT_LIMIT: Final = 50
MOST: Final = 200
MOST_NAMED: Final = 100

_WHO: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAMED: Final = re.compile(r"[a-z0-9_.-]{1,80}")

ACCESS: Final = 0
SETTINGS: Final = 1
"""Which book an entry is in: of two at the same moment that of the settings is the newer one."""


class ChangePlace(Place, frozen=True, array_like=True):
    """The last entry of a page: its time, its book, and its numbers there."""

    at: datetime
    book: int
    seq: int
    number: int


class Filter(Struct, frozen=True, kw_only=True):
    """Which changes. `text` stands in values, in names of settings or in those of authors; `named` are settings and
    deeds whose name in the reader's language has the text in it. `until` is outside."""

    text: str | None = None
    named: tuple[str, ...] = ()
    who: str | None = None
    names: Names = Names()
    since: datetime | None = None
    until: datetime | None = None


class ChangeQuery(Struct, frozen=True, kw_only=True):
    """One page, the newest first."""

    filter: Filter
    after: ChangePlace | None
    limit: int


def parse(params: Mapping[str, str]) -> ChangeQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    after = place_of(params.get("cursor"), ChangePlace)
    if after is not None and after.at.tzinfo is None:
        raise wrong("cursor", "is none that a list has given")
    limit = limit_of(params.get("limit"), DEFAULT_LIMIT, MOST)
    return ChangeQuery(filter=parse_filter(params), after=after, limit=limit)


def parse_filter(params: Mapping[str, str]) -> Filter:
    """The same without page."""
    who = params.get("who") or None
    if who is not None and not _WHO.fullmatch(who):
        raise wrong("who", "must be the id of somebody of the staff")
    return Filter(
        text=text_of("q", params.get("q")),
        named=_named(params.get("named")),
        who=who,
        names=names_of(params.get("part")),
        since=instant("from", params.get("from")),
        until=instant("to", params.get("to"), end_of_day=True),
    )


def _named(value: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(value.split(","))) if value else ()
    if len(names) > MOST_NAMED or not all(map(_NAMED.fullmatch, names)):
        raise wrong("named", f"must be at most {MOST_NAMED} names of settings, with commas between them")
    return names
