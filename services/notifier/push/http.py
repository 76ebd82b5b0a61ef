"""Posts to push services, and never to machines of our own network.

Imported with the first push only: where nobody wants any, an HTTP client would be a tenth of the notifier's weight.
"""

import asyncio
from typing import Any, Final

import httpcore

from services.common.public_network import PublicNetwork
from services.notifier.outcomes import Later, Unanswered
from services.notifier.push.connections import Connections

IDLE_SECONDS: Final = 30.0
MOST_ANSWERED: Final = 65_536
"""Bytes of an answer that are read, so that its connection can be used again; of a longer one it is closed."""


class Sending:
    """Whether any of a request may have left: until it is connected and secured, nothing has."""

    begun = False

    def over(self, connection: httpcore.AsyncHTTPConnection) -> dict[str, Any]:
        """What httpcore is to be told: over one that was kept it begins at once, and needs no watching."""
        self.begun = connection.is_idle()
        return {} if self.begun else {"trace": self.watch}

    async def watch(self, event: str, _about: dict[str, Any]) -> None:
        """What httpcore is about to do, or has done (https://www.encode.io/httpcore/extensions/#trace)."""
        if event.endswith("send_request_headers.started"):
            self.begun = True


class Http:
    """Posts, and follows nobody elsewhere."""

    def __init__(self, *, timeout: float, private: bool, at_once: int) -> None:
        """See `PushServices`."""
        self._timeout = timeout
        self._connections = Connections(at_once, IDLE_SECONDS, PublicNetwork(private=private))

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int, str | None]:
        """The status and what `Retry-After` says. Raises Later if it did not get there, Unanswered if it may have."""
        given = {**headers, "User-Agent": "Shopbell", "Accept-Encoding": "identity"}
        sending = Sending()
        try:
            async with asyncio.timeout(self._timeout):
                return await self._post(url, given, body, sending)
        except httpcore.LocalProtocolError as error:
            raise Later(_fault(error)) from None
        except (httpcore.TimeoutException, TimeoutError) as error:
            if sending.begun:
                raise Unanswered("The push service did not answer in time.") from None
            raise Later(_fault(error)) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise (Unanswered if sending.begun else Later)(_fault(error)) from None

    async def _post(self, url: str, headers: dict[str, str], body: bytes, sending: Sending) -> tuple[int, str | None]:
        to, given = httpcore.URL(url), list(headers.items())
        async with (
            self._connections.to(to) as connection,
            connection.stream("POST", to, headers=given, content=body, extensions=sending.over(connection)) as answer,
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


def _fault(error: Exception) -> str:
    """What went wrong with the connection, without where to."""
    if "certificate" in str(error).lower():
        return "The push service's certificate can't be trusted."
    if isinstance(error, httpcore.RemoteProtocolError | httpcore.ReadError | httpcore.WriteError):
        return "The push service closed the connection."
    return "The push service can't be reached."
