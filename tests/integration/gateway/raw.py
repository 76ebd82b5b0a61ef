"""A client without manners: sends whatever it is given, and shows every frame and the close code."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from tests.support.watched import Watched
from tests.support.websocket import WebSocket, connect

Frame = dict[str, Any]


class Raw(Watched):
    """One socket."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self.code: int | None = None
        self.socket: WebSocket | None = None

    def send(self, frame: Any) -> None:
        """A frame, or bytes as they are."""
        assert self.socket is not None
        self.socket.send(frame if isinstance(frame, bytes) else msgspec.json.encode(frame))

    async def expect(self, within: float = 10.0, **members: Any) -> Frame:
        """Take the first frame that has these members out of those that came, or will come."""

        def find() -> Frame | None:
            return next((f for f in self.frames if all(f.get(k) == v for k, v in members.items())), None)

        found: Frame = await self.wait_for(find, within)
        self.frames.remove(found)
        return found

    async def closed(self, within: float = 10.0) -> int:
        return await self.wait_for(lambda: self.code, within)

    async def hello(self, **members: Any) -> Frame:
        self.send({"type": "hello", **members})
        return await self.expect(type="welcome")

    def on_text(self, text: bytes) -> None:
        said = msgspec.json.decode(text)
        self.frames += said if isinstance(said, list) else [said]
        self.wake()

    def on_close(self, code: int) -> None:
        self.code = code
        self.wake()


@asynccontextmanager
async def opened(url: str, **headers: str) -> AsyncIterator[Raw]:
    """A socket to `url`; names of headers with underscores."""
    raw = Raw()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    on_text: Callable[[bytes], None] = raw.on_text
    raw.socket = await connect(url, on_text, raw.on_close, headers={"Sec-WebSocket-Protocol": "shopbell.v1", **named})
    try:
        yield raw
    finally:
        raw.socket.abort()
