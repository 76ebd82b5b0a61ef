"""Connections by names that strangers give: never to machines of our own network.

Imported only where something is fetched: an HTTP client weighs much for who needs none.
"""

import asyncio
import socket
from collections.abc import Iterable

import httpcore

from services.common.push_services import is_allowed


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
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = dict.fromkeys(str(address[0]) for *_, address in found)
        allowed = [one for one in addresses if is_allowed(one, private=self._private)]
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
