"""Something that changes, and whom that wakes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Watched:
    """Tells those who wait that it may have changed."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Event] = []

    def wake(self) -> None:
        """To be called after every change."""
        for waiting in self._waiting:
            waiting.set()

    async def wait_for(self, check: Callable[[], T | None], within: float = 10.0) -> T:
        """The first true value of `check`, tried at once and after every change. Raises TimeoutError."""
        changed = asyncio.Event()
        self._waiting.append(changed)
        try:
            async with asyncio.timeout(within):
                while not (found := check()):
                    await changed.wait()
                    changed.clear()
                return found
        finally:
            self._waiting.remove(changed)
