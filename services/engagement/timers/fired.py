"""Which timers of a partition were turned into commands and still stand in the table: not again every second."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.engagement.timers.timer import Timer

AT_ONCE: Final = 256
"""Timers that become commands at one look."""
MOST_REMEMBERED: Final = 2048
AGAIN_AFTER: Final = timedelta(seconds=30)
"""The event that clears a timer is long in the log by then, and the table follows within seconds: what still stands
was lost with a process, or its command could not be carried out."""


class Fired:
    """Of one partition. What is full fires nothing until some are gone."""

    def __init__(self) -> None:
        self._at: dict[Timer, datetime] = {}

    def __len__(self) -> int:
        return len(self._at)

    @property
    def most(self) -> int:
        """How many due timers have to be looked at, the first ones first, to find all that can be fired."""
        return len(self._at) + AT_ONCE

    def fresh(self, found: Sequence[Timer], most: int, now: datetime) -> list[Timer]:
        """Those to fire now, out of what a look for the first `most` due ones has found, by time and key."""
        self._forget(found, most, now)
        room = min(AT_ONCE, MOST_REMEMBERED - len(self._at))
        fresh = [timer for timer in found if timer not in self._at][: max(0, room)]
        self._at.update(dict.fromkeys(fresh, now))
        return fresh

    def _forget(self, found: Sequence[Timer], most: int, now: datetime) -> None:
        """What a look should have found is not there any more; and what is there for too long is fired again."""
        standing = set(found)
        upto = _place(found[-1]) if len(found) >= most else None
        self._at = {
            timer: at
            for timer, at in self._at.items()
            if now - at < AGAIN_AFTER and (timer in standing or (upto is not None and _place(timer) >= upto))
        }


def _place(timer: Timer) -> tuple[datetime, UUID]:
    """In the order of a look; that of two steps of one key is not told."""
    return timer.due_at, timer.key
