"""Opening hours: as if nobody were online for those who come, and nothing else."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from contracts.conversations import commands as c
from contracts.conversations.opening_hours import ExceptionalDay, OpeningHours, Span
from services.conversations import views
from services.conversations.domain.errors import NobodyOnline
from services.conversations.domain.timetable import Timetable
from tests.unit.conversations.world import NOON, World

CLOSED: list[Span] = []
ALWAYS = [Span(opens="00:00", closes="24:00")]
WARSAW = "Europe/Warsaw"


def hours(day: list[Span], *exceptions: tuple[str, list[Span]], weekend: list[Span] | None = None) -> OpeningHours:
    days = [day] * 5 + [day if weekend is None else weekend] * 2
    return OpeningHours(week=days, exceptions=[ExceptionalDay(date=date, hours=on) for date, on in exceptions])


def nine_to_five(opens: str = "09:00", closes: str = "17:00") -> list[Span]:
    return [Span(opens=opens, closes=closes)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def turns(timetable: Timetable, since: str, until: str) -> list[str]:
    """When it opens (+) and closes (-) between these, found as the owner finds it, and true a second before and at."""
    found, at = [], utc(since)
    while (next_at := timetable.look_after(at)) is not None and next_at < utc(until):
        before, now = timetable.open_at(next_at - timedelta(seconds=1)), timetable.open_at(next_at)
        if before != now:
            found.append(f"{'+' if now else '-'}{next_at:%d %H:%M}")
        assert next_at > at
        at = next_at
    return found


def test_open_from_the_first_minute_up_to_the_last() -> None:
    timetable = Timetable(hours(nine_to_five()), "UTC")
    assert [timetable.open_at(utc(f"2026-03-02 {clock}")) for clock in ("08:59:59", "09:00", "16:59:59", "17:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_without_hours_always_open_and_never_looked_at() -> None:
    timetable = Timetable(None, WARSAW)
    assert timetable.open_at(NOON)
    assert timetable.look_after(NOON) is None


def test_week_has_its_days_and_exceptions_win() -> None:
    given = hours(
        nine_to_five(), ("2026-03-04", CLOSED), ("2026-03-08", nine_to_five("10:00", "12:00")), weekend=CLOSED
    )
    assert turns(Timetable(given, "UTC"), "2026-03-03 12:00", "2026-03-09 10:00") == [
        *["-03 17:00", "+05 09:00", "-05 17:00", "+06 09:00", "-06 17:00"],
        *["+08 10:00", "-08 12:00", "+09 09:00"],
    ]


def test_days_that_meet_at_midnight_are_one_time() -> None:
    timetable = Timetable(hours(ALWAYS, ("2026-03-05", CLOSED)), "UTC")
    assert turns(timetable, "2026-03-02", "2026-03-10") == ["-05 00:00", "+06 00:00"]


def test_long_holidays_end() -> None:
    away = [(f"2026-07-{day:02}", CLOSED) for day in range(1, 32)]
    timetable = Timetable(hours(nine_to_five(), *away), "UTC")
    assert turns(timetable, "2026-06-30 12:00", "2026-08-03 10:00") == [
        "-30 17:00",
        "+01 09:00",
        "-01 17:00",
        "+02 09:00",
        "-02 17:00",
        "+03 09:00",
    ]


def test_times_stay_the_shops_through_clock_changes() -> None:
    timetable = Timetable(hours(nine_to_five()), WARSAW)
    assert turns(timetable, "2026-03-28 00:00", "2026-03-30 00:00") == [
        "+28 08:00",
        "-28 16:00",
        "+29 07:00",
        "-29 15:00",
    ]
    assert turns(timetable, "2026-10-24 00:00", "2026-10-26 00:00") == [
        "+24 07:00",
        "-24 15:00",
        "+25 08:00",
        "-25 16:00",
    ]


def test_time_that_the_clock_skips_is_the_moment_of_the_skip() -> None:
    """In Warsaw 02:00 is followed by 03:00 on 2026-03-29, at 01:00 UTC."""
    opens = Timetable(hours(nine_to_five("02:30", "04:00")), WARSAW)
    assert turns(opens, "2026-03-29 00:00", "2026-03-29 12:00") == ["+29 01:00", "-29 02:00"]
    closes = Timetable(hours(nine_to_five("01:30", "02:30")), WARSAW)
    assert turns(closes, "2026-03-29 00:00", "2026-03-29 12:00") == ["+29 00:30", "-29 01:00"]


def test_time_that_the_clock_shows_twice_opens_the_first_and_closes_the_last_time() -> None:
    """In Warsaw 02:00-03:00 comes twice on 2026-10-25, first at 00:00 UTC."""
    opens = Timetable(hours(nine_to_five("02:30", "04:00")), WARSAW)
    assert turns(opens, "2026-10-24 12:00", "2026-10-25 12:00") == ["+25 00:30", "-25 03:00"]
    closes = Timetable(hours(nine_to_five("01:30", "02:30")), WARSAW)
    assert turns(closes, "2026-10-24 12:00", "2026-10-25 12:00") == ["+24 23:30", "-25 01:30"]


@pytest.mark.parametrize("zone", ["Asia/Beirut", "Pacific/Kiritimati", "America/St_Johns", "Australia/Lord_Howe"])
def test_every_zone_opens_and_closes_once_a_day(zone: str) -> None:
    timetable = Timetable(hours(nine_to_five("00:00", "12:00")), zone)
    found = turns(timetable, "2026-03-01", "2026-04-30")
    assert all(one[0] != other[0] for one, other in pairwise(found))
    assert 118 <= len(found) <= 121


def test_zone_that_nobody_knows_is_utc() -> None:
    assert Timetable(hours(nine_to_five()), "Mars/Olympus").open_at(NOON)


def shop(**settings: object) -> World:
    """Opened at noon of a Monday, in UTC; open until five."""
    world = World().open_shop(**{"hours": hours(nine_to_five()), "line": True, "limit": 1, **settings})
    world.online("o_ann", 2)
    return world


def close(world: World) -> None:
    world.now = utc("2026-03-02 17:00")
    world.system(c.TurnHours, open=False)


def test_closing_passes_over_the_line_and_lets_talk_go_on() -> None:
    world = shop()
    talking, waiting = world.start("g_1"), world.start("g_2")
    close(world)
    assert world.names[0] == "HoursEnded"
    assert world.events_of(waiting)[-2:] == ["ConversationLeftLine", "ConversationEnded"]
    world.say(talking, "g_1", "still there?")
    world.say(talking, "o_ann", "yes")


def test_who_comes_while_closed_finds_nobody() -> None:
    world = shop()
    ended = world.start("g_1")
    world.end(ended, "g_1")
    close(world)
    assert views.availability(world.desk) == "form"
    assert not views.desk_view(world.desk).open
    with pytest.raises(NobodyOnline):
        world.start("g_2")
    with pytest.raises(NobodyOnline):
        world.say(ended, "g_1", "one more thing")


def test_opening_lets_them_in_again() -> None:
    world = shop()
    close(world)
    world.now = utc("2026-03-03 09:00")
    world.system(c.TurnHours, open=True)
    assert world.names == ["HoursBegan"]
    assert views.availability(world.desk) == "online"


def test_turn_that_is_not_so_any_more_does_nothing() -> None:
    world = shop()
    world.system(c.TurnHours, open=False)
    assert world.happened == []


def test_shop_that_comes_into_being_while_closed_is_closed() -> None:
    world = World()
    world.now = utc("2026-03-02 06:00")
    world.open_shop(hours=hours(nine_to_five()))
    assert world.names == ["ShopCreated", "DeskOpened", "HoursEnded"]


def test_new_hours_hold_at_once() -> None:
    world = shop()
    world.start("g_1")
    waiting = world.start("g_2")
    world.change(hours=hours(CLOSED), line=True, limit=1)
    assert not world.desk.open
    assert world.conversation(waiting).status == "ended"
    world.change(hours=None, line=True, limit=1)
    assert world.desk.open
    world.check_replay()
