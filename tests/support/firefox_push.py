"""Mozilla's push service, as far as Firefox needs one: what a sender brings is handed to the browser, which opens it.

Senders find `PushService`; browsers speak with it over a WebSocket, in frames of JSON (autopush's protocol:
https://mozilla-services.github.io/autopush-rs/, and Firefox's own PushServiceWebSocket).
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from services.common.vapid import base64url
from tests.support.push_service import Browser, PushService, push_service

DELIVERED: Final = 100
"""What a browser acknowledges with; 101: could not be decrypted, 102: could not be shown."""


@dataclass
class FirefoxPush(PushService):
    """For one Firefox. `acknowledged`: its answers, in the order that they came."""

    browser_port: int = 0
    acknowledged: list[int] = field(default_factory=list)
    _socket: ServerConnection | None = None
    _channels: dict[str, str] = field(default_factory=dict)
    """From the path of an endpoint."""

    @property
    def url(self) -> str:
        """For Firefox's `dom.push.serverURL`."""
        return f"ws://127.0.0.1:{self.browser_port}/"

    async def talk(self, socket: ServerConnection) -> None:
        """With the browser, until it goes."""
        self._socket = socket
        with suppress(ConnectionClosed):
            async for said in socket:
                await socket.send(json.dumps(self._answer(json.loads(said))))

    def _answer(self, frame: dict[str, Any]) -> dict[str, Any]:
        kind, done = frame.get("messageType"), {**frame, "status": 200}
        if kind == "hello":
            return {**done, "uaid": frame.get("uaid") or os.urandom(16).hex(), "broadcasts": {}}
        if kind == "register":
            return {**done, "pushEndpoint": self._subscribed(frame["channelID"], frame["key"]).endpoint}
        if kind == "unregister":
            self._forget(frame["channelID"])
            return done
        self.acknowledged += [update["code"] for update in frame.get("updates", [])]
        return {}  # a ping's answer, which it takes at any time

    def _subscribed(self, channel: str, key: str) -> Browser:
        browser = self.subscribe(key.rstrip("="))
        self._channels[browser.path] = channel
        return browser

    def _forget(self, channel: str) -> None:
        for path in [path for path, each in self._channels.items() if each == channel]:
            del self._channels[path], self.browsers[path]

    def _opened(self, request: Request, browser: Browser, body: bytes) -> dict[str, Any]:
        """Nobody but the browser can: it gets it as it came."""
        headers = {"encoding": request.headers["content-encoding"]}
        frame = {"channelID": self._channels[browser.path], "version": os.urandom(8).hex(), "headers": headers}
        assert self._socket is not None, "the browser is not there"
        broadcast([self._socket], json.dumps({"messageType": "notification", "data": base64url(body), **frame}))
        return {}


@asynccontextmanager
async def firefox_push() -> AsyncIterator[FirefoxPush]:
    """Running while inside; a sender must have done nothing wrong."""
    made = FirefoxPush()
    protocol = Subprotocol("push-notification")
    async with push_service(made), serve(made.talk, "127.0.0.1", 0, subprotocols=[protocol]) as server:
        made.browser_port = next(iter(server.sockets)).getsockname()[1]
        yield made
    assert made.wrong == []
