"""Which timers of a partition were turned into commands and still stand in the table: not again every second."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from services.engagement.timers.timer import Timer

AT_ONCE: Final = 256
"""Timers that become commands at one look."""
MOST_REMEMBERED: Final = 2048
AGAIN_AFTER: Final = timedelta(seconds=30)
"""The event that clears a timer is long in the log by then, and the table follows within seconds: what still stands
was lost with a process, or its command could not be carried out."""

Place = tuple[datetime, UUID]
"""When a timer is due, and its key: the order of a look; that of two steps of one key is not told."""
FIRST: Final[Place] = (datetime.min.replace(tzinfo=UTC), UUID(int=0))


class Look(NamedTuple):
    """How many due timers have to be looked at, the first ones first, and from which place on, to find all that can be
    fired."""

    most: int = AT_ONCE
    begin: Place = FIRST


class Fired:
    """Of one partition. It remembers no more than so many.

    Should as many stand that no command clears, it goes on behind them, and so through all that is due in rounds: each
    begins with the first one again, at the earliest half a minute after the one before.
    """

    def __init__(self) -> None:
        self._at: dict[Timer, datetime] = {}
        self._begin = FIRST
        self._round: datetime | None = None

    def __len__(self) -> int:
        return len(self._at)

    @property
    def look(self) -> Look:
        """For the next ones."""
        return Look(len(self._at) + AT_ONCE, self._begin)

    def fresh(self, found: Sequence[Timer], look: Look, now: datetime) -> list[Timer]:
        """Those to fire now, out of what the look has found, by time and key."""
        self._round = self._round or now
        self._forget(found, look.most, now)
        room = min(AT_ONCE, MOST_REMEMBERED - len(self._at))
        fresh = [timer for timer in found if timer not in self._at][: max(0, room)]
        self._at.update(dict.fromkeys(fresh, now))
        if len(self._at) >= MOST_REMEMBERED:
            self._go_on()
        elif now - self._round >= AGAIN_AFTER and (len(found) < look.most or found[-1].due_at >= self._round):
            self._begin_anew()
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

    def _go_on(self) -> None:
        """From the last one on: of its key there may be another step that was not fired."""
        self._begin = max(map(_place, self._at))
        self._at = {timer: at for timer, at in self._at.items() if _place(timer) >= self._begin}

    def _begin_anew(self) -> None:
        """All that was due when the round began was fired."""
        self._round = None
        if self._begin != FIRST:
            self._begin, self._at = FIRST, {}


def _place(timer: Timer) -> Place:
    return timer.due_at, timer.key
