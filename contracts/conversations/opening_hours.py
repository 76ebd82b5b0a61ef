"""A shop's opening hours, in the shop's time zone."""

from typing import Annotated

from msgspec import Meta, Struct

ClockTime = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)")]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]


class Span(Struct, frozen=True, kw_only=True):
    """From `opens` up to, not with, `closes` on the same day; 24:00 is the day's end."""

    opens: ClockTime
    closes: ClockTime


Day = Annotated[list[Span], Meta(max_length=12)]
"""When the shop is open on a day: spans in order, not touching one another. Empty: closed."""


class ExceptionalDay(Struct, frozen=True, kw_only=True):
    """A day with hours of its own; it wins over the week."""

    date: Date
    hours: Day = []


class OpeningHours(Struct, frozen=True, kw_only=True):
    """`week`: seven days, Monday first."""

    week: Annotated[list[Day], Meta(min_length=7, max_length=7)]
    exceptions: Annotated[list[ExceptionalDay], Meta(max_length=1_000)] = []
