"""A gateway in the test's own process, with one conversation and a will to misbehave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection, serve

from tests.support.journal import Frame

CONVERSATION = "5b3a1f52-9f0e-5a53-8a55-0c6a4f3d2e11"


class FakeGateway:
    """Answers as the protocol says, except for what its attributes ask it to spoil next."""

    def __init__(self) -> None:
        self.url = ""
        self.log: list[Frame] = []
        self.stored: dict[str, int] = {}
        self.received: list[Frame] = []
        self.skip_events = 0
        self.repeat_events = 0
        self.refuse_next = ""
        self.die_before_answer = False
        self._sockets: set[ServerConnection] = set()

    async def announce_heads(self) -> None:
        """Send `heads` to everybody."""
        for socket in list(self._sockets):
            await self._send(socket, {"type": "heads", "heads": {CONVERSATION: len(self.log)}})

    async def serve(self, socket: ServerConnection) -> None:
        """One client, until it leaves."""
        self._sockets.add(socket)
        try:
            async for text in socket:
                frame: Frame = msgspec.json.decode(text)
                self.received.append(frame)
                await self._on_frame(socket, frame)
        finally:
            self._sockets.discard(socket)

    async def _on_frame(self, socket: ServerConnection, frame: Frame) -> None:
        match frame["type"]:
            case "hello":
                await self._welcome(socket, frame.get("resume"))
            case "resume":
                await self._missed(socket, frame["after"])
                answer = {"type": "resumed", "conversation": CONVERSATION, "seq": len(self.log), "read": {}}
                await self._send(socket, answer)
            case _:
                await self._on_command(socket, frame)

    async def _welcome(self, socket: ServerConnection, resume: Frame | None) -> None:
        welcome: Frame = {"type": "welcome", "token": "t", "availability": "online"}
        if self.log:
            welcome["conversation"] = {"id": CONVERSATION, "status": "open", "seq": len(self.log)}
        await self._send(socket, welcome)
        if resume:
            await self._missed(socket, resume["after"])

    async def _missed(self, socket: ServerConnection, after: int) -> None:
        if events := self.log[after:]:
            await self._send(socket, events)

    async def _on_command(self, socket: ServerConnection, command: Frame) -> None:
        if self.refuse_next:
            code, self.refuse_next = self.refuse_next, ""
            await self._send(socket, {"type": "rejected", "id": command["id"], "code": code, "detail": ""})
            return
        if command["id"] not in self.stored:
            await self._store(command)
        if self.die_before_answer:
            self.die_before_answer = False
            socket.transport.abort()
            return
        seq = self.stored[command["id"]]
        await self._send(socket, {"type": "stored", "id": command["id"], "conversation": CONVERSATION, "seq": seq})

    async def _store(self, command: Frame) -> None:
        seq = self.stored[command["id"]] = len(self.log) + 1
        kind = "started" if command["type"] == "start" else "message"
        event = {"type": "event", "conversation": CONVERSATION, "seq": seq, "kind": kind}
        event |= {"text": command.get("text", ""), "id": command["id"]}
        self.log.append(event)
        if self.skip_events:
            self.skip_events -= 1
            return
        for socket in list(self._sockets):
            for _ in range(1 + self.repeat_events):
                await self._send(socket, event)

    async def _send(self, socket: ServerConnection, frame: Any) -> None:
        await socket.send(msgspec.json.encode(frame).decode())


@asynccontextmanager
async def fake_gateway() -> AsyncIterator[FakeGateway]:
    """A fake gateway that listens on a free port of the loopback."""
    fake = FakeGateway()
    async with serve(fake.serve, "127.0.0.1", 0, subprotocols=["shopbell.v1"]) as server:  # type: ignore[list-item]
        fake.url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield fake
