"""One party on the wire, over any number of successive sockets; `protocol_client` has its two kinds.

It does what a good client does: keeps commands until they are answered and sends them again under the same id,
delivers each conversation's events in order, asks with `resume` on a gap or after `heads`, and comes back with
full jitter.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from tests.support.inbox import Inbox
from tests.support.journal import Frame, Journal
from tests.support.watched import Watched
from tests.support.websocket import WebSocket, connect

SUBPROTOCOL = "shopbell.v1"
FIRST_TRY_WITHIN_S, LONGEST_PAUSE_S = 2.0, 30.0
WELCOME_WITHIN_S = 15.0
RETRY_AFTER_S = (0.1, 0.5)
NOT_TO_COME_BACK = frozenset({1008, 1009, 4401, 4403})

_names = itertools.count(1)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class RejectedError(Exception):
    """The gateway refused a command; nothing has changed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(f"{frame['code']}: {frame.get('detail', '')}")
        self.frame = frame
        self.code: str = frame["code"]


class Session(Watched):
    """The common part. Subclasses know their path, their hello and what `welcome` means."""

    path = "/"

    def __init__(
        self,
        gateways: Sequence[str],
        *,
        name: str = "",
        headers: Mapping[str, str] | None = None,
        journal: Journal | None = None,
        persistent: bool = False,
        keep_events: bool = True,
        local_address: str | None = None,
        chance: random.Random | None = None,
    ) -> None:
        """`gateways` are http URLs, tried in turn.

        `persistent`: comes back after a lost socket and sends again what was answered `unavailable` or
        `rate_limited`, until `close`. `keep_events` False saves memory under load.
        """
        super().__init__()
        self.name = name or f"client-{next(_names)}"
        self.inbox = Inbox(self.name, journal, keep=keep_events)
        self.on_event: Callable[[Frame], None] | None = None
        self.on_answer: Callable[[Frame], None] | None = None
        self.welcome: Frame | None = None
        self.welcomed_at = 0.0
        self.latest: dict[str, Frame] = {}
        self.close_codes: list[int] = []

        self._gateways = itertools.cycle(gateways)
        self._headers = {"Sec-WebSocket-Protocol": SUBPROTOCOL, "Origin": gateways[0], **(headers or {})}
        self._journal = journal
        self._persistent = persistent
        self._local_address = local_address
        self._chance = chance or random.Random()
        self._socket: WebSocket | None = None
        self._welcomed: asyncio.Future[Frame] | None = None
        self._pending: dict[str, tuple[Frame, asyncio.Future[Frame]]] = {}
        self._resuming: set[str] = set()
        self._ids = (f"{secrets.token_hex(6)}-{number:06d}" for number in itertools.count(1))
        self._closing = False
        self._return: asyncio.Task[None] | None = None

    async def connect(self) -> Frame:
        """Open a socket and say hello; the `welcome`. Raises OSError (a refusal is one) or TimeoutError."""
        self._welcomed = asyncio.get_running_loop().create_future()
        self._socket = await connect(
            next(self._gateways) + self.path,
            self._on_text,
            self._on_close,
            headers=self._headers,
            local_address=self._local_address,
        )
        self._send(self.hello())
        try:
            async with asyncio.timeout(WELCOME_WITHIN_S):
                return await self._welcomed
        except TimeoutError:
            self._socket.abort()
            raise

    async def arrive(self) -> None:
        """Connect, and if that fails go on trying as after a lost socket."""
        if not await self._connected():
            await self._come_back()

    def hello(self) -> Frame:
        """The first frame."""
        return {"type": "hello"}

    async def close(self) -> None:
        """Leave for good."""
        self._closing = True
        if self._socket is not None:
            self._socket.close()
        if self._return is not None:
            self._return.cancel()
            await asyncio.gather(self._return, return_exceptions=True)

    def drop(self) -> None:
        """Lose the network: no closing frame. A persistent client comes back."""
        self.socket.abort()

    @property
    def socket(self) -> WebSocket:
        """The socket below, for tests of the protocol's edges. Raises ConnectionError before the first."""
        if self._socket is None:
            raise ConnectionError("there is no socket")
        return self._socket

    def command(self, kind: str, **fields: Any) -> asyncio.Future[Frame]:
        """Send a command, now or once there is a socket; the future gets `stored` or RejectedError."""
        frame = {"type": kind, "id": fields.pop("id", None) or next(self._ids), **fields}
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._pending[frame["id"]] = frame, answer
        if self.welcome is not None:
            self._send_command(frame)
        return answer

    def tell(self, kind: str, **fields: Any) -> None:
        """Send a frame that has no answer (typing, read, page)."""
        self._send({"type": kind, **fields})

    async def say(self, conversation: str, text: str, **more: Any) -> Frame:
        """A message; its `stored`."""
        return await self.command("say", conversation=conversation, text=text, **more)

    async def end(self, conversation: str) -> Frame:
        """End the conversation; its `stored`."""
        return await self.command("end", conversation=conversation)

    def resume(self, conversation: str, after: int | None = None) -> None:
        """Ask for missed events, one request at a time for each conversation."""
        if conversation not in self._resuming:
            self._resuming.add(conversation)
            after = self.inbox.seen[conversation] if after is None else after
            self._send({"type": "resume", "conversation": conversation, "after": after})

    @property
    def unanswered(self) -> list[Frame]:
        """Commands that wait for their answer."""
        return [frame for frame, _ in self._pending.values()]

    async def event(self, conversation: str, kind: str, within: float = 10.0) -> Frame:
        """The first event of `kind` in a conversation, past or to come."""
        return await self.wait_for(lambda: self.inbox.first(conversation, kind=kind), within)

    async def closed(self, within: float = 10.0) -> int:
        """The close code of the socket, once it has closed."""
        await self.wait_for(lambda: not self.socket.is_open, within)
        return self.close_codes[-1]

    def _on_text(self, text: bytes) -> None:
        frames = _decode(text)
        for frame in frames if isinstance(frames, list) else (frames,):
            self._on_frame(frame)
        self.wake()

    def _on_frame(self, frame: Frame) -> None:
        kind = frame["type"]
        if kind == "event":
            self._on_event(frame)
        elif kind in ("stored", "rejected"):
            self._on_answer(kind, frame)
        elif kind == "welcome":
            self._on_welcome(frame)
        else:
            self._on_other(kind, frame)

    def _on_event(self, event: Frame) -> None:
        if self.inbox.take(event):
            if self.on_event is not None:
                self.on_event(event)
        elif event["seq"] > self.inbox.seen[event["conversation"]]:
            self.resume(event["conversation"])

    def _on_answer(self, kind: str, frame: Frame) -> None:
        self._note(kind, frame)
        if self.on_answer is not None:
            self.on_answer(frame)
        if kind == "rejected" and self._persistent and frame["code"] in ("unavailable", "rate_limited"):
            self._send_again_soon(frame)
        elif pending := self._pending.pop(frame["id"], None):
            self._settle(*pending, frame)

    def _settle(self, command: Frame, answer: asyncio.Future[Frame], frame: Frame) -> None:
        if frame["type"] == "stored":
            self.on_stored(command, frame)
        if answer.done():
            return
        if frame["type"] == "stored":
            answer.set_result(frame)
        else:
            answer.set_exception(RejectedError(frame))
            answer.exception()  # who does not await it need not hear of it

    def _on_welcome(self, frame: Frame) -> None:
        self._note("welcome", frame)
        self.welcome = frame
        self.welcomed_at = time.monotonic()
        self._resuming.clear()
        self.on_welcome(frame)
        for command, _ in list(self._pending.values()):
            self._send_command(command)
        if self._welcomed is not None and not self._welcomed.done():
            self._welcomed.set_result(frame)

    def _on_other(self, kind: str, frame: Frame) -> None:
        self._note("resumed" if kind == "resumed" else "other", frame)
        self.latest[kind] = frame
        if kind == "resumed":
            self._resuming.discard(frame["conversation"])
        elif kind == "heads":
            self.catch_up(frame["heads"])

    def on_stored(self, command: Frame, frame: Frame) -> None:
        """Hook: a command of ours was stored."""

    def on_welcome(self, frame: Frame) -> None:
        """Hook: a socket opened."""

    def catch_up(self, heads: Mapping[str, int]) -> None:
        """Ask for what is missing below these heads."""
        for conversation, head in heads.items():
            if self.inbox.seen[conversation] < head:
                self.resume(conversation)

    def _on_close(self, code: int) -> None:
        self.welcome = None
        self.close_codes.append(code)
        self._note("closed", {"code": code})
        if self._welcomed is not None and not self._welcomed.done():
            self._welcomed.set_exception(ConnectionError(f"{self.name}: closed with {code} before the welcome"))
        elif self._persistent and not self._closing and code not in NOT_TO_COME_BACK:
            self._return = asyncio.get_running_loop().create_task(self._come_back())
        self.wake()

    async def _come_back(self) -> None:
        for attempt in itertools.count():
            longest = min(LONGEST_PAUSE_S, FIRST_TRY_WITHIN_S * 2 ** min(attempt, 5))
            await asyncio.sleep(self._chance.uniform(0, longest))
            if await self._connected():
                return

    async def _connected(self) -> bool:
        try:
            await self.connect()
        except (OSError, TimeoutError):
            return False
        return True

    def _send_again_soon(self, rejected: Frame) -> None:
        pause = rejected.get("retry_after") or self._chance.uniform(*RETRY_AFTER_S)
        asyncio.get_running_loop().call_later(pause, self._send_if_pending, rejected["id"])

    def _send_if_pending(self, command: str) -> None:
        if self.welcome is not None and command in self._pending:
            self._send_command(self._pending[command][0])

    def _send_command(self, frame: Frame) -> None:
        self._note("sent", frame)
        self._send(frame)

    def _send(self, frame: Frame) -> None:
        if self._socket is not None:
            self._socket.send(_encode(frame))

    def _note(self, what: str, frame: Frame) -> None:
        if self._journal is not None:
            self._journal.note(self.name, what, frame)
