"""Reads the command stream of one partition from its position on: ordered, without acknowledgements.

Raw pull into an inbox of our own, which is several times cheaper than nats-py's fetch. The consumer is ephemeral:
after a gap, a reconnect or a silence a new one starts behind the last command received.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

import msgspec
import nats.errors
from msgspec import Struct
from nats.aio.subscription import Subscription
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import APIError

from contracts import subjects
from services.common.broker import Broker
from services.common.direct import Message
from services.common.eventlog.inbox import WINDOW, Arrived, Inbox
from services.common.eventlog.store.recorder import Position
from services.common.logs import logger

log = logger(__name__)

PULL: Final = WINDOW // 2
EXPIRES_SECONDS: Final = 30
HEARTBEAT_SECONDS: Final = 1
SILENCE_SECONDS: Final = 2 * HEARTBEAT_SECONDS + 1
INACTIVE_SECONDS: Final = 30.0
RETRY_SECONDS: Final = 0.2
REWOUND_SECONDS: Final = 10.0
"""A stream that ends before what was received and stays so for so long was set back, by a restore say."""
_PULL_REQUEST: Final = msgspec.json.encode(
    {"batch": PULL, "expires": EXPIRES_SECONDS * 10**9, "idle_heartbeat": HEARTBEAT_SECONDS * 10**9}
)
_ACK_PREFIX: Final = "$JS.ACK."
_HEARTBEAT, _TIMED_OUT = "100", "408"


class StreamState(Struct):
    """Of the server's answer to STREAM.INFO."""

    last_seq: int


class StreamInfo(Struct):
    """Of the server's answer to STREAM.INFO: the stream's creation time names its generation."""

    created: str
    state: StreamState
    ts: str = ""


_info_decoder: Final = msgspec.json.Decoder(StreamInfo)


class _Behind(Exception):
    """The node that answers doesn't know yet what others of its cluster have delivered."""


async def stream_info(broker: Broker, stream: str) -> StreamInfo:
    """Asks the server. Raises nats.errors.Error without an answer, msgspec.ValidationError if there is no such."""
    answer = await broker.client.request(f"$JS.API.STREAM.INFO.{stream}", timeout=2)
    return _info_decoder.decode(answer.data)


