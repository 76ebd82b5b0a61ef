"""Real processes are killed, paused and ended under load, and all books are compared. `make faults` does it all."""

from __future__ import annotations

import asyncio
import itertools
import time
from functools import partial
from itertools import cycle, islice

import nats
import psycopg
import pytest

from contracts import subjects
from services.common.broker import connect
from services.common.failpoints import NAMES
from tests.faults.cluster import ELECTION_SECONDS, NatsCluster
from tests.faults.installation import Installation
from tests.faults.results import Results
from tests.faults.run import Run, running, shops_of, silences
from tests.faults.services import Service
from tests.support.processes import NatsServer, Server
from tests.support.waiting import eventually, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(900)]

TARGETS = ("gateway", "worker", "nats", "postgres")
DEEDS = ("kill", "pause", "end")
OUTAGE_SECONDS = 90.0
TAKEOVER_SECONDS = 5.0
CAUGHT_UP_SECONDS = 90.0
WORKERS = ("worker-1", "worker-2")
STANDSTILLS = ("before_commit", "after_commit", "after_answer")
LOST = ("Partition has another owner", "Partition lost")
"""What a worker logs when the log refused it by the epoch, and when a heartbeat showed it another one first."""
PLACES = (
    ("before_commit", "worker-1", 200),
    ("after_commit", "worker-2", 200),
    ("after_answer", "worker-1", 200),
    ("after_publish", "worker-2", 200),
    ("after_rows", "projections", 20),
)
"""Failpoint, process, and the passage at which it dies at the latest."""
ELSEWHERE = {"before_keys_are_gone", "after_keys_are_gone", "after_mail", "after_push", "after_delivery"}
"""Failpoints that no chat passes: the tests of erasing and of the notifier die there."""


def pick(run: Run, target: str) -> Service | Server:
    """One of the processes of a kind, by chance."""
    if target == "nats":
        assert isinstance(run.installation.broker, NatsServer)
        return run.installation.broker
    if target == "postgres":
        return run.installation.postgres
    return run.installation.services[f"{target}-{run.chance.choice((1, 2))}"]


def do(run: Run, deed: str, target: str) -> None:
    """One fault, and a time to breathe."""
    getattr(run, deed)(pick(run, target))
    run.breathe()


def owned(installation: Installation, worker: str) -> set[int]:
    """The partitions that a worker owns by the log."""
    found = set()
    with psycopg.connect(installation.settings.dsn_of("log")) as log:
        for partition in range(subjects.PARTITIONS):
            query = f"SELECT owner FROM log_{subjects.CONVERSATIONS}_{partition}.partition_owner"
            row = log.execute(query.encode()).fetchone()
            if row and row[0] == worker:
                found.add(partition)
    return found


def knows_of_loss(service: Service, after: int) -> bool:
    """Whether a worker has logged behind this place that partitions are no more its own."""
    return any(words in service.log[after:] for words in LOST)


def test_load_without_faults_leaves_sound_books(
    installation: Installation, seed: int, results: Results, full: bool
) -> None:
    with running(installation, "calm", seed) as run:
        time.sleep(10 if full else 3)
        outcome = run.finish()
    results.add("no fault", outcome)
    outcome.assert_sound()
    assert len(installation.partitions) >= 4
    assert len(installation.shops) >= 20


@pytest.mark.usefixtures("short_version")
def test_every_process_survives_every_fault_once(installation: Installation, seed: int, results: Results) -> None:
    with running(installation, "mixed", seed) as run:
        for target, deed in itertools.product(TARGETS, DEEDS):
            do(run, deed, target)
        outcome = run.finish()
    results.add("each process: kill -9, pause, end", outcome)
    outcome.assert_sound()


@pytest.mark.usefixtures("long_version")
@pytest.mark.parametrize("target", TARGETS)
def test_faults_of_one_process_lose_nothing(
    installation: Installation, seed: int, results: Results, times: int, target: str
) -> None:
    with running(installation, target, seed) as run:
        deeds = list(DEEDS * times)
        run.chance.shuffle(deeds)
        for deed in deeds:
            do(run, deed, target)
        outcome = run.finish()
    results.add(f"{target}: {times} times each of kill -9, SIGSTOP + SIGCONT, SIGTERM", outcome)
    outcome.assert_sound()


