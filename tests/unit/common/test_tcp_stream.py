"""What a peer sends without being asked must not fill our memory, nor be taken for what comes secured."""

import asyncio
import ssl

import pytest
from httpcore import ConnectError

from services.common.tcp_stream import MOST_AHEAD, TcpStream
from tests.support.waiting import eventually

SENT = 40 * MOST_AHEAD
AT_ONCE = 1_048_576
"""Bytes; more than event loops read in one go."""


async def test_flood_is_taken_in_as_it_is_read() -> None:
    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(SENT))
        writer.close()

    server = await asyncio.start_server(flood, "127.0.0.1", 0)
    stream = await TcpStream.connect("127.0.0.1", server.sockets[0].getsockname()[1])
    sizes = []
    while got := await stream.read(MOST_AHEAD):
        sizes.append(len(got))
    await stream.aclose()
    server.close()
    assert sum(sizes) == SENT
    assert max(sizes) <= AT_ONCE


@pytest.mark.parametrize("said", [b"HTTP/1.1 410 Gone\r\n\r\n", b""])
async def test_nothing_is_secured_that_was_spoken_on_or_closed_before(said: bytes) -> None:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    stream = await TcpStream.connect("127.0.0.1", server.sockets[0].getsockname()[1])
    await eventually(lambda: stream.get_extra_info("is_readable"))
    with pytest.raises(ConnectError, match="before it was secured"):
        await stream.start_tls(ssl.create_default_context(), "localhost")
    await stream.aclose()
    server.close()
