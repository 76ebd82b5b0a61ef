"""One event a process that says: stop, please. Set by SIGTERM and SIGINT.

`serve` functions wait for it and then wind up by themselves; the process ends when all have.
"""

import asyncio
import signal
from typing import Any, Final

CANCEL_AGAIN_SECONDS: Final = 0.2

_stop: asyncio.Event | None = None


def stop_event() -> asyncio.Event:
    """The event of this process; the first call, from the event loop, listens for the signals."""
    global _stop
    if _stop is None:
        _stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, _stop.set)
    return _stop


async def end_tasks(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until each has ended, however it ends; whoever wants to know looks at the tasks.

    Once is not enough: nats-py swallows a cancellation that arrives while it flushes (`_flush_pending`), and so may
    asyncio.wait_for before Python 3.12. A loop around them would go on, and who waits for its end with it.
    """
    going_on = {task for task in tasks if not task.done()}
    while going_on:
        for task in going_on:
            task.cancel()
        _, going_on = await asyncio.wait(going_on, timeout=CANCEL_AGAIN_SECONDS)
    for task in tasks:
        if not task.cancelled():
            task.exception()
