"""Times that somebody can have meant."""

from datetime import UTC, datetime
from typing import Final

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""What lies before or after is a slip. At the ends of what dates can hold, it may be another date in the next time zone
that nothing can read any more."""


def is_possible(at: datetime) -> bool:
    """`at` is aware."""
    return EARLIEST <= at <= LATEST