def test_processes_die_between_the_steps_of_their_work(
    installation: Installation, seed: int, results: Results, times: int
) -> None:
    """The workers between commit, answer, publish and position; projections before their commit."""
    with running(installation, "failpoints", seed) as run:
        for name, service, most in PLACES:
            run.die_at(
                installation.services[service],
                [f"{name}:kill:{run.chance.randrange(1, most)}" for _ in range(times)],
            )
            run.breathe()
        outcome = run.finish()
    results.add(f"kill -9 at {', '.join(name for name, _, _ in PLACES)}", outcome)
    outcome.assert_sound()
    assert {name for name, _, _ in PLACES} | ELSEWHERE == set(NAMES)


def test_stopped_owner_is_replaced_and_its_late_write_refused(
    installation: Installation, seed: int, results: Results, times: int
) -> None:
    """It stops with a batch in its hands and goes on after the standby has taken its partitions."""
    stops: list[tuple[float, set[str]]] = []
    with running(installation, "late-writer", seed) as run:
        for worker, place in islice(zip(cycle(WORKERS), cycle(STANDSTILLS), strict=False), times):
            service = installation.services[worker]
            run.stop_at(service, f"{place}:stop:{run.chance.randrange(1, 100)}")
            partitions = owned(installation, worker)
            stops.append((run.moments[-1], shops_of(installation, partitions)))
            time.sleep(TAKEOVER_SECONDS + run.chance.uniform(0.5, 2))
            assert not owned(installation, worker), "the standby has not taken everything"
            before = service.log
            service.resume()
            wait_until(partial(knows_of_loss, service, len(before)), what=f"{worker} knowing that it was replaced")
            run.breathe()
        outcome = run.finish()
        assert run.books is not None
        takeovers = [max(silences(run.books, [moment], shops)) for moment, shops in stops if shops]
    results.add("worker: stopped with a batch in hand, goes on after the takeover", outcome)
    outcome.assert_sound()
    assert takeovers, "no stopped worker owned anything"
    assert max(takeovers) <= TAKEOVER_SECONDS


@pytest.mark.usefixtures("long_version")
def test_long_absence_of_the_broker_puts_nobody_away(installation: Installation, seed: int, results: Results) -> None:
    with running(installation, "outage", seed) as run:
        broker = installation.broker
        run.note("the broker goes")
        broker.stop()
        time.sleep(OUTAGE_SECONDS)
        broker.start()
        run.breathe()
        time.sleep(15)
        outcome = run.finish()
    results.add(f"nats: away for {OUTAGE_SECONDS:.0f} s", outcome)
    outcome.assert_sound()


def test_cluster_loses_its_leader(clustered: Installation, seed: int, results: Results, times: int) -> None:
    with running(clustered, "cluster", seed) as run:
        for _ in range(times):
            shop = run.chance.choice(clustered.shops)
            assert isinstance(clustered.broker, NatsCluster)
            run.kill(clustered.broker.nodes[asyncio.run(leader(clustered, shop))])
            asyncio.run(whole(clustered))
            run.breathe()
        outcome = run.finish()
    results.add("nats cluster: kill -9 of a leader", outcome)
    outcome.assert_sound()


async def leader(installation: Installation, shop: str) -> str:
    """The node that leads the event stream of a shop, once it has a leader."""
    broker = await connect(installation.broker.url, "faults")
    stream = subjects.event_stream(subjects.CONVERSATIONS, subjects.partition_of(shop))

    async def found() -> str:
        try:
            info = await broker.js.stream_info(stream)
        except (nats.errors.Error, TimeoutError):
            return ""
        return (info.cluster.leader or "") if info.cluster else ""

    try:
        return await eventually(found, ELECTION_SECONDS, what="the stream having a leader")
    finally:
        await broker.close()


async def whole(installation: Installation) -> None:
    """Wait until every node has caught up in every stream: two nodes away at once are another story."""
    broker = await connect(installation.broker.url, "faults")

    async def caught_up() -> bool:
        try:
            streams = await broker.js.streams_info()
        except (nats.errors.Error, TimeoutError):
            return False
        replicas = [(one.cluster.replicas if one.cluster else None) or [] for one in streams]
        return all(len(some) == 2 and all(replica.current for replica in some) for some in replicas)

    try:
        await eventually(caught_up, CAUGHT_UP_SECONDS, what="all nodes having caught up")
    finally:
        await broker.close()
