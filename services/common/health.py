"""Is this process alive, and may it get work? A few lines of HTTP for services that have no web server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from services.common import metrics
from services.common.logs import logger

log = logger(__name__)

REQUEST_SECONDS = 5.0
HEAD_LIMIT = 8192

_serving: dict[int, list["Readiness"]] = {}


class Readiness:
    """What must hold before this process is ready. Each part says for itself when it does."""

    def __init__(self, *parts: str) -> None:
        self._missing = set(parts)

    def set(self, part: str, ready: bool = True) -> None:
        (self._missing.discard if ready else self._missing.add)(part)

    @property
    def missing(self) -> list[str]:
        return sorted(self._missing)

    @property
    def ready(self) -> bool:
        return not self._missing


@asynccontextmanager
async def operations(port: int, readiness: Readiness, host: str = "127.0.0.1") -> AsyncIterator[None]:
    """Serve /healthz, /readyz and /metrics while inside; with port 0 serve nothing. Raises OSError if taken.

    Several services of one process share the port: it is ready when all of them are.
    """
    if not port:
        yield
        return
    services = _serving.setdefault(port, [])
    services.append(readiness)
    try:
        async with _server(port, host, services) if len(services) == 1 else nullcontext():
            yield
    finally:
        services.remove(readiness)


@asynccontextmanager
async def _server(port: int, host: str, services: list[Readiness]) -> AsyncIterator[None]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_answer(head, services))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            log.debug("Operations request broken off")
        finally:
            writer.close()

    server = await asyncio.start_server(connected, host, port, limit=HEAD_LIMIT)
    try:
        yield
    finally:
        server.close()


def _answer(head: bytes, services: list[Readiness]) -> bytes:
    """The whole HTTP response to a request head."""
    words = head.split(b"\r\n", 1)[0].split()
    path = words[1] if len(words) == 3 and words[0] == b"GET" else b""
    if path == b"/healthz":
        return _response("200 OK", b"ok\n")
    if path == b"/readyz":
        missing = [part for readiness in services for part in readiness.missing]
        return _response("503 Service Unavailable", ", ".join(missing).encode()) if missing else _response("200 OK")
    if path == b"/metrics":
        return _response("200 OK", metrics.exposition(), metrics.CONTENT_TYPE)
    return _response("404 Not Found", b"not found\n")


def _response(status: str, body: bytes = b"ok\n", kind: str = "text/plain; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body
