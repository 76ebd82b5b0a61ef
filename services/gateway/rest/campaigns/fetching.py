"""Looks at addresses of a shop's pages from here."""

import asyncio
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import httpcore

SECONDS: Final = 4.0
MOST_BYTES: Final = 131_072


class Unreachable(Exception):
    """Nothing came back: no such host, none in the public network, no answer in time, or no trustworthy one."""


class Fetched(NamedTuple):
    """What came back; `kind` is the media type without its parameters, `body` at most its beginning."""

    status: int
    kind: str
    body: bytes


class Fetcher:
    """Follows nobody elsewhere, and keeps no connection: it is rarely asked."""

    def __init__(self, *, private: bool) -> None:
        """`private`: pages may be on machines of our own network."""
        self._private = private

    async def get(self, url: str, *, body: bool = True) -> Fetched:
        """What is there. Without `body` its beginning is not read. Raises Unreachable."""
        import httpcore  # see public_network

        from services.common.public_network import PublicNetwork

        headers = [("User-Agent", "Shopbell"), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
        try:
            async with (
                asyncio.timeout(SECONDS),
                httpcore.AsyncConnectionPool(network_backend=PublicNetwork(private=self._private)) as pool,
                pool.stream("GET", url, headers=headers) as answer,
            ):
                said = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
                kind = said.get(b"content-type", "").partition(";")[0].strip().lower()
                return Fetched(answer.status, kind, await _beginning(answer) if body else b"")
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, TimeoutError, OSError):
            raise Unreachable from None
        except (httpcore.UnsupportedProtocol, ValueError):
            raise Unreachable from None


async def _beginning(answer: "httpcore.Response") -> bytes:
    parts, size = [], 0
    async for part in answer.aiter_stream():
        parts.append(part)
        size += len(part)
        if size >= MOST_BYTES:
            break
    return b"".join(parts)[:MOST_BYTES]
