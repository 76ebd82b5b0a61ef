"""Waiting for what is bound to happen, instead of sleeping for as long as it usually takes."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")

PAUSE_SECONDS = 0.02


def wait_until(condition: Callable[[], T], seconds: float = 10.0, what: str = "") -> T:
    """Call `condition` until it returns something true, and return that. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        if result := condition():
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{what or _name(condition)} did not come true within {seconds} s")
        time.sleep(PAUSE_SECONDS)


@overload
async def eventually(condition: Callable[[], Awaitable[T]], seconds: float = 10.0, what: str = "") -> T: ...
@overload
async def eventually(condition: Callable[[], T], seconds: float = 10.0, what: str = "") -> T: ...
async def eventually(condition: Callable[[], Any], seconds: float = 10.0, what: str = "") -> Any:
    """The same in an event loop; `condition` may be a coroutine function."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if result := (await answer if inspect.isawaitable(answer) else answer):
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{what or _name(condition)} did not come true within {seconds} s")
        await asyncio.sleep(PAUSE_SECONDS)


def _name(condition: Callable[..., object]) -> str:
    return getattr(condition, "__qualname__", repr(condition))
