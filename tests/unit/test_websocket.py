"""The tests' own WebSocket client cuts frames of every length, however the bytes arrive."""

import base64
import hashlib
import struct

import pytest

from tests.support import websocket
from tests.support.websocket import ACCEPT_GUID, WebSocket


def frame(payload: bytes, opcode: int = 0x81) -> bytes:
    """As a server sends it: not masked."""
    length = len(payload)
    if length < 126:
        return bytes((opcode, length)) + payload
    if length < 65536:
        return struct.pack("!BBH", opcode, 126, length) + payload
    return struct.pack("!BBQ", opcode, 127, length) + payload


def opened() -> tuple[WebSocket, list[bytes]]:
    heard: list[bytes] = []
    socket = WebSocket(heard.append, lambda code: None)
    accept = base64.b64encode(hashlib.sha1(socket._key + ACCEPT_GUID).digest())
    socket.data_received(b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    return socket, heard


PAYLOADS = [b"", b"a", b"b" * 125, b"c" * 126, b"d" * 65535, b"e" * 65536]


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1000, 10**6])
async def test_frames_in_pieces_come_out_whole(piece: int) -> None:
    socket, heard = opened()
    stream = b"".join(frame(payload) for payload in PAYLOADS[: 4 if piece < 7 else 6])
    for start in range(0, len(stream), piece):
        socket.data_received(stream[start : start + piece])
    assert heard == PAYLOADS[: len(heard)]
    assert len(heard) == (4 if piece < 7 else 6)


async def test_a_frame_that_comes_with_the_handshake_is_heard() -> None:
    heard: list[bytes] = []
    socket = WebSocket(heard.append, lambda code: None)
    accept = base64.b64encode(hashlib.sha1(socket._key + ACCEPT_GUID).digest())
    head = b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    socket.data_received(head[:30])
    socket.data_received(head[30:] + frame(b"early"))
    assert heard == [b"early"]


async def test_fragments_are_put_together() -> None:
    socket, heard = opened()
    socket.data_received(frame(b"one ", 0x01) + frame(b"two ", 0x00) + frame(b"three", 0x80))
    assert heard == [b"one two three"]


async def test_the_close_code_is_kept() -> None:
    socket, _ = opened()
    codes: list[int] = []
    socket.on_close = codes.append
    socket.data_received(frame(struct.pack("!H", 4401), 0x88))
    socket.connection_lost(None)
    assert codes == [4401]


async def test_a_refused_upgrade_is_told() -> None:
    socket = WebSocket(lambda text: None, lambda code: None)
    socket.data_received(b"HTTP/1.1 403 Forbidden\r\n\r\nno")
    with pytest.raises(websocket.HandshakeRefusedError, match="403"):
        await socket._opened
