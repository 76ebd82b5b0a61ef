"""Publishes a partition's committed events, in the order of the log, into a stream that refuses mistakes.

Each message carries the stream's expected last sequence, so a hole, a double or a late writer is refused by the
stream itself. Because of that chain one acknowledgement answers for all messages before it: only the last of a
chunk asks for one. After a refusal, a time-out or a reconnect the relay reads the stream's last message and goes on
from the log behind it.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

import msgspec
import nats.errors
from eventsourcing.persistence import Notification
from msgspec import Struct
from nats.aio.subscription import Subscription

from contracts import subjects
from services.common import failpoints
from services.common.broker import Broker
from services.common.direct import Message
from services.common.eventlog import figures
from services.common.eventlog.bell import Bell
from services.common.eventlog.faults import AheadOfLog
from services.common.eventlog.wire import Outgoing, outgoing, stream_end
from services.common.logs import logger

log = logger(__name__)

CHUNK: Final = 256
CHUNKS_IN_FLIGHT: Final = 8
MOST_HELD: Final = 4096
"""Events that may wait in memory; beyond that the relay reads the log again."""
ACK_SECONDS: Final = 3.0
RETRY_SECONDS: Final = 0.2

ReadLog = Callable[[int, int], Awaitable[Sequence[Notification]]]
"""(after notification id, at most) → what follows in the log."""


class _Ack(Struct):
    seq: int = 0
    error: dict[str, object] | None = None


class _Chunk(Struct):
    last_id: int
    last_seq: int
    sent: float


_ack_decoder: Final = msgspec.json.Decoder(_Ack)


class Relay:
    """One partition's. Feed it with `offer` after each commit, or with `look` when a commit's outcome is unknown."""

    def __init__(self, broker: Broker, log_name: str, partition: int, read_log: ReadLog) -> None:
        self._broker, self._log_name, self._partition, self._read_log = broker, log_name, partition, read_log
        self._stream = subjects.event_stream(log_name, partition)
        self._bell = Bell(broker, log_name, partition)
        self._head = 0
        self._sent = 0
        self._acknowledged = 0
        self._seq = 0
        self._queue: deque[Notification] = deque()
        self._in_flight: deque[_Chunk] = deque()
        self._behind = True
        self._lost = True
        self._work = asyncio.Event()
        self._settled = asyncio.Event()
        self._subscription: Subscription | None = None
        self._backlog = figures.relay_backlog.labels(log_name, str(partition))

    @property
    def idle(self) -> bool:
        """Whether everything committed is acknowledged by the stream."""
        return self._acknowledged >= self._head

    def begin(self, head: int) -> None:
        """The log ends at this notification id."""
        self._head = head
        self._work.set()

    def offer(self, notifications: Sequence[Notification]) -> None:
        """These were just committed, right behind what was offered before.

        Some may be sent already: whoever reads the log sees a commit before the one who made it hears of it.
        """
        self._head = max(self._head, notifications[-1].id)
        if len(self._queue) + len(notifications) > MOST_HELD:
            self._queue.clear()
            self._behind = True
        if not self._behind:
            self._queue.extend(one for one in notifications if one.id > self._sent)
        self._work.set()

    def look(self, head: int) -> None:
        """The log holds something new, up to `head`; which events, only the log can tell."""
        self._head = max(head, self._head)
        self._behind = True
        self._work.set()

    def resume(self) -> None:
        """The connection was away: ask the stream what it has."""
        self._lost = True
        self._work.set()

    def check(self) -> None:
        """To be called every second or so: an acknowledgement that doesn't come is a refusal."""
        if self._in_flight and time.monotonic() - self._in_flight[0].sent > ACK_SECONDS:
            self.resume()

    async def flushed(self, seconds: float) -> bool:
        """Wait until everything is acknowledged, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.idle:
                    self._settled.clear()
                    await self._settled.wait()
        return self.idle

    async def run(self) -> None:
        """Publish until cancelled. Raises AheadOfLog."""
        try:
            while True:
                await self._work.wait()
                self._work.clear()
                try:
                    await self._go_on()
                except (nats.errors.Error, msgspec.DecodeError, TimeoutError, OSError) as error:
                    log.debug("Relay waits for the broker", partition=self._partition, error=type(error).__name__)
                    self.resume()
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            await self._unsubscribe()
            self._backlog.set(0)

    async def _go_on(self) -> None:
        while self._broker.connected:
            if self._lost:
                await self._find_end()
            if len(self._in_flight) >= CHUNKS_IN_FLIGHT:
                return
            if self._behind:
                await self._catch_up()
            elif self._queue:
                count = min(CHUNK, len(self._queue))
                await self._publish([self._queue.popleft() for _ in range(count)])
            else:
                return

    async def _catch_up(self) -> None:
        """One page from the log; what is offered meanwhile waits in the queue."""
        self._behind = False
        self._queue.clear()
        page = await self._read_log(self._sent, CHUNK)
        if self._lost:
            self._behind = True
            return
        if len(page) == CHUNK:
            self._behind = True
            self._queue.clear()
        if page:
            self._head = max(self._head, page[-1].id)
            await self._publish(page)
        while self._queue and self._queue[0].id <= self._sent:
            self._queue.popleft()

    async def _find_end(self) -> None:
        """Where the stream ends, and so from where on the log has to follow. Raises AheadOfLog."""
        await self._unsubscribe()
        self._in_flight.clear()
        self._seq, self._sent = await stream_end(self._broker, self._stream)
        if self._sent > self._head:
            await self._check_log_holds(self._sent)
        inbox = self._broker.client.new_inbox()
        self._subscription = await self._broker.client.hear(inbox, self._on_ack)
        self._lost, self._behind = False, True
        self._settle(self._sent)
        figures.relay_restarts.inc()

    async def _check_log_holds(self, last_id: int) -> None:
        """Another owner may have written and published what we don't know of; the log decides. Raises AheadOfLog."""
        if not await self._read_log(last_id - 1, 1):
            raise AheadOfLog(
                f"The stream {self._stream} is ahead of its log ({last_id} > {self._head}), as after a restore of the"
                " database: restore the log to a later moment; or, if that is lost, delete the stream, have it declared"
                " again (`shopbell migrate`), and rebuild the read tables (docs/how-to/restore.md)."
            )
        self._head = last_id

    async def _publish(self, notifications: Sequence[Notification]) -> None:
        assert self._subscription is not None
        messages: list[Outgoing] = []
        for notification in notifications:
            messages.append(outgoing(self._log_name, self._partition, notification, self._seq))
            self._seq += 1
        last_id = notifications[-1].id
        self._sent = last_id
        self._in_flight.append(_Chunk(last_id, self._seq, time.monotonic()))
        self._backlog.set(max(0, self._head - self._acknowledged))
        *most, last = messages
        for message in most:
            await self._broker.client.send(message.subject, message.payload, message.headers)
        await self._broker.client.send(last.subject, last.payload, last.headers, reply=self._subscription.subject)
        failpoints.hit("after_publish")

    def _on_ack(self, message: Message) -> None:
        if self._lost or not self._in_flight:
            return
        if message.status:  # nobody responds: the stream is not there at this moment
            self.resume()
            return
        ack, chunk = _ack_decoder.decode(message.data), self._in_flight.popleft()
        if ack.error is not None or ack.seq != chunk.last_seq:
            log.info("Stream refused, going on from the log", partition=self._partition)
            self.resume()
            return
        self._settle(chunk.last_id)
        self._work.set()

    def _settle(self, last_id: int) -> None:
        self._acknowledged = last_id
        self._settled.set()
        self._backlog.set(max(0, self._head - last_id))
        self._bell.ring(last_id)

    async def _unsubscribe(self) -> None:
        subscription, self._subscription = self._subscription, None
        if subscription is not None and not self._broker.client.is_closed:
            await subscription.unsubscribe()
