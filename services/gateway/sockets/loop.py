"""The loop around one socket: reads frames, refuses what is none, hands the others to their handlers."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import msgspec
import psycopg
from msgspec import UNSET, Struct
from psycopg_pool import PoolTimeout

from contracts.answers import Answer, Code
from contracts.answers import Rejected as RejectedAnswer
from contracts.answers import Stored as StoredAnswer
from contracts.sockets import CloseCode
from contracts.sockets.common import Closing, Rejected, Stored
from services.common.logs import correlated, logger
from services.gateway.buckets import Rate
from services.gateway.forms import BadForm
from services.gateway.gateway import Gateway
from services.gateway.sockets.incoming import BadFrame, read
from services.gateway.sockets.outbox import Outbox, Send
from services.gateway.sockets.protocol import Direct
from services.gateway.sockets.state import Close, Phase, SocketState, Wait
from services.gateway.sockets.texts import BadText

log = logger(__name__)

HELLO_SECONDS: Final = 10.0
AWAY_RETRY_SECONDS: Final = 1.0

encode: Final = msgspec.json.Encoder().encode

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Wire:
    """The two ways of a connection, as ASGI gives them, and the short cut for sending."""

    receive: Receive
    send: Send
    direct: Direct | None = None


class Refused(Exception):
    """A command is refused here already."""

    def __init__(self, code: Code, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after


class ClientSocket:
    """One client. Subclasses know their frames."""

    audience: ClassVar[int]
    decoder: ClassVar[msgspec.json.Decoder[Any]]
    hello: ClassVar[type[Struct]]
    handlers: ClassVar[Mapping[type[Struct], Callable[[Any, Any], Awaitable[None]]]]

    __slots__ = ("_receive", "correlation", "gateway", "outbox", "shop", "state")

    def __init__(self, gateway: Gateway, shop: str, wire: Wire, rate: Rate | None) -> None:
        self.gateway = gateway
        self.shop = shop
        self.outbox = Outbox(wire.send, wire.direct)
        self.state = SocketState(rate, time.monotonic())
        self.correlation = secrets.token_hex(6)
        self._receive = wire.receive

    async def run(self) -> None:
        """Serve the client until it or we leave."""
        patience = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._waited_for_hello)
        self.gateway.sockets.add(self)
        try:
            while True:
                message = await self._receive()
                if message["type"] == "websocket.disconnect":
                    return
                if self.outbox.open:
                    await self._take(message.get("text"))
                if self.state.phase is not Phase.NEW:
                    patience.cancel()
        finally:
            patience.cancel()
            self.gateway.sockets.discard(self)
            self.state.phase = Phase.CLOSED
            self.outbox.lost()
            await self.left()

    @property
    def welcomed(self) -> bool:
        return self.state.phase is Phase.OPEN

    async def left(self) -> None:
        """The connection is gone."""
        raise NotImplementedError

    async def on_hello(self, frame: Any) -> None:
        """The first frame of the protocol has come."""
        raise NotImplementedError

    def close_soon(self, seconds: float) -> None:
        """The process ends: ask the client to come back elsewhere."""
        self.put(Closing(after=round(seconds, 2)))
        asyncio.get_running_loop().call_later(seconds, self.outbox.close, CloseCode.RESTARTING, "restarting")

    # Answers

    def put(self, frame: Struct) -> None:
        self.outbox.put(encode(frame).decode())

    def reject(
        self, command: str | None, code: Code, detail: str, retry_after: float | None = None, field: str | None = None
    ) -> None:
        """`field`: what was filled in wrong."""
        wait, wrong = retry_after or UNSET, field or UNSET
        self.put(Rejected(id=command, code=code, detail=detail, retry_after=wait, field=wrong))

    def answered(self, command: str, answer: Answer) -> None:
        """What became of a command, given to `Dispatch` with its id."""
        if isinstance(answer, StoredAnswer):
            self.put(Stored(id=command, seq=answer.seq, conversation=answer.conversation or UNSET))
        elif isinstance(answer, RejectedAnswer):
            self.reject(command, answer.code, answer.detail, answer.retry_after)
        else:
            self.reject(command, "invalid", "only a start can find a conversation in progress")

    # Frames

    async def _take(self, text: str | None) -> None:
        verdict = self.state.arrived(time.monotonic())
        if isinstance(verdict, Close):
            self.outbox.close(verdict.code, verdict.reason)
            return
        try:
            frame = read(self.decoder, text)
        except BadFrame as bad:
            self._bad(bad.id, bad.detail)
            return
        if isinstance(verdict, Wait):
            self.reject(getattr(frame, "id", None), "rate_limited", "too fast", verdict.seconds)
            return
        if (type(frame) is self.hello) is not (self.state.phase is Phase.NEW):
            detail = "say hello first" if self.state.phase is Phase.NEW else "hello was said already"
            self._bad(getattr(frame, "id", None), detail)
            return
        self.state.good()
        await self._handle(frame)

    async def _handle(self, frame: Any) -> None:
        try:
            if self.state.phase is Phase.NEW:
                await self._greet(frame)
            else:
                await self.handlers[type(frame)](self, frame)
        except Refused as refused:
            self.reject(getattr(frame, "id", None), refused.code, refused.detail, refused.retry_after)
        except BadForm as bad:
            self.reject(getattr(frame, "id", None), "invalid", bad.wrong[0].detail, field=bad.wrong[0].field)
        except BadText as bad:
            self.reject(getattr(frame, "id", None), "too_long" if bad.code == "too_long" else "invalid", bad.detail)
        except (psycopg.OperationalError, PoolTimeout):
            self._without_database(getattr(frame, "id", None))

    async def _greet(self, frame: Any) -> None:
        self.state.phase = Phase.HELLO
        with correlated(self.correlation):
            async with self.gateway.storm.turn():
                await self.on_hello(frame)
        if self.state.phase is Phase.HELLO:
            self.state.phase = Phase.OPEN

    def _without_database(self, command: str | None) -> None:
        """What is not open can't be opened now; what is open stays."""
        if self.state.phase is Phase.OPEN:
            self.reject(command, "unavailable", "try again in a moment", AWAY_RETRY_SECONDS)
        else:
            log.warning("Hello without a database", correlation=self.correlation)
            self.outbox.close(CloseCode.RESTARTING, "come back in a moment")

    def _bad(self, command: str | None, detail: str) -> None:
        self.reject(command, "invalid", detail)
        close = self.state.bad()
        if close is not None:
            self.outbox.close(close.code, close.reason)

    def _waited_for_hello(self) -> None:
        if self.state.phase is Phase.NEW:
            self.outbox.close(CloseCode.NO_HELLO, "no hello")
