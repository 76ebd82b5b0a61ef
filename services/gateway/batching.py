"""Turns many small questions into few larger ones, without ever waiting for more to come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Batcher(Generic[K, V]):
    """Asks for all keys that came up while the question before was under way."""

    def __init__(self, load: Callable[[list[K]], Awaitable[dict[K, V]]]) -> None:
        """`load` answers for those of the keys that it knows."""
        self._load = load
        self._waiting: dict[K, asyncio.Future[V | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: K) -> V | None:
        """The answer for one key, of a question that was put after this call. Raises what `load` raises."""
        future = self._waiting.get(key)
        if future is None:
            future = self._waiting[key] = asyncio.get_running_loop().create_future()
            future.add_done_callback(_heard)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await asyncio.shield(future)

    async def _run(self) -> None:
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, {}
                await self._ask(waiting)
        finally:
            self._task = None

    async def _ask(self, waiting: dict[K, asyncio.Future[V | None]]) -> None:
        try:
            found = await self._load(list(waiting))
        except Exception as error:
            for future in waiting.values():
                future.set_exception(error)
        else:
            for key, future in waiting.items():
                future.set_result(found.get(key))


def _heard(future: asyncio.Future[V | None]) -> None:
    """Whoever asked may have gone meanwhile: an error that nobody waits for is no fault of the program."""
    if not future.cancelled():
        future.exception()
