"""A small WebSocket client (RFC 6455) for tests and load: text frames, many sockets, little work.

The load generator shares its cores with the servers it measures, so a frame costs a slice and a
callback here, a fifth of what the `websockets` client spends. Tests also send raw bytes with it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import random
import ssl
import struct
from collections.abc import Callable, Mapping
from typing import cast
from urllib.parse import urlsplit

from websockets.speedups import apply_mask

ACCEPT_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
ABNORMAL = 1006
HANDSHAKE_WITHIN_S = 30.0


class HandshakeRefusedError(ConnectionError):
    """The server answered the upgrade with something other than 101."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"upgrade refused: {status} {body[:200]!r}")
        self.status = status
        self.body = body


def _header(opcode: int, length: int) -> bytes:
    if length < 126:
        return bytes((opcode, 0x80 | length))
    if length < 65536:
        return struct.pack("!BBH", opcode, 0x80 | 126, length)
    return struct.pack("!BBQ", opcode, 0x80 | 127, length)


class WebSocket(asyncio.Protocol):
    """One socket. `on_text` gets each text frame's bytes, `on_close` once the close code."""

    def __init__(self, on_text: Callable[[bytes], None], on_close: Callable[[int], None]) -> None:
        self.on_text = on_text
        self.on_close = on_close
        self.close_code = ABNORMAL
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._key = base64.b64encode(os.urandom(16))
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._is_open = False
        self._fragments: list[bytes] = []

    # What a caller uses

    @property
    def is_open(self) -> bool:
        """Whether frames can be sent."""
        return self._is_open

    def send(self, text: bytes) -> None:
        """Send one text frame; dropped silently once the socket is closed, as a network would."""
        self.send_frame(TEXT, text)

    def send_frame(self, opcode: int, payload: bytes) -> None:
        """Send one whole frame of any kind (FIN bit included in `opcode`)."""
        if self._transport is None or not self._is_open:
            return
        mask = random.getrandbits(32).to_bytes(4, "big")
        frame = b"".join((_header(opcode, len(payload)), mask, apply_mask(payload, mask)))
        self._transport.write(frame)

    def close(self, code: int = 1000) -> None:
        """Say goodbye and close."""
        self.send_frame(CLOSE, struct.pack("!H", code))
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Break the connection without a word, as a lost network does."""
        if self._transport is not None:
            self._transport.abort()

    def pause_reading(self) -> None:
        """Stop reading: what a stuck browser looks like from the server."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        if self._transport is not None:
            self._transport.resume_reading()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; the upgrade is sent by `connect`."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Cut whole frames out of what has arrived."""
        if self._rest:
            data = self._rest + data
        if not self._is_open and not (data := self._handshake_done(data)):
            return
        position, end = 0, len(data)
        while end - position >= 2:
            length, start = data[position + 1], position + 2
            if length == 126:
                start += 2
                length = int.from_bytes(data[position + 2 : start], "big") if end >= start else end
            elif length == 127:
                start += 8
                length = int.from_bytes(data[position + 2 : start], "big") if end >= start else end
            if start + length > end:
                break
            opcode = data[position]
            position = start + length
            if opcode == TEXT:
                self.on_text(data[start:position])
            else:
                self._on_other(opcode, data[start:position])
        self._rest = data[position:]

    def connection_lost(self, exc: Exception | None) -> None:
        """Report the end, or fail the handshake that was under way."""
        was_open, self._is_open = self._is_open, False
        if was_open:
            self.on_close(self.close_code)
        elif not self._opened.done():
            self._opened.set_exception(exc or ConnectionResetError("closed during the upgrade"))

    # Inside

    def _handshake_done(self, data: bytes) -> bytes:
        head, found, rest = data.partition(b"\r\n\r\n")
        if not found:
            self._rest = data
            return b""
        self._rest = b""
        lines = head.split(b"\r\n")
        status = int(lines[0].split(b" ", 2)[1])
        accept = base64.b64encode(hashlib.sha1(self._key + ACCEPT_GUID).digest())
        if status != 101 or accept not in head:
            self._opened.set_exception(HandshakeRefusedError(status, rest))
            self.abort()
            return b""
        self._is_open = True
        self._opened.set_result(None)
        return rest

    def _on_other(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.send_frame(PONG, payload)
        elif opcode == CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big") if len(payload) > 1 else 1005
            self.send_frame(CLOSE, payload[:2])
            if self._transport is not None:
                self._transport.close()
        elif opcode in (0x01, 0x00):
            self._fragments.append(payload)
        elif opcode == 0x80:
            whole = b"".join((*self._fragments, payload))
            self._fragments.clear()
            self.on_text(whole)

    async def upgrade(self, host: str, target: str, headers: Mapping[str, str]) -> None:
        """Send the upgrade and wait until it is answered."""
        assert self._transport is not None
        lines = [
            f"GET {target} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {self._key.decode()}",
            *(f"{name}: {value}" for name, value in headers.items()),
            "\r\n",
        ]
        self._transport.write("\r\n".join(lines).encode())
        async with asyncio.timeout(HANDSHAKE_WITHIN_S):
            await self._opened


async def connect(
    url: str,
    on_text: Callable[[bytes], None],
    on_close: Callable[[int], None],
    *,
    headers: Mapping[str, str] | None = None,
    local_address: str | None = None,
) -> WebSocket:
    """Open a socket to `url` (ws, wss, http or https), from `local_address` if one is given.

    Raises HandshakeRefusedError, OSError or TimeoutError.
    """
    parts = urlsplit(url)
    secure = parts.scheme in ("wss", "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    _, protocol = await asyncio.get_running_loop().create_connection(
        lambda: WebSocket(on_text, on_close),
        parts.hostname or "127.0.0.1",
        parts.port or (443 if secure else 80),
        ssl=ssl.create_default_context() if secure else None,
        local_addr=(local_address, 0) if local_address else None,
    )
    try:
        await protocol.upgrade(parts.netloc, target, headers or {})
    except BaseException:
        protocol.abort()
        raise
    return protocol
