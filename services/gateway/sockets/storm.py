"""When everybody comes back at once: so many `hello`s at a time, and a word to the load balancer."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

HELLOS_AT_ONCE: Final = 200
BACKLOG_SECONDS: Final = 2.0


class Storm:
    """The queue before `hello`."""

    def __init__(self, at_once: int = HELLOS_AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._clock = clock
        self._waiting: dict[int, float] = {}
        self._number = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, first come first served."""
        self._number += 1
        number = self._number
        self._waiting[number] = self._clock()
        try:
            await self._turns.acquire()
        finally:
            del self._waiting[number]
        try:
            yield
        finally:
            self._turns.release()

    @property
    def backlog_seconds(self) -> float:
        """How long the first in the queue has waited."""
        first = next(iter(self._waiting.values()), None)
        return 0.0 if first is None else self._clock() - first

    @property
    def overrun(self) -> bool:
        return self.backlog_seconds > BACKLOG_SECONDS
