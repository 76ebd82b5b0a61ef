"""What waits to be sent to one socket: bounded, and joined into one frame when several are ready.

While the client keeps up nothing waits longer than a turn of the event loop, and what is ready then is written at
once. When it does not, a task waits for the network, and what piles up behind it is counted.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from contracts.sockets import MAX_FRAME_BYTES, CloseCode
from services.gateway.sockets.protocol import Direct

MAX_FRAMES: Final = 64
MAX_BYTES: Final = 262_144
"""What may wait behind a send that blocks."""
PATIENCE_SECONDS: Final = 1.0
MAX_BURST_BYTES: Final = 2 << 20
"""For so long more may wait, up to this: a burst of long messages fills the network's buffers for a moment."""

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Outbox:
    """The sending side of a socket."""

    __slots__ = (
        "_blocked_at",
        "_bytes",
        "_closing",
        "_direct",
        "_drained",
        "_frames",
        "_held",
        "_scheduled",
        "_send",
        "_state",
        "_task",
        "closed",
    )

    def __init__(self, send: Send, direct: Direct | None = None) -> None:
        """`direct`: how to send without waiting, where the server can do that."""
        self._send = send
        self._direct = direct
        self._scheduled = False
        self._frames: list[str] = []
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None
        self._blocked_at: float | None = None
        self._held = False
        self._state: str | None = None
        self._closing: tuple[int, str] | None = None
        self._drained: asyncio.Future[None] | None = None
        self.closed = False
        """Nothing more will be sent: closed by us, or lost."""

    @property
    def open(self) -> bool:
        """Whether frames still go out."""
        return not self.closed and self._closing is None

    def put(self, frame: str) -> None:
        """Queue a frame; closes the socket as too slow if too much waits already."""
        if not self.open:
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        if self._task is None:
            self._start()
        elif self._blocked_at is not None and (len(self._frames) > MAX_FRAMES or self._bytes > MAX_BYTES):
            self._lags(asyncio.get_running_loop().time() - self._blocked_at)

    def show(self, state: str) -> None:
        """Queue a frame that makes the one shown before worthless: a slow reader gets the newest only."""
        if self.open:
            self._state = state
            if self._task is None:
                self._start()

    def close(self, code: int, reason: str = "") -> None:
        """Send what waits, then close."""
        if self.closed or self._closing is not None:
            return
        self._closing = (code, reason)
        self._held = False
        if self._task is None:
            self._start()

    def hold(self) -> None:
        """Queue only, until `release`."""
        self._held = True

    def release(self, first: str) -> None:
        """Send what was queued meanwhile, after `first`."""
        self._held = False
        if not self.closed and self._closing is None:
            self._frames.insert(0, first)
            self._bytes += len(first)
            if self._task is None:
                self._start()

    async def drained(self) -> None:
        """Wait until all that was queued has been handed to the network, or the socket is gone."""
        while (self._task is not None or self._scheduled) and not self.closed:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._drained)

    def lost(self) -> None:
        """The connection is gone: drop what waits."""
        self.closed = True
        self._frames.clear()
        self._state = None
        if self._task is not None:
            self._task.cancel()
        self._wake()

    def _start(self) -> None:
        if self._held or self._scheduled:
            return
        if self._direct is None:
            self._task = asyncio.get_running_loop().create_task(self._write())
        else:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._flush, self._direct)

    def _flush(self, direct: Direct) -> None:
        """Write what is ready; leave to a task what may have to wait."""
        self._scheduled = False
        while (self._frames or self._state is not None) and direct.ready:
            direct.write_text(self._next())
        if self._frames or self._state is not None or (self._closing is not None and not self.closed):
            self._task = asyncio.get_running_loop().create_task(self._write())
        else:
            self._wake()

    def _lags(self, seconds: float) -> None:
        """More waits than may, behind a send that has taken so long."""
        if seconds > PATIENCE_SECONDS or self._bytes > MAX_BURST_BYTES:
            self._frames.clear()
            self._state = None
            self.close(CloseCode.TOO_SLOW, "too slow a reader")

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._frames or self._state is not None:
                message = {"type": "websocket.send", "text": self._next()}
                self._blocked_at = loop.time()
                await self._send(message)
                self._blocked_at = None
            if self._closing is not None:
                self.closed = True
                code, reason = self._closing
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
        except (OSError, RuntimeError):  # the server's ways to say that the client has gone
            self.closed = True
            self._frames.clear()
            self._state = None
        finally:
            self._task = None
            self._wake()

    def _next(self) -> str:
        if self._frames:
            return self._joined()
        state, self._state = self._state or "", None
        return state

    def _joined(self) -> str:
        """The frames that are ready, as one: an array, if there are several, of bounded size."""
        frames = self._frames
        if len(frames) == 1:
            text = frames[0]
            self._frames = []
            self._bytes = 0
            return text
        count, size = 0, 0
        for frame in frames:
            size += len(frame) + 1
            if count and size > MAX_FRAME_BYTES:
                break
            count += 1
        text = frames[0] if count == 1 else f"[{','.join(frames[:count])}]"
        del frames[:count]
        self._bytes -= len(text) if count == 1 else len(text) - count - 1
        return text

    def _wake(self) -> None:
        waiting, self._drained = self._drained, None
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
