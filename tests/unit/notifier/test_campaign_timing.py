"""When a notice goes out: at one moment everywhere, at one time of day everywhere, and never in quiet hours."""

from datetime import UTC, datetime

import pytest

from contracts.engagement.campaigns import QuietHours
from services.common.quiet_hours import quiet_end
from services.common.times import zone_of
from services.notifier.push.campaigns.timing import Plan, is_too_late

NIGHT = QuietHours(start="21:00", end="08:00")
NOON = QuietHours(start="12:00", end="14:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Warsaw", "2026-11-23 08:00"),
        ("Asia/Tokyo", "2026-11-23 00:00"),
        ("America/New_York", "2026-11-23 14:00"),
        ("Nowhere/Land", "2026-11-23 09:00"),
    ],
)
def test_local_time_is_that_of_the_subscribers_wall(zone: str, expected: str) -> None:
    plan = Plan(utc("2026-11-23 08:00"), local=True, zone="Europe/Warsaw", quiet_hours=None)
    assert plan.moment(zone, utc("2026-11-22 10:00")).at == utc(expected)


def test_one_moment_is_the_same_everywhere_and_what_is_past_is_now() -> None:
    plan = Plan(utc("2026-11-23 08:00"), local=False, zone="Europe/Warsaw", quiet_hours=None)
    assert plan.moment("Asia/Tokyo", utc("2026-11-22 10:00")).at == utc("2026-11-23 08:00")
    assert plan.moment("Asia/Tokyo", utc("2026-11-24 10:00")).at == utc("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("at", "quiet", "end"),
    [
        ("2026-11-23 20:30", NIGHT, "2026-11-24 07:00"),
        ("2026-11-23 06:59", NIGHT, "2026-11-23 07:00"),
        ("2026-11-23 07:00", NIGHT, None),
        ("2026-11-23 19:59", NIGHT, None),
        ("2026-11-23 11:00", NOON, "2026-11-23 13:00"),
        ("2026-11-23 13:00", NOON, None),
        ("2026-11-23 11:00", None, None),
        ("2026-11-23 11:00", QuietHours(start="09:00", end="09:00"), None),
        ("2026-03-28 22:00", NIGHT, "2026-03-29 06:00"),  # the clocks go forward that night
        ("2026-10-24 22:00", NIGHT, "2026-10-25 07:00"),  # and back
        ("2026-10-25 01:30", QuietHours(start="02:15", end="02:45"), "2026-10-25 01:45"),  # the second time it is 2:30
    ],
)
def test_quiet_hours_end_by_the_clock_of_warsaw(at: str, quiet: QuietHours | None, end: str | None) -> None:
    assert quiet_end(utc(at), zone_of("Europe/Warsaw"), quiet) == (utc(end) if end else None)


def test_what_falls_into_quiet_hours_goes_out_at_their_end() -> None:
    plan = Plan(utc("2026-11-23 22:00"), local=False, zone="UTC", quiet_hours=NIGHT)
    moment = plan.moment("Europe/Warsaw", utc("2026-11-22 10:00"))
    assert (moment.at, moment.quiet) == (utc("2026-11-24 07:00"), True)
    assert not plan.moment("America/New_York", utc("2026-11-22 10:00")).quiet


@pytest.mark.parametrize(
    ("ttl", "age", "tried_for", "late"),
    [
        (0, 3_000.0, None, False),
        (0, 3_700.0, None, True),
        (86_400, 80_000.0, None, False),
        (86_400, 90_000.0, None, True),
        (0, 3_050.0, 50.0, False),
        (0, 90.0, 90.0, True),
        (600, 500.0, 400.0, False),
        (600, 700.0, 400.0, True),
    ],
)
def test_turn_may_come_after_the_time_to_live_but_trying_again_is_for_so_long(
    ttl: float, age: float, tried_for: float | None, late: bool
) -> None:
    assert is_too_late(ttl, age, tried_for) is late
