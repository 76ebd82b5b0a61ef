"""History is kept up with the log: by real processes, on real servers, whatever happens to them."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from contracts import subjects
from services.common.broker import connect
from services.common.following import Step
from services.common.log_pages import CannotRead
from services.common.positions import PositionMoved
from services.common.settings import ProjectionsSettings, Settings
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.seed_log import seed_log
from tests.support.told import Told, append, append_raw, erase_key
from tests.support.waiting import eventually, wait_until


@pytest.fixture
async def projection(settings: Settings) -> AsyncIterator[HistoryProjection]:
    async with pools(ProjectionsSettings(**settings.model_dump())) as (log_pool, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        yield HistoryProjection(log_pool, read_pool, keys, page=50)


def read(settings: Settings, query: str, *parameters: object) -> list[Any]:
    with psycopg.connect(settings.dsn_of("read")) as connection:
        return connection.execute(query.encode(), parameters).fetchall()


def tables(settings: Settings) -> tuple[list[Any], list[Any]]:
    """All rows of both, in order."""
    return (
        read(settings, "SELECT * FROM rm_conversation ORDER BY id"),
        read(settings, "SELECT * FROM rm_message ORDER BY conversation, seq"),
    )


async def catch_up(projection: HistoryProjection) -> None:
    for partition in range(subjects.PARTITIONS):
        while await projection.advance(partition) is not Step.CAUGHT_UP:
            pass


@contextmanager
def runner(settings: Settings, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of `shopbell serve projections`; killed at the end if it is still there."""
    master_key = settings.master_key.get_secret_value() if settings.master_key else ""
    ours = {name: str(getattr(settings, name)) for name in ("nats_url", "log_dsn", "read_dsn", "keys_dsn", "home")}
    variables = {f"SHOPBELL_{name.upper()}": value for name, value in ours.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "services.cli", "serve", "projections"],
        env={**os.environ, **variables, "SHOPBELL_MASTER_KEY": master_key, **environment},
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def counts(settings: Settings) -> Callable[[], tuple[int, int]]:
    def now() -> tuple[int, int]:
        found = read(settings, "SELECT count(*), coalesce(sum(message_count), 0) FROM rm_conversation")
        return int(found[0][0]), int(found[0][1])

    return now


async def test_pages_of_all_partitions_arrive_whole(settings: Settings, projection: HistoryProjection) -> None:
    seeded = seed_log(settings, events=2_000, shops=12)
    await catch_up(projection)
    conversations, messages = tables(settings)
    assert {row[0] for row in conversations} == set(seeded.conversations)
    by_conversation: dict[object, list[int]] = {}
    for row in messages:
        by_conversation.setdefault(row[0], []).append(row[1])
    assert all(seqs == list(range(1, len(seqs) + 1)) for seqs in by_conversation.values())
    reached = dict(read(settings, "SELECT id, seq FROM rm_conversation"))
    assert reached == {of: len(seqs) for of, seqs in by_conversation.items()}


async def test_replaying_from_the_beginning_changes_nothing(settings: Settings, projection: HistoryProjection) -> None:
    seed_log(settings, events=600, shops=4)
    append(settings, Told().started().archived().deleted(), Told().started().visitor_says("Stay"))
    await catch_up(projection)
    before = tables(settings)
    with psycopg.connect(settings.dsn_of("read")) as connection:
        connection.execute("UPDATE projection_position SET notification_id = 0")
    await catch_up(projection)
    assert tables(settings) == before


async def test_holes_in_the_ids_lose_nothing(settings: Settings, projection: HistoryProjection) -> None:
    told = Told().started()
    append(settings, told)
    await catch_up(projection)
    with psycopg.connect(settings.dsn_of("log")) as log:
        schema = f"log_conversations_{subjects.partition_of('demo')}"
        log.execute(f"SELECT setval('{schema}.stored_events_notification_id_seq', 5000)".encode())
    append(settings, told.visitor_says("After the hole"))
    await catch_up(projection)
    assert read(settings, "SELECT last_message FROM rm_conversation") == [("After the hole",)]


async def test_conversation_of_an_erased_person_goes_with_its_next_event(
    settings: Settings, projection: HistoryProjection
) -> None:
    told = Told().started()
    append(settings, told)
    erase_key(settings, told)
    await catch_up(projection)
    assert tables(settings) == ([], [])


async def test_two_runners_at_one_partition_apply_each_event_once(
    settings: Settings, projection: HistoryProjection
) -> None:
    told = Told().started()
    for number in range(400):
        told.visitor_says(f"Message {number}")
    append(settings, told)
    partition = subjects.partition_of("demo")

    async def run() -> None:
        step = Step.BUSY
        while step is not Step.CAUGHT_UP:
            step = await projection.advance(partition)

    await asyncio.gather(run(), run(), run())
    assert read(settings, "SELECT message_count, seq FROM rm_conversation") == [(400, 402)]
    assert read(settings, "SELECT count(*), max(seq) FROM rm_message") == [(402, 402)]


