"""When a notice goes out to a subscriber, by the clock on their wall. Pure."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contracts.engagement.campaigns import QuietHours

LEAST_PATIENCE: Final = 60.0
"""Seconds for which we try again at least."""
TURN_PATIENCE: Final = 3_600.0
"""Seconds for which one may wait for its turn at least: also what is to be shown at once or never goes to many."""


class Moment(NamedTuple):
    """`quiet`: it would have been sooner, but for quiet hours."""

    at: datetime
    quiet: bool


class Plan(NamedTuple):
    """What a campaign says about its time: at `send_at`, or when it is that time of `zone` where the subscriber is."""

    send_at: datetime
    local: bool
    zone: str
    quiet_hours: QuietHours | None

    def moment(self, zone: str, now: datetime) -> Moment:
        """For a subscriber in this zone; what is past is now."""
        there = zone_of(zone)
        at = self.send_at
        if self.local:
            at = at.astimezone(zone_of(self.zone)).replace(tzinfo=there).astimezone(UTC)
        at = max(at, now)
        end = quiet_end(at, there, self.quiet_hours)
        return Moment(end or at, quiet=end is not None)


def quiet_end(at: datetime, zone: tzinfo, quiet: QuietHours | None) -> datetime | None:
    """The end of the quiet hours that this falls into; None if it falls into none."""
    if quiet is None or quiet.start == quiet.end:
        return None
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None, fold=0)
    over_midnight = end < start
    if not (clock >= start or clock < end if over_midnight else start <= clock < end):
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= start else 0)
    return datetime.combine(day, end, zone).replace(fold=local.fold).astimezone(UTC)


def is_too_late(ttl: float, age: float, tried_for: float | None) -> bool:
    """Whether one is not sent any more that was to go out `age` seconds ago and is tried for so many; None: not yet."""
    if tried_for is None:
        return age > max(ttl, TURN_PATIENCE)
    return age > ttl and tried_for > LEAST_PATIENCE


def zone_of(name: str) -> tzinfo:
    """The zone of this name; UTC if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
