"""The relay against a real broker: whatever happens to a publish, the stream becomes what the log is."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from eventsourcing.persistence import Notification

from contracts import subjects
from contracts.conversations.events import MessageSaid
from services.common.eventlog import relay as relaying
from services.common.eventlog import wire
from services.common.eventlog.faults import AheadOfLog, StreamEmptied, Unserviceable
from services.common.eventlog.relay import Relay
from services.common.eventlog.wire import outgoing
from services.common.settings import Settings
from tests.contracts.samples import full_payload
from tests.integration.conversations.harness import Client, worker
from tests.support.waiting import eventually

PARTITION = 5
STREAM = subjects.event_stream(subjects.CONVERSATIONS, PARTITION)
STATE = msgspec.json.encode(full_payload(MessageSaid))


class Log:
    """A log in memory, with holes in its ids as refused inserts leave them."""

    def __init__(self) -> None:
        self.rows: list[Notification] = []

    def commit(self, count: int) -> list[Notification]:
        first = self.rows[-1].id + 2 if self.rows else 1
        new = [
            Notification(uuid4(), 1, "conversation.message_said.v1", STATE, number)
            for number in range(first, first + count)
        ]
        self.rows += new
        return new

    async def read(self, after: int, most: int) -> Sequence[Notification]:
        return [row for row in self.rows if row.id > after][:most]


@asynccontextmanager
async def running(relay: Relay, head: int) -> AsyncIterator[None]:
    relay.begin(head)
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def stream_ids(client: Client) -> list[int]:
    info = await client.broker.js.stream_info(STREAM)
    messages = [await client.broker.js.get_msg(STREAM, seq=seq) for seq in range(1, info.state.last_seq + 1)]
    return [int((message.headers or {})["ce-id"].rpartition("-")[2]) for message in messages]


async def follows(client: Client, log: Log) -> None:
    async def same() -> bool:
        return await stream_ids(client) == [row.id for row in log.rows]

    await eventually(same, what="a stream like its log")


async def test_a_lost_publish_leaves_no_hole_and_no_double(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log()
    dropped: list[str] = []
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    publish = client.broker.client.send

    async def lossy(subject: str, *rest: Any, **more: Any) -> None:
        if subject.startswith("evt.") and len(dropped) < 3 and len(log.rows) > 40:
            dropped.append(subject)
            return
        await publish(subject, *rest, **more)

    monkeypatch.setattr(client.broker.client, "send", lossy)
    async with running(relay, 0):
        for _ in range(20):
            relay.offer(log.commit(5))
            await asyncio.sleep(0.005)
        await follows(client, log)
        assert await relay.flushed(2)
    assert len(dropped) == 3


async def test_a_lost_last_message_is_noticed_by_the_missing_acknowledgement(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "ACK_SECONDS", 0.2)
    log = Log()
    dropped: list[str] = []
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    publish = client.broker.client.send

    async def lossy(subject: str, *rest: Any, **more: Any) -> None:
        if more.get("reply") and subject.startswith("evt.") and not dropped:
            dropped.append(subject)
            return
        await publish(subject, *rest, **more)

    monkeypatch.setattr(client.broker.client, "send", lossy)
    async with running(relay, 0):
        relay.offer(log.commit(3))

        async def flushed() -> bool:
            relay.check()
            return relay.idle

        await eventually(flushed)
        assert await stream_ids(client) == [row.id for row in log.rows]


async def test_a_late_writer_is_refused_and_the_owner_goes_on(client: Client) -> None:
    log = Log()
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    async with running(relay, 0):
        relay.offer(log.commit(3))
        assert await relay.flushed(3)
        first = log.commit(1)[0]
        message = outgoing(
            subjects.CONVERSATIONS, PARTITION, first, 3
        )  # the successor's publish of the very same event
        await client.broker.js.publish(message.subject, message.payload, headers=message.headers)
        relay.offer([first])
        relay.offer(log.commit(4))
        await follows(client, log)


async def test_more_than_fits_in_memory_is_read_from_the_log(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaying, "MOST_HELD", 10)
    log = Log()
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    async with running(relay, 0):
        for _ in range(60):
            relay.offer(log.commit(7))
            if len(log.rows) % 70 == 0:
                await asyncio.sleep(0)
        await follows(client, log)


async def test_a_new_owner_goes_on_where_the_stream_ends(client: Client) -> None:
    log = Log()
    for head in (0, 10):
        relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
        async with running(relay, head and log.rows[-1].id):
            relay.offer(log.commit(10))
            assert await relay.flushed(3)
    log.commit(300)
    async with running(Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read), log.rows[-1].id):
        await follows(client, log)


async def test_a_stream_ahead_of_its_log_stops_the_worker(client: Client, streams: Settings) -> None:
    ahead = outgoing(
        subjects.CONVERSATIONS, PARTITION, Notification(uuid4(), 1, "conversation.message_said.v1", STATE, 77), 0
    )
    await client.broker.js.publish(ahead.subject, ahead.payload, headers=ahead.headers)
    with pytest.raises(AheadOfLog, match=r"is ahead of its log \(77 > 0\)"):
        async with worker(streams) as running_worker:
            await asyncio.wait([running_worker], timeout=10)
    assert issubclass(AheadOfLog, Unserviceable)


async def test_an_emptied_stream_stops_the_relay(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LOOK_AGAIN_SECONDS", 0.05)
    log = Log()
    await client.broker.js.publish(f"evt.conversations.{PARTITION}.a.desk.b.c", STATE)
    await client.broker.js.purge_stream(STREAM)
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    relay.begin(0)
    with pytest.raises(StreamEmptied, match="has lost its last message"):
        await asyncio.wait_for(relay.run(), 5)


async def test_what_the_log_shows_before_it_is_offered_is_published_once(client: Client) -> None:
    log = Log()
    relay = Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read)
    async with running(relay, 0):
        committed = log.commit(30)
        relay.look(committed[-1].id)
        await follows(client, log)
        relay.offer(committed)
        relay.offer(log.commit(1))
        await follows(client, log)


async def test_a_former_owner_whose_successor_has_published_does_not_take_the_stream_for_ahead(client: Client) -> None:
    log = Log()
    former, successor = (Relay(client.broker, subjects.CONVERSATIONS, PARTITION, log.read) for _ in range(2))
    async with running(former, 0):
        async with running(successor, 0):
            successor.offer(log.commit(5))
            await follows(client, log)
        former.resume()
        former.offer(log.commit(1))
        await follows(client, log)
