"""When a customer is asked: so many days later, at a full hour of the shop's clock."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from services.common.times import zone_of

LATEST: Final = timedelta(days=30)
"""Orders that are reported so long after their time ask nobody: that is a shop which brings its past."""


def due_at(since: datetime, days: int, hour: int, zone: str) -> datetime:
    """`hour` o'clock in `zone`, `days` days after the day that `since` is on there; never before `since`. UTC.

    A time that the clock skips is as much later as it skips; one that it shows twice is the first.
    """
    where = zone_of(zone)
    local = since.astimezone(where)
    due = _at(local, days, hour, where)
    return due if due >= since else _at(local, days + 1, hour, where)


def _at(local: datetime, days: int, hour: int, zone: tzinfo) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), time(hour), zone).astimezone(UTC)
