"""Posts to push services, and never to machines of our own network.

Imported with the first push only: where nobody wants any, an HTTP client would be a tenth of the notifier's weight.
"""

import asyncio
import socket
from collections.abc import Iterable
from typing import Final

import httpcore

from services.common.push_services import is_allowed
from services.notifier.outcomes import Later, Unanswered
from services.notifier.push.connections import Connections

IDLE_SECONDS: Final = 30.0
MOST_ANSWERED: Final = 65_536
"""Bytes of an answer that are read, so that its connection can be used again; of a longer one it is closed."""


_NOT_SENT: Final = (httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.ConnectError, httpcore.LocalProtocolError)


class Http:
    """Posts, and follows nobody elsewhere."""

    def __init__(self, *, timeout: float, private: bool, at_once: int) -> None:
        """See `PushServices`."""
        self._timeout = timeout
        self._connections = Connections(at_once, IDLE_SECONDS, _Network(private))

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str | None]:
        """The status and what `Retry-After` says. Raises Later if it did not get there, Unanswered if it may have."""
        given = {**headers, "User-Agent": "Shopbell", "Accept-Encoding": "identity"}
        try:
            async with asyncio.timeout(self._timeout):
                return await self._post(url, given, body)
        except (
            httpcore.ConnectTimeout,
            httpcore.PoolTimeout,
            httpcore.ConnectError,
            httpcore.LocalProtocolError,
        ) as error:
            raise Later(_fault(error)) from None
        except (httpcore.TimeoutException, TimeoutError):
            raise Unanswered("The push service did not answer in time.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise Unanswered(_fault(error)) from None

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str | None]:
        async with (
            self._connections.to(url) as connection,
            connection.stream("POST", url, headers=list(headers.items()), content=body) as answer,
        ):
            left = MOST_ANSWERED
            async for part in answer.aiter_stream():
                left -= len(part)
                if left < 0:
                    break
            said = {name.lower(): value for name, value in answer.headers}
            return answer.status, said.get(b"retry-after", b"").decode("latin-1") or None

    async def close(self) -> None:
        await self._connections.close()

    async def close_idle(self) -> None:
        """Those that nobody has used for a while."""
        await self._connections.close_expired()


class _Network(httpcore.AsyncNetworkBackend):
    """Looks names up itself: those of machines that we don't speak with stand for nothing."""

    def __init__(self, private: bool) -> None:
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


def _fault(error: Exception) -> str:
    """What went wrong with the connection, without where to."""
    if "certificate" in str(error).lower():
        return "The push service's certificate can't be trusted."
    if isinstance(error, httpcore.RemoteProtocolError | httpcore.ReadError | httpcore.WriteError):
        return "The push service closed the connection."
    return "The push service can't be reached."
