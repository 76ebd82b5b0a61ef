"""Is a process ready? Asked from outside, each within a second."""

import asyncio
from collections.abc import Awaitable, Callable

from services.standalone.ports import LOOPBACK

Probe = Callable[[], Awaitable[bool]]

ANSWER_SECONDS = 1.0


def http(port: int) -> Probe:
    """Ready when GET /readyz on this port says so."""

    async def ask() -> bool:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await _get_readyz(port)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return False

    return ask


def blocking(answers: Callable[[], bool]) -> Probe:
    """Ready when a function that may block for a second says so."""

    async def ask() -> bool:
        return await asyncio.to_thread(answers)

    return ask


async def _get_readyz(port: int) -> bool:
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(f"GET /readyz HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n".encode())
        status = await reader.readuntil(b"\r\n")
        return status.split(b" ", 2)[1:2] == [b"200"]
    finally:
        writer.close()