async def test_position_that_moved_under_a_runner_undoes_its_page(
    settings: Settings, projection: HistoryProjection
) -> None:
    append(settings, Told().started())
    partition = subjects.partition_of("demo")
    with psycopg.connect(settings.dsn_of("read"), autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION overtaken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
            "CREATE TRIGGER overtaken BEFORE UPDATE ON projection_position FOR EACH ROW EXECUTE FUNCTION overtaken()"
        )
        with pytest.raises(PositionMoved):
            await projection.advance(partition)
        assert tables(settings) == ([], [])
        connection.execute("DROP TRIGGER overtaken ON projection_position")
    await catch_up(projection)
    assert len(tables(settings)[0]) == 1


async def test_event_of_a_newer_release_stops_after_what_can_be_read(
    settings: Settings, projection: HistoryProjection
) -> None:
    append(settings, Told().started())
    append_raw(settings, "demo", "conversation.started.v9", b"{}")
    partition = subjects.partition_of("demo")
    await projection.advance(partition)
    with pytest.raises(CannotRead, match=r"conversation\.started\.v9"):
        await projection.advance(partition)
    assert len(tables(settings)[0]) == 1


async def test_bell_wakes_a_runner(streams: Settings) -> None:
    with runner(streams):
        await eventually(lambda: read(streams, "SELECT count(*) FROM projection_position") == [(32,)])
        broker = await connect(streams.nats_url, "test")
        told = Told().started()
        append(streams, told)
        await broker.client.publish(subjects.bell(subjects.CONVERSATIONS, subjects.partition_of("demo")), b"1")
        await eventually(lambda: counts(streams)() == (1, 0))
        await broker.close()


def test_runner_killed_between_rows_and_position_repeats_the_page(streams: Settings) -> None:
    seed_log(streams, events=500, shops=3)
    with runner(streams, SHOPBELL_FAILPOINTS="after_rows:kill:2") as first:
        assert first.wait(30) == -signal.SIGKILL
    half = counts(streams)()
    with runner(streams):
        wait_until(lambda: counts(streams)() > half and is_caught_up(streams), 30)
    seqs = read(streams, "SELECT count(*), (SELECT sum(seq) FROM rm_conversation) FROM rm_message")
    assert seqs[0][0] == seqs[0][1]


@pytest.mark.slow
def test_runner_paused_within_a_page_is_replaced(streams: Settings) -> None:
    append(streams, Told().started().visitor_says("Hello"))
    with runner(streams, SHOPBELL_FAILPOINTS="after_rows:stop") as paused:
        wait_until(lambda: os.waitid(os.P_PID, paused.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT), 30)
        with runner(streams):
            wait_until(lambda: counts(streams)() == (1, 1), 30)
            paused.send_signal(signal.SIGCONT)
            append(streams, Told().started().visitor_says("Again"))
            wait_until(lambda: counts(streams)() == (2, 2), 30)
        append(streams, Told().started().visitor_says("By the one that was paused"))
        wait_until(lambda: counts(streams)() == (3, 3), 30)


def test_runner_stops_with_one_sentence_at_an_event_of_a_newer_release(streams: Settings) -> None:
    append_raw(streams, "demo", "conversation.started.v9", b"{}")
    with runner(streams) as process:
        assert process.wait(30) == 1
        said = process.stderr.read().decode() if process.stderr else ""
    assert "stops this reader: unknown event type conversation.started.v9" in said
    assert "Traceback" not in said


def test_runner_with_another_master_key_stops_with_one_sentence(streams: Settings) -> None:
    append(streams, Told().started())
    with runner(streams, SHOPBELL_MASTER_KEY="A" * 43 + "=") as process:
        assert process.wait(30) == 1
        said = process.stderr.read().decode() if process.stderr else ""
    assert "is this the master key of this installation?" in said
    assert "Traceback" not in said


def is_caught_up(settings: Settings) -> bool:
    """Whether every partition's position is at its newest event."""
    reached = dict(
        read(settings, "SELECT partition, notification_id FROM projection_position WHERE log = 'conversations'")
    )
    with psycopg.connect(settings.dsn_of("log")) as log:
        for partition, position in reached.items():
            head = log.execute(
                f"SELECT coalesce(max(notification_id), 0) FROM log_conversations_{partition}.stored_events".encode()
            ).fetchone()
            if head is None or head[0] != position:
                return False
    return bool(reached)
