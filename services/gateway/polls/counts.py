"""Counts of polls that many look at at once: read anew once a second at most."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

SECONDS: Final = 1.0
MOST: Final = 1_000

Read = Callable[[UUID], Awaitable[dict[str, int]]]


class Counts:
    """By poll; whoever asks while they are being read waits for the same answer."""

    def __init__(self, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        """`read` raises psycopg's errors while the database is away."""
        self._read, self._clock = read, clock
        self._known: dict[UUID, tuple[float, asyncio.Future[dict[str, int]]]] = {}

    async def of(self, poll: UUID) -> dict[str, int]:
        """Votes by answer, a second old at most. Raises what reading them raises."""
        known = self._known.get(poll)
        if known is None or known[0] < self._clock():
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._clock() + SECONDS, asyncio.ensure_future(self._read(poll))
            self._known[poll] = known
        try:
            return await asyncio.shield(known[1])
        except BaseException:
            if known[1].done() and self._known.get(poll) is known:
                del self._known[poll]
            raise
