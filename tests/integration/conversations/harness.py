"""Workers to test, and a client that speaks to them as a gateway does."""

import asyncio
import itertools
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

import msgspec
import psycopg
from nats.aio.msg import Msg

from contracts import subjects
from contracts.answers import Answer, Stored, answers_decoder
from contracts.conversations import commands as c
from contracts.conversations.settings import ShopSettings
from contracts.ids import conversation_id
from contracts.logs import AnyEvent, log_of
from contracts.registry import decode
from services.common.broker import Broker, connect
from services.common.eventlog.wire import stream_end
from services.common.settings import ConversationsSettings, Settings
from services.conversations.main import work
from tests.support.waiting import eventually

ANSWER_SECONDS = 8.0
C = TypeVar("C", bound=c.Command)


@asynccontextmanager
async def worker(settings: Settings, name: str = "") -> AsyncIterator[asyncio.Task[None]]:
    """A worker in this process."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(of_worker(settings, name), stop))
    try:
        yield task
    finally:
        stop.set()
        await task


def of_worker(settings: Settings, name: str = "") -> ConversationsSettings:
    return ConversationsSettings(**{**settings.model_dump(), "worker_id": name})


class Process:
    """A worker in a process of its own, that can be killed, paused and stopped."""

    def __init__(self, settings: Settings, folder: Path, name: str, failpoints: str = "") -> None:
        self._log = folder / f"{name}.log"
        environment = {
            "SHOPBELL_NATS_URL": settings.nats_url,
            "SHOPBELL_LOG_DSN": settings.log_dsn,
            "SHOPBELL_READ_DSN": settings.read_dsn,
            "SHOPBELL_KEYS_DSN": settings.keys_dsn,
            "SHOPBELL_WORKER_ID": name,
            "SHOPBELL_FAILPOINTS": failpoints,
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "serve", "conversations"],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    async def died(self) -> int:
        """The exit code, waited for without blocking."""
        return await asyncio.to_thread(self._process.wait, 15.0)

    def said(self) -> str:
        return self._log.read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
        self._process.wait()


class Client:
    """Sends commands and waits for their answers, as a gateway does."""

    def __init__(self, broker: Broker, settings: Settings) -> None:
        self.broker, self.settings = broker, settings
        self.name = f"test-{secrets.token_hex(4)}"
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answer]] = {}

    async def listen(self) -> None:
        async def heard(message: Msg) -> None:
            for answer in answers_decoder.decode(message.data):
                future = self._waiting.pop(answer.n, None)
                if future is not None and not future.done():
                    future.set_result(answer)

        await self.broker.client.subscribe(subjects.answers(self.name), cb=heard)
        await self.broker.client.flush()

    async def publish(self, command: c.Command) -> asyncio.Future[Answer]:
        """Send a command; the future is its answer."""
        number = next(self._numbers)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        ready = msgspec.structs.replace(command, gateway=self.name, n=number)
        subject = subjects.command(log_of(command), command.shop, c.kind_of(command))
        await self.broker.client.publish(subject, msgspec.json.encode(ready))
        return future

    async def send(self, command: c.Command, seconds: float = ANSWER_SECONDS) -> Answer:
        """Send a command once and wait for its answer."""
        return await asyncio.wait_for(await self.publish(command), seconds)

    async def insist(self, command: c.Command, seconds: float = 20.0, each: float = 1.0) -> Answer:
        """Send a command again and again under its id until it is answered, as browsers do."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    answer = await self.send(command, each)
                except TimeoutError:
                    continue
                if getattr(answer, "code", "") != "unavailable":
                    return answer

    async def shop(self, **settings: Any) -> "Shop":
        """A shop with one operator online."""
        shop = Shop(f"shop-{secrets.token_hex(4)}", self)
        wanted = ShopSettings(**{"limit": 50, "channels_per_operator": 50, **settings})
        create = c.CreateShop(id="create-shop", shop=shop.name, sender_kind="system", sender="test", settings=wanted)
        assert isinstance(await self.insist(create), Stored)
        assert isinstance(await self.insist(shop.by_operator(c.GoOnline)), Stored)
        return shop


class Shop:
    """A shop, and the commands of its people."""

    def __init__(self, name: str, client: Client) -> None:
        self.name, self._client = name, client
        self.partition = subjects.partition_of(name)

    def by_operator(self, kind: type[C], **fields: Any) -> C:
        return kind(
            **{
                "id": f"op-{secrets.token_hex(6)}",
                "shop": self.name,
                "sender_kind": "operator",
                "sender": "o_1",
                **fields,
            }
        )

    def start(self) -> c.StartConversation:
        """A visitor's, who never was here before."""
        visitor = f"g_{secrets.token_hex(8)}"
        start = f"start-{secrets.token_hex(4)}"
        return c.StartConversation(
            id=start,
            shop=self.name,
            sender_kind="visitor",
            sender=visitor,
            conversation=conversation_id(self.name, visitor, start),
            visitor=visitor,
            origin=f"origin-{visitor}",
        )

    async def conversation(self) -> "Conversation":
        """A visitor's, just started."""
        command = self.start()
        assert isinstance(await self._client.insist(command), Stored)
        return Conversation(self, command.conversation, command.visitor, self._client)

    async def stream_follows_log(self) -> None:
        """Wait until the partition's stream holds exactly what its log does, in order."""
        await eventually(self._stream_is_log, what="a stream like its log")

    async def _stream_is_log(self) -> bool:
        broker, stream = self._client.broker, subjects.event_stream(subjects.CONVERSATIONS, self.partition)
        rows = log_rows(self._client.settings, self.partition)
        last, head = await stream_end(broker, stream)
        if (last, head) != (len(rows), rows[-1][0] if rows else 0):
            return False
        for seq, (number, state) in enumerate(rows, 1):
            message = await broker.js.get_msg(stream, seq=seq)
            assert message.headers is not None
            assert message.headers["ce-id"] == f"{subjects.CONVERSATIONS}-{self.partition}-{number}"
            assert message.data == state
        return True


class Conversation:
    """A conversation, and what is said in it."""

    def __init__(self, shop: Shop, identity: UUID, visitor: str, client: Client) -> None:
        self.shop, self.id, self.visitor, self._client = shop, identity, visitor, client

    def say(self, text: str = "sealed", **fields: Any) -> c.SayMessage:
        return c.SayMessage(
            **{
                "id": f"say-{secrets.token_hex(6)}",
                "shop": self.shop.name,
                "sender_kind": "visitor",
                "sender": self.visitor,
                "conversation": self.id,
                "text": text,
                **fields,
            }
        )

    def events(self) -> list[AnyEvent]:
        """What the log holds of it."""
        with psycopg.connect(self._client.settings.dsn_of("log")) as connection:
            rows = connection.execute(
                f"SELECT topic, state FROM log_conversations_{self.shop.partition}.stored_events"
                " WHERE originator_id = %s ORDER BY originator_version",
                [self.id],
            ).fetchall()
        return [decode(topic, state) for topic, state in rows]


def log_rows(settings: Settings, partition: int) -> list[tuple[int, bytes]]:
    """(notification id, state) of a partition's log, in order."""
    with psycopg.connect(settings.dsn_of("log")) as connection:
        found = connection.execute(
            f"SELECT notification_id, state FROM log_conversations_{partition}.stored_events ORDER BY notification_id"
        )
        return found.fetchall()


@asynccontextmanager
async def client(settings: Settings) -> AsyncIterator[Client]:
    broker = await connect(settings.nats_url, "test")
    try:
        found = Client(broker, settings)
        await found.listen()
        yield found
    finally:
        await broker.close()
