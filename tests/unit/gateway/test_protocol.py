"""The short cut for sending: right frames of every size, and nothing left behind by who has gone."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from services.gateway.sockets.protocol import EXTENSION, DirectProtocol
from tests.support.waiting import eventually
from tests.support.websocket import connect

SIZES = [0, 1, 125, 126, 65_535, 65_536, 300_000]


class Served:
    """An application that sends texts of all sizes by the short cut, and then listens."""

    def __init__(self) -> None:
        self.url = ""
        self.made: list[weakref.ref[DirectProtocol]] = []

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        direct = scope["extensions"].pop(EXTENSION)
        assert not direct.ready
        await send({"type": "websocket.accept"})
        for size in SIZES:
            while not direct.ready:
                await send({"type": "websocket.send", "text": "waited"})
            direct.write_text("é" * (size // 2) + "x" * (size % 2))
        while (await receive())["type"] != "websocket.disconnect":
            pass
        assert not direct.ready


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    one = Served()
    config = uvicorn.Config(
        one.app,
        interface="asgi3",
        ws=DirectProtocol,
        ws_per_message_deflate=False,
        proxy_headers=False,
        log_config=None,
    )
    config.load()
    state = ServerState()

    def protocol() -> DirectProtocol:
        made = DirectProtocol(config, state, {})
        one.made.append(weakref.ref(made))
        return made

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield one
    server.close()


async def test_texts_of_every_size_arrive(served: Served) -> None:
    texts: list[bytes] = []
    socket = await connect(served.url, texts.append, lambda _: None)
    await eventually(lambda: len([text for text in texts if text != b"waited"]) == len(SIZES))
    assert [len(text) for text in texts if text != b"waited"] == SIZES
    socket.close()


async def test_lost_connection_is_freed_without_a_collection(served: Served) -> None:
    gc.collect()
    gc.disable()
    try:
        socket = await connect(served.url, lambda _: None, lambda _: None)
        assert served.made[0]() is not None
        socket.abort()
        await eventually(lambda: served.made[0]() is None)
    finally:
        gc.enable()
