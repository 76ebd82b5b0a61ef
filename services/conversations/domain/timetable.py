"""When a shop is open: opening hours, read in the shop's time zone.

Times are the shop's clock's, also through its changes: where the clock shows a time twice, a span lasts from the
first time it shows `opens` to the last time it shows `closes`; a time that it skips is the moment of the skip.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contracts.conversations.opening_hours import OpeningHours, Span

_AHEAD = 8
"""Days looked ahead; without a turn in them it is looked again in a week."""
_SECOND = timedelta(seconds=1)


class Spell(NamedTuple):
    """A time in which it does not turn, up to, not with, `until`; what comes after may be like it."""

    since: datetime
    until: datetime
    open: bool


class Timetable:
    """Opening hours made ready for questions. `hours` None: always open."""

    def __init__(self, hours: OpeningHours | None, time_zone: str) -> None:
        self._hours = hours
        self._zone = _zone(time_zone)
        self._exceptions = {} if hours is None else {one.date: one.hours for one in hours.exceptions}
        self._spell: Spell | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timetable) and (self._hours, self._zone) == (other._hours, other._zone)

    def open_at(self, at: datetime) -> bool:
        """Whether the shop is open at an instant (aware)."""
        return self._hours is None or self._around(self._hours, at).open

    def look_after(self, at: datetime) -> datetime | None:
        """When it may turn next, UTC; None: never."""
        return None if self._hours is None else self._around(self._hours, at).until

    def _around(self, hours: OpeningHours, at: datetime) -> Spell:
        spell = self._spell
        if spell is None or not spell.since <= at < spell.until:
            spell = self._spell = self._reckon(hours, at)
        return spell

    def _reckon(self, hours: OpeningHours, at: datetime) -> Spell:
        today = at.astimezone(self._zone).date()
        days = [today + timedelta(days=offset) for offset in range(-1, _AHEAD + 1)]
        spans = [span for day in days for span in self._spans(hours, day)]
        turns = [turn for span in spans for turn in span]
        return Spell(
            since=max((turn for turn in turns if turn <= at), default=at),
            until=min((turn for turn in turns if turn > at), default=at + timedelta(days=_AHEAD - 1)),
            open=any(opens <= at < closes for opens, closes in spans),
        )

    def _spans(self, hours: OpeningHours, day: date) -> Iterator[tuple[datetime, datetime]]:
        exceptional = self._exceptions.get(day.isoformat())
        spans: list[Span] = hours.week[day.weekday()] if exceptional is None else exceptional
        for span in spans:
            yield _instant(day, span.opens, self._zone, fold=0), _instant(day, span.closes, self._zone, fold=1)


def _instant(day: date, clock: str, zone: tzinfo, *, fold: int) -> datetime:
    """When the clock shows this on that day, UTC; of two times the first (`fold` 0) or the last."""
    hour, minute = int(clock[:2]), int(clock[3:])
    wall = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
    first, last = (wall.replace(tzinfo=zone, fold=which).astimezone(UTC) for which in (0, 1))
    if first > last:
        return _skip(last, first, zone)
    return last if fold else first


def _skip(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The moment between the two at which the clock jumps, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _zone(name: str) -> tzinfo:
    """UTC for a name that this machine does not know: settings are checked where they come in."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
