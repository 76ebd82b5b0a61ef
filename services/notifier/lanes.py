"""What is taken and not begun yet, in lanes: of one lane only so many are under way at once.

So a push service that is slow, or stands still, holds up only what goes to it.
"""

import asyncio
from collections import Counter, defaultdict, deque
from typing import Final, Generic, TypeVar

from services.notifier.queue import Job

UNBOUNDED: Final = 2**31

J = TypeVar("J", bound=Job)


class Lanes(Generic[J]):
    """A queue; who gets something from it says when it is done."""

    def __init__(self, most: int = UNBOUNDED) -> None:
        """`most`: under way in one lane."""
        self._most, self.bounded = most, most != UNBOUNDED
        self._free: asyncio.Queue[J] = asyncio.Queue()
        self._begun: Counter[str] = Counter()
        self._waiting: dict[str, deque[J]] = defaultdict(deque)
        self.drained = asyncio.Event()
        """A lane that was full has room again."""

    @property
    def full(self) -> list[str]:
        """Lanes of which as many wait as may be under way: enough until the next are taken."""
        return [lane for lane, waiting in self._waiting.items() if len(waiting) >= self._most]

    def put(self, job: J) -> None:
        if self._begun[job.lane] < self._most:
            self._begun[job.lane] += 1
            self._free.put_nowait(job)
        else:
            self._waiting[job.lane].append(job)

    async def get(self) -> J:
        return await self._free.get()

    def done(self, job: J) -> None:
        """The next of its lane may begin."""
        waiting = self._waiting.get(job.lane)
        if not waiting:
            self._begun[job.lane] -= 1
            if not self._begun[job.lane]:
                del self._begun[job.lane]
            return
        self._free.put_nowait(waiting.popleft())
        if len(waiting) < self._most:
            self.drained.set()
        if not waiting:
            del self._waiting[job.lane]
