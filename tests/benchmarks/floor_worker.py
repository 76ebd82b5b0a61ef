"""The floor's worker: what is left of a conversations worker once the product is taken away.

Commands come by raw pull, are committed as a group through the recorder of the `eventsourcing`
library (database functions on, fsync on), and leave as events of a JetStream stream, many in
flight. While one group commits the next one gathers; nothing ever waits to fill a group.

With `--bare` the acknowledgements of the publishes are counted by hand instead of by nats-py.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import msgspec
import nats
import uvloop
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from nats.aio.client import Client
from nats.aio.msg import Msg

COMMANDS, EVENTS = "FLOOR-COMMANDS", "FLOOR-EVENTS"
CONSUMER = "floor"
MOST_IN_A_GROUP = 256
CREDIT = 1024
MOST_UNACKNOWLEDGED = 4096


class Say(msgspec.Struct):
    """The floor's command, and as it stands the payload of its event."""

    id: int
    conversation: str
    text: str


def recorder_of(postgres_socket: str) -> PostgresApplicationRecorder:
    """The library's application recorder with its own database function, one connection."""
    datastore = PostgresDatastore(
        dbname="postgres",
        host=postgres_socket,
        port=5432,
        user="postgres",
        password="",
        enable_db_functions=True,
        schema="floor",
    )
    with datastore.transaction(commit=True) as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS floor")
    recorder = PostgresApplicationRecorder(datastore, events_table_name="stored_events")
    recorder.create_table()
    return recorder


class Publisher:
    """Publishes into a stream, many in flight, the acknowledgements awaited by nats-py."""

    def __init__(self, client: Client) -> None:
        self._stream = client.jetstream(publish_async_max_pending=MOST_UNACKNOWLEDGED)

    async def open(self) -> None:
        """Nothing to set up: nats-py does it with the first publish."""

    async def publish(self, subject: str, payload: bytes) -> None:
        """Hand one message over; waits only while too many are unacknowledged."""
        await self._stream.publish_async(subject, payload)


class BarePublisher(Publisher):
    """The same with one inbox for all acknowledgements, which are only counted."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._inbox = client.new_inbox()
        self._unacknowledged = 0
        self._acknowledged = asyncio.Event()

    async def open(self) -> None:
        """Subscribe to the acknowledgements."""
        await self._client.subscribe(self._inbox, cb=self._on_acknowledged)

    async def publish(self, subject: str, payload: bytes) -> None:
        """Hand one message over; waits only while too many are unacknowledged."""
        while self._unacknowledged >= MOST_UNACKNOWLEDGED:
            self._acknowledged.clear()
            await self._acknowledged.wait()
        self._unacknowledged += 1
        await self._client.publish(subject, payload, reply=self._inbox)

    async def _on_acknowledged(self, message: Msg) -> None:
        self._unacknowledged -= 1
        self._acknowledged.set()


class Worker:
    """Gathers commands, commits them by groups and publishes their events."""

    def __init__(self, client: Client, recorder: PostgresApplicationRecorder, publisher: Publisher) -> None:
        self._client = client
        self._publisher = publisher
        self._recorder = recorder
        self._versions: defaultdict[str, int] = defaultdict(int)
        self._waiting: list[bytes] = []
        self._arrived = asyncio.Event()
        self._credit = 0
        self._thread = ThreadPoolExecutor(1)
        self._inbox = client.new_inbox()

    async def run(self) -> None:
        """Work until cancelled."""
        await self._client.subscribe(self._inbox, cb=self._on_command)
        await self._publisher.open()
        await self._pull()
        print("ready", flush=True)
        while True:
            await self._arrived.wait()
            await self._one_group()

    async def _pull(self) -> None:
        self._credit += CREDIT
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{COMMANDS}.{CONSUMER}"
        await self._client.publish(subject, b'{"batch":%d}' % CREDIT, reply=self._inbox)

    async def _on_command(self, message: Msg) -> None:
        self._waiting.append(message.data)
        self._arrived.set()
        self._credit -= 1
        if self._credit < CREDIT // 2:
            await self._pull()

    async def _one_group(self) -> None:
        group = self._waiting[:MOST_IN_A_GROUP]
        del self._waiting[:MOST_IN_A_GROUP]
        if not self._waiting:
            self._arrived.clear()
        commands = [msgspec.json.decode(state, type=Say) for state in group]
        events = [self._event(c, state) for c, state in zip(commands, group, strict=True)]
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._recorder.insert_events, events)
        for command, state in zip(commands, group, strict=True):
            await self._publisher.publish(f"floor.evt.{command.conversation}.said", state)

    def _event(self, command: Say, state: bytes) -> StoredEvent:
        self._versions[command.conversation] += 1
        version = self._versions[command.conversation]
        return StoredEvent(UUID(command.conversation), version, "floor.message_said.v1", state)


async def _main(nats_url: str, postgres_socket: str, *, bare: bool) -> None:
    client = await nats.connect(nats_url)
    publisher = BarePublisher(client) if bare else Publisher(client)
    await Worker(client, recorder_of(postgres_socket), publisher).run()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("nats_url")
    arguments.add_argument("postgres_socket")
    arguments.add_argument("--bare", action="store_true")
    given = arguments.parse_args()
    uvloop.run(_main(given.nats_url, given.postgres_socket, bare=given.bare))
