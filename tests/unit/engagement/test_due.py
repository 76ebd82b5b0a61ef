"""When customers are asked, by the shop's clock and through its changes."""

import pytest

from services.engagement.review_requests.due import due_at
from tests.unit.engagement.world import at


@pytest.mark.parametrize(
    ("since", "days", "hour", "zone", "due"),
    [
        ("2026-11-08 13:58", 14, 10, "Europe/Warsaw", "2026-11-22 09:00"),
        ("2026-11-08 23:30", 1, 10, "Europe/Warsaw", "2026-11-10 09:00"),  # the 9th there already
        ("2026-11-08 13:58", 0, 10, "UTC", "2026-11-09 10:00"),  # never before it happened
        ("2026-11-08 10:00", 0, 10, "UTC", "2026-11-08 10:00"),
        ("2026-03-28 12:00", 1, 2, "Europe/Warsaw", "2026-03-29 01:00"),  # 2 o'clock is skipped: 3 o'clock
        ("2026-03-27 12:00", 3, 10, "Europe/Warsaw", "2026-03-30 08:00"),  # summer time has begun
        ("2026-10-24 12:00", 1, 2, "Europe/Warsaw", "2026-10-25 00:00"),  # 2 o'clock comes twice: the first
        ("2026-10-20 12:00", 6, 10, "Europe/Warsaw", "2026-10-26 09:00"),
        ("2026-12-30 12:00", 5, 10, "Pacific/Apia", "2027-01-04 21:00"),
        ("2026-11-08 13:58", 1, 10, "Nowhere/At_All", "2026-11-09 10:00"),
    ],
)
def test_due_is_an_hour_of_the_shops_clock(since: str, days: int, hour: int, zone: str, due: str) -> None:
    assert due_at(at(since), days, hour, zone) == at(due)
