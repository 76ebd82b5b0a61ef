"""Time zones, as shops and their visitors' browsers name them."""

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> frozenset[str]:
    """Those of the IANA's database; to list them takes a moment."""
    return frozenset(available_timezones())
