"""Dates and times as their reader writes them, in the shop's time zone."""

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_MONTHS_OF: Final = {language: months.split() for language, months in _MONTHS.items()}
_BETWEEN: Final = {"en": "{start} to {end}", "fr": "de {start} à {end}", "pl": "{start}–{end}"}
_AT: Final = {"en": ", ", "fr": " à ", "pl": ", "}


class Clock:
    """Shows instants in one language and one zone; an unknown zone is UTC."""

    def __init__(self, language: str, zone: str) -> None:
        self._language = language if language in _MONTHS_OF else "en"
        self._zone = zone_of(zone)

    def date(self, at: datetime) -> str:
        """`22 November 2026`."""
        local = at.astimezone(self._zone)
        day = "1er" if self._language == "fr" and local.day == 1 else str(local.day)
        return f"{day} {_MONTHS_OF[self._language][local.month - 1]} {local.year}"

    def time(self, at: datetime) -> str:
        """`13:56`."""
        return f"{at.astimezone(self._zone):%H:%M}"

    def moment(self, at: datetime) -> str:
        """`22 November 2026, 13:56`."""
        return f"{self.date(at)}{_AT[self._language]}{self.time(at)}"

    def period(self, start: datetime, end: datetime) -> str:
        """`22 November 2026, 13:58 to 14:12`, with both dates if they differ."""
        if self.moment(start) == self.moment(end):
            return self.moment(start)
        if self.date(start) != self.date(end):
            return _BETWEEN[self._language].format(start=self.moment(start), end=self.moment(end))
        span = _BETWEEN[self._language].format(start=self.time(start), end=self.time(end))
        return f"{self.date(start)}, {span}"


def zone_of(name: str) -> tzinfo:
    """The zone of this name; UTC if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
