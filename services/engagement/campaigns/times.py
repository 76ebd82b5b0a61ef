"""When a campaign starts. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.engagement.campaigns.errors import NoSuchZone, TimeIsOver, TooFarAhead

PATIENCE: Final = timedelta(minutes=1)
"""A time that passed while somebody was still choosing counts as now."""
FARTHEST: Final = timedelta(days=366)
EARLIEST_ZONE: Final = timedelta(hours=14)
"""Ahead of UTC: nowhere is it the next day sooner."""


def starts_at(send_at: datetime, zone: str, now: datetime, *, local: bool) -> datetime:
    """When a campaign starts that is to go out at `send_at`; if `local`, at what the clocks of `zone` show then, in
    every zone: as soon as they show it anywhere, or now.

    Raises `TimeIsOver`, `TooFarAhead`, `NoSuchZone`. Times are aware.
    """
    if send_at < now - PATIENCE:
        raise TimeIsOver
    if send_at > now + FARTHEST:
        raise TooFarAhead
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoSuchZone from None
    if not local:
        return max(send_at, now)
    on_the_wall = send_at.astimezone(there).replace(tzinfo=UTC)
    return max(on_the_wall - EARLIEST_ZONE, now)
