"""What a peer sends without being asked must not fill our memory."""

import asyncio

from services.common.tcp_stream import MOST_AHEAD, TcpStream

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
