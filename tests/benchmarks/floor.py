"""The floor: the product's path without the product, measured on this machine.

client process -> command (JetStream publish, file stream) -> worker process: raw pull, group
commit in PostgreSQL through the library's recorder, fsync on -> event (JetStream publish, many in
flight) -> core subscriber in the client. 500 conversations, 512 messages in flight; no sockets,
no domain, no encryption, no answers. The bench reports ratios to this, so it stays as it is.

Two variants stand beside it: `bare`, where commands are published without acknowledgement and
those of the events are counted by hand (what is left when nats-py's own work is avoided too), and
`naive`, one `save()` and one awaited publish a message.

    python -m tests.benchmarks.floor [--runs 3] [--seconds 5] [--bare] [--naive]
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

import msgspec
import nats
import nats.js.errors
import uvloop
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, StreamConfig

from tests.benchmarks import machine
from tests.benchmarks.figures import latency, medians
from tests.benchmarks.floor_worker import COMMANDS, CONSUMER, EVENTS, Publisher, Say
from tests.benchmarks.servers import Servers, servers

CONVERSATIONS = 500
IN_FLIGHT = 512
WARM_UP_S = 1.0
RATES_PER_S = (200, 1000)
TEXT = "Do you have this lamp in the smaller size, and when could it be here?"


class Load:
    """The client: sends commands, hears their events, and notes how long each took."""

    def __init__(self, client: Client, *, bare: bool = False) -> None:
        self._client = client
        self._bare = bare
        self._publisher = Publisher(client)
        self._conversations = itertools.cycle([str(uuid4()) for _ in range(CONVERSATIONS)])
        self._ids = itertools.count()
        self._sent: dict[int, float] = {}
        self._closed_loop = False
        self.times: list[float] = []

    async def listen(self) -> None:
        """Subscribe to the events of all conversations."""
        await self._client.subscribe("floor.evt.>", cb=self._on_event, pending_msgs_limit=-1)
        await self._client.flush()

    async def closed_loop(self, seconds: float) -> float:
        """Events heard a second while `IN_FLIGHT` commands are always under way."""
        self._closed_loop = True
        for _ in range(IN_FLIGHT):
            await self._send()
        await asyncio.sleep(WARM_UP_S)
        self.times.clear()
        started = time.perf_counter()
        await asyncio.sleep(seconds)
        rate = len(self.times) / (time.perf_counter() - started)
        self._closed_loop = False
        await self._drain()
        return rate

    async def open_loop(self, rate: int, seconds: float) -> dict[str, float]:
        """Latencies at `rate` commands a second that wait for nothing."""
        self.times.clear()
        started = time.perf_counter()
        for number in range(int(rate * seconds)):
            due = started + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            await self._send()
        await self._drain()
        return latency(self.times)

    async def _send(self) -> None:
        command = Say(next(self._ids), next(self._conversations), TEXT)
        self._sent[command.id] = time.perf_counter()
        subject = f"floor.cmd.{command.conversation}.say"
        if self._bare:
            await self._client.publish(subject, msgspec.json.encode(command))
        else:
            await self._publisher.publish(subject, msgspec.json.encode(command))

    async def _on_event(self, message: Msg) -> None:
        event = msgspec.json.decode(message.data, type=Say)
        self.times.append(time.perf_counter() - self._sent.pop(event.id))
        if self._closed_loop:
            await self._send()

    async def _drain(self) -> None:
        deadline = time.perf_counter() + 30
        while self._sent:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{len(self._sent)} messages of the floor never came back")
            await asyncio.sleep(0.01)


@contextmanager
def _worker(ours: Servers, module: str, *options: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, ours.nats_url, ours.postgres_socket, *options],
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        if process.stdout.readline().strip() != b"ready":
            raise RuntimeError(f"{module} did not start")
        yield
    finally:
        process.terminate()
        process.wait()


@asynccontextmanager
async def _fresh_streams(nats_url: str, *, bare: bool = False) -> AsyncIterator[Client]:
    client = await nats.connect(nats_url)
    stream = client.jetstream()
    await stream.add_stream(StreamConfig(COMMANDS, subjects=["floor.cmd.>"], no_ack=bare))
    await stream.add_stream(StreamConfig(EVENTS, subjects=["floor.evt.>"]))
    only_new = ConsumerConfig(durable_name=CONSUMER, ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL)
    await stream.add_consumer(COMMANDS, only_new)
    try:
        yield client
    finally:
        await stream.delete_stream(COMMANDS)
        await stream.delete_stream(EVENTS)
        await client.close()


async def one_run(ours: Servers, seconds: float) -> dict[str, float]:
    """The floor once: saturated msg/s, then p50 and p99 at each open-loop rate."""
    async with _fresh_streams(ours.nats_url) as client:
        with _worker(ours, "tests.benchmarks.floor_worker"):
            load = Load(client)
            await load.listen()
            figures = {"saturated_per_s": await load.closed_loop(seconds)}
            for rate in RATES_PER_S:
                found = await load.open_loop(rate, seconds)
                figures |= {f"at_{rate}_{name}": found[name] for name in ("p50_ms", "p99_ms")}
            return figures


async def bare_run(ours: Servers, seconds: float) -> dict[str, float]:
    """The floor without nats-py's acknowledgements once: saturated msg/s."""
    async with _fresh_streams(ours.nats_url, bare=True) as client:
        with _worker(ours, "tests.benchmarks.floor_worker", "--bare"):
            load = Load(client, bare=True)
            await load.listen()
            return {"bare_per_s": await load.closed_loop(seconds)}


async def naive_run(ours: Servers, seconds: float) -> dict[str, float]:
    """The naive way once: saturated msg/s."""
    async with _fresh_streams(ours.nats_url) as client:
        with _worker(ours, "tests.benchmarks.naive_worker"):
            load = Load(client)
            await load.listen()
            return {"naive_per_s": await load.closed_loop(seconds)}


def measure(runs: int, seconds: float, *, bare: bool, naive: bool) -> dict[str, object]:
    """Medians of `runs` floors on servers of their own, with the machine's own figures."""
    variants = [one_run] + [bare_run] * bare + [naive_run] * naive
    with servers() as ours:
        own = machine.measure(ours.folder)
        found: list[dict[str, float]] = []
        for _ in range(runs):
            found.append({})
            for variant in variants:
                found[-1] |= uvloop.run(variant(ours, seconds))
    return {"machine": own, "floor": medians(found), "runs": found}


def readable(report: dict[str, object]) -> str:
    """The report in one line."""
    parts = report["machine"], report["floor"]
    figures = [f"{k} {v:g}" for part in parts if isinstance(part, dict) for k, v in part.items()]
    return "floor: " + ", ".join(figures)


def main() -> None:
    """Measure and print one JSON object and one readable line."""
    parser = argparse.ArgumentParser(description="Measure the floor of this machine.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--bare", action="store_true", help="measure the bare variant too")
    parser.add_argument("--naive", action="store_true", help="measure the naive way too")
    given = parser.parse_args()
    report = measure(given.runs, given.seconds, bare=given.bare, naive=given.naive)
    print(json.dumps(report))
    print(readable(report))


if __name__ == "__main__":
    main()
