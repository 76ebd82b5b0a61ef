"""A connection as httpcore wants it, straight on the event loop's.

The library's own goes through anyio, which opens a scope of cancellation for each piece that is read or written: a
sixth of the time that posting a push takes. Here whoever asks gives one limit of time to all of it, so the limits that
httpcore would give to each step are not heeded.
"""

import asyncio
import ssl
from typing import Any, Final

from httpcore import AsyncNetworkStream, ConnectError, ReadError, WriteError

MOST_AHEAD: Final = 65_536
"""Bytes that nobody has read; with more of them nothing is taken in until somebody does."""


class TcpStream(asyncio.Protocol, AsyncNetworkStream):
    """Reads what has come, whatever `max_bytes` says; writes without waiting: for requests that fit into memory."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._got = bytearray()
        self._ended = False
        self._fault: Exception | None = None
        self._news: asyncio.Future[None] | None = None

    @classmethod
    async def connect(cls, address: str, port: int) -> "TcpStream":
        """Raises ConnectError."""
        try:
            _, stream = await asyncio.get_running_loop().create_connection(cls, address, port)
        except OSError as error:
            raise ConnectError(str(error)) from None
        return stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if len(self._got) > MOST_AHEAD:
            self._transport.pause_reading()
        self._tell()

    def eof_received(self) -> None:
        self._ended = True
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._fault = True, exc
        self._tell()

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Nothing at the end. Raises ReadError."""
        if not self._got and not self._ended:
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        if self._fault is not None and not self._got:
            raise ReadError(str(self._fault))
        got = bytes(self._got)
        self._got.clear()
        if len(got) > MOST_AHEAD and not self._transport.is_closing():
            self._transport.resume_reading()
        return got

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises WriteError."""
        if self._transport.is_closing():
            raise WriteError("it is closed")
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """At once, whether or not what was written has left."""
        self._transport.close()
        await asyncio.sleep(0)
        self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncNetworkStream:
        """Raises ConnectError, also where the peer has closed or spoken before: what it said anybody may have put in,
        and it would be read as if it had come secured."""
        if self._ended or self._got or self._transport.is_closing():
            self._transport.abort()
            raise ConnectError("it was closed, or spoken on, before it was secured")
        start = asyncio.get_running_loop().start_tls
        try:
            secured = await start(self._transport, self, ssl_context, server_hostname=server_hostname)
        except OSError as error:  # those of ssl are, too
            self._transport.abort()
            raise ConnectError(str(error)) from None
        except BaseException:
            self._transport.abort()
            raise
        self._transport = secured
        return self

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`: between two requests, that the server has closed it, or has said what nobody asked for."""
        if info == "is_readable":
            return self._ended or bool(self._got)
        return self._transport.get_extra_info(info)
