"""When a notice goes out to a subscriber, by the clock on their wall. Pure."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from contracts.engagement.campaigns import QuietHours
from services.common.quiet_hours import quiet_end
from services.common.times import zone_of

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


def is_too_late(ttl: float, age: float, tried_for: float | None) -> bool:
    """Whether one is not sent any more that was to go out `age` seconds ago and is tried for so many; None: not yet."""
    if tried_for is None:
        return age > max(ttl, TURN_PATIENCE)
    return age > ttl and tried_for > LEAST_PATIENCE
