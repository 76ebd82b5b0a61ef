"""A timer that was fired is let alone for a while, and what is full fires no more."""

from datetime import timedelta
from uuid import UUID

from services.engagement.timers.fired import AGAIN_AFTER, AT_ONCE, MOST_REMEMBERED, Fired
from services.engagement.timers.timer import Timer
from tests.unit.conversations.world import NOON

SECOND = timedelta(seconds=1)


def standing(count: int, first: int = 0) -> list[Timer]:
    """As many rows, all due at the same time, as a look gives them."""
    return [Timer("kind", "demo", UUID(int=number), "", NOON) for number in range(first, first + count)]


def test_it_is_fired_once_while_its_row_stands_and_again_after_half_a_minute() -> None:
    fired, (timer,) = Fired(), standing(1)
    assert fired.fresh([timer], fired.most, NOON) == [timer]
    assert fired.fresh([timer], fired.most, NOON + SECOND) == []
    assert fired.fresh([timer], fired.most, NOON + AGAIN_AFTER) == [timer]


def test_one_that_was_set_anew_is_another() -> None:
    fired, (timer,) = Fired(), standing(1)
    fired.fresh([timer], fired.most, NOON)
    anew = timer._replace(due_at=NOON + SECOND)
    assert fired.fresh([anew], fired.most, NOON + SECOND) == [anew]


def test_those_behind_a_full_look_come_next() -> None:
    fired, rows = Fired(), standing(AT_ONCE + 3)
    assert fired.fresh(rows[: fired.most], fired.most, NOON) == rows[:AT_ONCE]
    assert fired.most == 2 * AT_ONCE
    assert fired.fresh(rows[: fired.most], fired.most, NOON + SECOND) == rows[AT_ONCE:]


def test_what_is_gone_is_forgotten_also_by_a_full_look() -> None:
    fired, rows = Fired(), standing(10 * AT_ONCE)
    fired.fresh(rows[:AT_ONCE], fired.most, NOON)
    most, left = fired.most, rows[AT_ONCE:]
    assert fired.fresh(left[:most], most, NOON + SECOND) == left[:AT_ONCE]
    assert len(fired) == AT_ONCE
    assert fired.fresh([], fired.most, NOON + 2 * SECOND) == []
    assert len(fired) == 0


def test_what_it_remembers_is_bounded_and_nothing_is_fired_beyond() -> None:
    fired, rows = Fired(), standing(2 * MOST_REMEMBERED)
    total = 0
    for _ in range(20):
        most = fired.most
        total += len(fired.fresh(rows[:most], most, NOON))
    assert total == len(fired) == MOST_REMEMBERED
    most = fired.most
    assert fired.fresh(rows[:most], most, NOON + AGAIN_AFTER) == rows[:AT_ONCE]
