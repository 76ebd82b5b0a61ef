"""Connections by names that strangers give: never to machines of our own network.

Imported only where something is fetched: an HTTP client weighs much for who needs none.
"""

import asyncio
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpcore

from services.common.push_services import is_allowed

_lookups: Final = ThreadPoolExecutor(64, "lookup")
"""Threads of their own, made as they are needed: whoever names a machine can let its name's lookup take half a minute,
and the few that the event loop has would all wait for that."""


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Looks names up itself: those of machines that we don't speak with stand for nothing."""

    def __init__(self, *, private: bool) -> None:
        """`private`: machines may be anywhere."""
        self._private = private
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        allowed = [one for one in await _addresses(host, port) if is_allowed(one, private=self._private)]
        if not allowed:
            raise httpcore.ConnectError("no address in the public network")
        for address in allowed[:-1]:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._backend.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


async def _addresses(host: str, port: int) -> list[str]:
    """What a name stands for, or the address that it is. Raises ConnectError if nobody knows."""
    looking = asyncio.get_running_loop().run_in_executor(_lookups, _look_up, host, port)
    try:
        return await looking
    except (OSError, UnicodeError):
        raise httpcore.ConnectError("no such name") from None


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
