"""Connections that are kept for the next push to the same service, the last used first.

The library's own pool looks through all of its connections for every request, and asks the system about each that is
idle: with 64 of them that takes ten times as long as sealing a push and posting it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from ssl import SSLContext

from httpcore import URL, AsyncHTTPConnection, AsyncNetworkBackend, Origin, default_ssl_context

Name = tuple[bytes, bytes, int | None]
"""Scheme, host and port of a service."""


class Connections:
    """To any number of services, `at_once` at most in use; as many may be idle."""

    def __init__(self, at_once: int, idle_seconds: float, network: AsyncNetworkBackend) -> None:
        self._at_once, self._idle_seconds, self._network = at_once, idle_seconds, network
        self._free = asyncio.Semaphore(at_once)
        self._idle: dict[Name, list[AsyncHTTPConnection]] = defaultdict(list)
        self._idle_count = 0

    @asynccontextmanager
    async def to(self, url: URL) -> AsyncIterator[AsyncHTTPConnection]:
        """One that nobody else uses meanwhile."""
        name = url.scheme, url.host, url.port
        async with self._free:
            connection = await self._kept(name) or self._made(url.origin)
            try:
                yield connection
            finally:
                if connection.is_idle() and self._idle_count < self._at_once:
                    self._idle[name].append(connection)
                    self._idle_count += 1
                else:
                    await connection.aclose()

    async def close_expired(self) -> None:
        """Close those that nobody used for too long, or that the service has closed."""
        await self._close([one for kept in self._idle.values() for one in kept if one.has_expired()])

    async def close(self) -> None:
        """Close all that are idle."""
        await self._close([one for kept in self._idle.values() for one in kept])

    async def _close(self, connections: list[AsyncHTTPConnection]) -> None:
        for name in list(self._idle):
            self._idle[name] = [one for one in self._idle[name] if one not in connections]
            if not self._idle[name]:
                del self._idle[name]
        self._idle_count -= len(connections)
        for connection in connections:
            await connection.aclose()

    async def _kept(self, name: Name) -> AsyncHTTPConnection | None:
        while kept := self._idle.get(name):
            connection = kept.pop()
            self._idle_count -= 1
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    def _made(self, origin: Origin) -> AsyncHTTPConnection:
        security = self._security if origin.scheme == b"https" else None
        return AsyncHTTPConnection(origin, security, keepalive_expiry=self._idle_seconds, network_backend=self._network)

    @cached_property
    def _security(self) -> SSLContext:
        """One for all: reading whom to trust takes the event loop as long as a hundred pushes."""
        return default_ssl_context()
