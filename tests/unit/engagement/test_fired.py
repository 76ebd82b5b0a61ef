"""A timer that was fired is let alone for a while, and what is full fires no more."""

from collections import Counter
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
    assert fired.fresh([timer], fired.look, NOON) == [timer]
    assert fired.fresh([timer], fired.look, NOON + SECOND) == []
    assert fired.fresh([timer], fired.look, NOON + AGAIN_AFTER) == [timer]


def test_one_that_was_set_anew_is_another() -> None:
    fired, (timer,) = Fired(), standing(1)
    fired.fresh([timer], fired.look, NOON)
    anew = timer._replace(due_at=NOON + SECOND)
    assert fired.fresh([anew], fired.look, NOON + SECOND) == [anew]


def test_those_behind_a_full_look_come_next() -> None:
    fired, rows = Fired(), standing(AT_ONCE + 3)
    assert fired.fresh(rows[: fired.look.most], fired.look, NOON) == rows[:AT_ONCE]
    assert fired.look.most == 2 * AT_ONCE
    assert fired.fresh(rows[: fired.look.most], fired.look, NOON + SECOND) == rows[AT_ONCE:]


def test_what_is_gone_is_forgotten_also_by_a_full_look() -> None:
    fired, rows = Fired(), standing(10 * AT_ONCE)
    fired.fresh(rows[:AT_ONCE], fired.look, NOON)
    look, left = fired.look, rows[AT_ONCE:]
    assert fired.fresh(left[: look.most], look, NOON + SECOND) == left[:AT_ONCE]
    assert len(fired) == AT_ONCE
    assert fired.fresh([], fired.look, NOON + 2 * SECOND) == []
    assert len(fired) == 0


def test_what_it_remembers_is_bounded_and_what_stands_behind_is_fired_all_the_same() -> None:
    """Of more than it remembers none is ever cleared; those that are set meanwhile have their turn, too."""
    fired, rows, counted, now = Fired(), standing(3 * MOST_REMEMBERED), Counter[Timer](), NOON
    late = Timer("kind", "demo", UUID(int=0), "late", NOON - SECOND)
    while now - NOON < 3 * AGAIN_AFTER:
        look, now = fired.look, now + SECOND
        found = [timer for timer in rows if (timer.due_at, timer.key) >= look.begin][: look.most]
        counted.update(fired.fresh(found, look, now))
        assert len(fired) <= MOST_REMEMBERED
        if now - NOON == 12 * SECOND:
            rows.insert(0, late)
    assert counted.keys() == set(rows)
    assert counted[late] == 2
    assert max(counted.values()) <= 4, "a round takes half a minute, and its last ones may be fired again in it"