class Consumer:
    """Fills an inbox. `woken` is called when something has come."""

    def __init__(self, broker: Broker, log_name: str, partition: int, inbox: Inbox, woken: Callable[[], None]) -> None:
        self._broker, self._inbox, self._woken = broker, inbox, woken
        self._stream = subjects.command_stream(log_name, partition)
        self._subscription: Subscription | None = None
        self._name = ""
        self._delivered = 0
        self._credit = 0
        self._heard = time.monotonic()
        self._resetting: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._closed = False
        self._behind_since: float | None = None
        self.clock_ahead = 0.0
        """Seconds by which the broker's clock is ahead of ours."""
        self.last_seq_at_start = 0
        """The stream's last command when we first looked."""
        self.pending = 0
        """Commands in the stream that have not come yet."""

    async def start(self) -> None:
        """Read from behind the inbox's position on; waits until the broker has agreed."""
        await self._open_until_done(first=True)

    async def stop(self) -> None:
        """Read no more."""
        self._closed = True
        if self._resetting:
            self._resetting.cancel()
        await self._leave()

    def reset(self) -> None:
        """Read on with a new consumer: after a reconnect, a gap or a silence."""
        if not self._closed and (self._resetting is None or self._resetting.done()):
            self._resetting = asyncio.create_task(self._open_until_done())

    def check(self) -> None:
        """To be called every second or so: a consumer that says nothing at all is gone."""
        if self._broker.connected and time.monotonic() - self._heard > SILENCE_SECONDS:
            self.reset()

    async def more(self) -> None:
        """Room was made in the inbox: ask for more, if it is time."""
        if self._credit + self._inbox.waiting <= WINDOW - PULL:
            try:
                await self._pull()
            except nats.errors.Error as error:
                log.warning("Commands not asked for", stream=self._stream, error=type(error).__name__)
                self.reset()

    async def _open_until_done(self, *, first: bool = False) -> None:
        while not self._closed:
            try:
                await self._open(first=first)
                return
            except (nats.errors.Error, APIError, msgspec.DecodeError, TimeoutError, _Behind) as error:
                log.debug("Command stream not readable yet", stream=self._stream, error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _open(self, *, first: bool) -> None:
        await self._leave()
        info = await stream_info(self._broker, self._stream)
        self._set_clock(info.ts)
        if info.created != self._inbox.position.stream:
            if self._inbox.position.stream:
                log.warning("Command stream is another one", stream=self._stream, created=info.created)
            self._inbox.restart(Position(info.created, 0))
        if first:
            self.last_seq_at_start = info.state.last_seq
        start = self._start_behind(info.state.last_seq)
        self._delivered = self._credit = 0
        inbox = self._broker.client.new_inbox()
        self._subscription = await self._broker.client.hear(inbox, self._on_message)
        consumer = await self._broker.js.add_consumer(
            self._stream,
            ConsumerConfig(
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=start,
                ack_policy=AckPolicy.NONE,
                inactive_threshold=INACTIVE_SECONDS,
                mem_storage=True,
                num_replicas=1,
            ),
        )
        self._name = consumer.name
        self._heard = time.monotonic()
        await self.more()

    def _start_behind(self, last_seq: int) -> int:
        """Where to read on in a stream that ends at `last_seq`. Raises _Behind.

        A leader just chosen may not have read its own log to the end; to believe it would be to run again what was
        refused before.
        """
        received = self._inbox.received
        if last_seq >= received:
            self._behind_since = None
            return received + 1
        now = time.monotonic()
        if self._behind_since is None:
            self._behind_since = now
        if now - self._behind_since < REWOUND_SECONDS:
            raise _Behind
        self._behind_since = None
        log.warning("Command stream was set back", stream=self._stream, last=last_seq, received=received)
        self._inbox.restart(Position(self._inbox.position.stream, last_seq))
        return last_seq + 1

    async def _leave(self) -> None:
        subscription, self._subscription = self._subscription, None
        if subscription is None:
            return
        with suppress(nats.errors.Error, APIError, TimeoutError):
            await subscription.unsubscribe()
            if self._broker.connected:
                await self._broker.client.publish(f"$JS.API.CONSUMER.DELETE.{self._stream}.{self._name}")

    async def _pull(self) -> None:
        if self._subscription is None:
            return
        self._credit += PULL
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._name}"
        await self._broker.client.publish(subject, _PULL_REQUEST, reply=self._subscription.subject)

    def _on_message(self, message: Message) -> None:
        self._heard = time.monotonic()
        if message.reply.startswith(_ACK_PREFIX):
            self._on_command(message)
        elif message.status:
            self._on_status(message)

    def _on_command(self, message: Message) -> None:
        # $JS.ACK[.<domain>.<account>].<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<ns>.<pending>[.<…>]
        tokens = message.reply.split(".")
        head = 2 if len(tokens) == 9 else 4
        seq, delivered = int(tokens[head + 3]), int(tokens[head + 4])
        if delivered != self._delivered + 1:
            self.reset()
            return
        self._delivered = delivered
        self._credit -= 1
        self.pending = int(tokens[head + 6])
        if seq > self._inbox.received:
            subject = message.subject.split(".")
            self._inbox.put(Arrived(seq, int(tokens[head + 5]) / 1e9, subject[3], subject[4], message.data))
        # else the server has set the consumer back, as it does when that starts ahead of a replica that lags
        # (reconcileStateWithStream in its consumer.go): what was refused must not run again.
        self._woken()

    def _on_status(self, message: Message) -> None:
        if message.status == _HEARTBEAT:
            return
        if message.status == _TIMED_OUT:
            self._credit = max(0, self._credit - int(message.header("Nats-Pending-Messages") or PULL))
            self._asking = asyncio.create_task(self.more())
        else:
            self.reset()

    def _set_clock(self, server_time: str) -> None:
        if server_time:
            self.clock_ahead = msgspec.convert(server_time, datetime).timestamp() - time.time()
