"""What is taken and not begun yet, in lanes: of one lane only so many are under way at once.

So a push service that is slow, or stands still, holds up only what goes to it. Several such must not have all places
between them: each has twice what is left free at most (Choudhury and Hahne, "Dynamic queue length thresholds for
shared-memory packet switches", 1998). Three that stand still leave a few to a fourth at once, and soon as many to it
as to each of them.
"""

import asyncio
from collections import Counter, defaultdict, deque
from typing import Final, Generic, TypeVar

from services.notifier.queue import Job

UNBOUNDED: Final = 2**31
OF_THE_FREE: Final = 2
"""Under way in one lane for each place that is free."""

J = TypeVar("J", bound=Job)


class Lanes(Generic[J]):
    """A queue; who gets something from it says when it is done."""

    def __init__(self, most: int = UNBOUNDED, at_once: int = UNBOUNDED) -> None:
        """`most`: under way in one lane; `at_once`: in all."""
        self._most, self.bounded = most, most != UNBOUNDED
        self._places = at_once if self.bounded else UNBOUNDED
        self._free: asyncio.Queue[J] = asyncio.Queue()
        self._begun: Counter[str] = Counter()
        self._waiting: dict[str, deque[J]] = defaultdict(deque)
        self.drained = asyncio.Event()
        """A lane that was full has room again."""

    @property
    def full(self) -> list[str]:
        """Lanes of which as many wait as may be under way: enough until the next are taken."""
        return [lane for lane, waiting in self._waiting.items() if len(waiting) >= self._most]

    @property
    def stuck(self) -> int:
        """How many are in full lanes, begun or not: they take no room from the others."""
        return sum(self._begun[lane] + len(self._waiting[lane]) for lane in self.full)

    def put(self, job: J) -> None:
        if self._may_begin(job.lane):
            self._begin(job)
        else:
            self._waiting[job.lane].append(job)

    async def get(self) -> J:
        return await self._free.get()

    def done(self, job: J) -> None:
        """Another may begin, of the lane of which the fewest are under way."""
        self._places += 1
        self._begun[job.lane] -= 1
        if not self._begun[job.lane]:
            del self._begun[job.lane]
        while self._waiting and self._may_begin(lane := min(self._waiting, key=self._begun.__getitem__)):
            self._begin_next(lane)

    def _may_begin(self, lane: str) -> bool:
        return self._begun[lane] < min(self._most, OF_THE_FREE * self._places)

    def _begin(self, job: J) -> None:
        self._places -= 1
        self._begun[job.lane] += 1
        self._free.put_nowait(job)

    def _begin_next(self, lane: str) -> None:
        waiting = self._waiting[lane]
        self._begin(waiting.popleft())
        if len(waiting) < self._most:
            self.drained.set()
        if not waiting:
            del self._waiting[lane]
