"""One event a process that says: stop, please. Set by SIGTERM and SIGINT.

`serve` functions wait for it and then wind up by themselves; the process ends when all have.
"""

import asyncio
import signal

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
