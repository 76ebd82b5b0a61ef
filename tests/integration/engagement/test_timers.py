"""Timers: set by events, fired once by the owner of their partition when they are due, gone afterwards."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from contracts import subjects
from contracts.answers import Answer, Stored
from contracts.command import Command
from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignStarted
from contracts.engagement.campaigns import CampaignContent, Notice
from services.common import metrics
from services.common.database import open_pool
from services.common.following import Pool
from services.common.settings import Settings
from services.engagement.timers.clock import due
from services.engagement.timers.fired import MOST_REMEMBERED, Fired, Look
from services.engagement.timers.table import Changes, write
from services.engagement.timers.timer import ClearTimer, SetTimer, Timer
from tests.integration.conversations import harness
from tests.integration.conversations.harness import Client
from tests.integration.engagement.harness import events_of, worker
from tests.support.processes import NatsServer
from tests.support.stores import empty_streams
from tests.support.waiting import eventually

SHOP = "demo"
PARTITION = subjects.partition_of(SHOP)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENT = CampaignContent(notices={"en": Notice(subject="Sale")}, url="https://shop.example/sale")


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    async with await open_pool(settings.dsn_of("log"), "test") as opened:
        yield opened


def timers(settings: Settings) -> list[tuple[UUID, str]]:
    with psycopg.connect(settings.dsn_of("log")) as connection:
        return connection.execute("SELECT key, step FROM engagement.timer").fetchall()


async def by_staff(client: Client, command: type[Command], **fields: object) -> Answer:
    head = {"id": f"op-{uuid4().hex}", "shop": SHOP, "sender_kind": "operator", "sender": "o_1"}
    return await client.insist(command(**head, **fields))  # type: ignore[arg-type]  # they are of the command


async def schedule(client: Client, campaign: UUID, at: datetime) -> None:
    assert isinstance(await by_staff(client, c.DraftCampaign, campaign=campaign, content=CONTENT), Stored)
    assert isinstance(await by_staff(client, c.ScheduleCampaign, campaign=campaign, at=at), Stored)


async def test_what_is_due_happens_once_and_what_is_off_does_not(streams: Settings, client: Client) -> None:
    soon, off, later = uuid4(), uuid4(), uuid4()
    async with worker(streams, "one"), worker(streams, "two"):
        await schedule(client, later, datetime.now(UTC) + timedelta(days=1))
        await schedule(client, off, datetime.now(UTC) + timedelta(seconds=60))
        await schedule(client, soon, datetime.now(UTC) + timedelta(seconds=1))
        assert isinstance(await by_staff(client, c.UnscheduleCampaign, campaign=off), Stored)

        def started() -> bool:
            return any(isinstance(event, CampaignStarted) for event in events_of(streams, SHOP, soon))

        await eventually(started, 20, "the start of the campaign")
        await eventually(lambda: timers(streams) == [(later, "start_campaign")], 20, "one timer left")
    assert sum(isinstance(event, CampaignStarted) for event in events_of(streams, SHOP, soon)) == 1
    assert not any(isinstance(event, CampaignStarted) for event in events_of(streams, SHOP, off))


async def test_worker_goes_on_after_timers_became_due_while_the_broker_was_away(
    settings: Settings, tmp_path: Path
) -> None:
    broker, campaign = NatsServer(tmp_path), uuid4()
    broker.start()
    own = settings.model_copy(update={"nats_url": broker.url})
    await empty_streams(own)
    try:
        async with worker(own):
            async with harness.client(own) as before_it:
                await schedule(before_it, campaign, datetime.now(UTC) + timedelta(days=1))
            await eventually(lambda: timers(own) == [(campaign, "start_campaign")], 20, "the timer")
            await asyncio.to_thread(broker.kill)
            found = _found_due()
            with psycopg.connect(own.dsn_of("log")) as connection:
                connection.execute("UPDATE engagement.timer SET due_at = now()")
            await eventually(lambda: _found_due() > found, 20, "the due timer")
            await eventually(lambda: _longest_waiting() > 0, 20, "how long it waits")
            await asyncio.to_thread(broker.start)
            async with harness.client(own) as after_it:
                assert isinstance(await by_staff(after_it, c.UnscheduleCampaign, campaign=campaign), Stored)
    finally:
        broker.stop()


def _found_due() -> float:
    return metrics.registry.get_sample_value("shopbell_timers_due_total") or 0.0


def _longest_waiting() -> float:
    return metrics.registry.get_sample_value("shopbell_timers_oldest_seconds") or 0.0


async def test_the_first_ones_due_of_each_partition_are_found(settings: Settings, pool: Pool) -> None:
    keys = [uuid4() for _ in range(5)]
    changes = Changes()
    for hours, key in enumerate(keys):
        changes.add("a", SetTimer("kind", key, "", NOW + timedelta(hours=hours - 3)))
    changes.add("a", ClearTimer(keys[1]))
    async with pool.connection() as connection:
        await write(connection, 3, changes)
        other = Changes()
        other.add("b", SetTimer("kind", uuid4(), "x", NOW))
        await write(connection, 4, other)
    found = await due(pool, {3: Look(2), 5: Look(9)}, NOW)
    expected = [
        Timer("kind", "a", key, "", NOW + timedelta(hours=hours)) for key, hours in ((keys[0], -3), (keys[2], -1))
    ]
    assert found == {3: expected}
    assert len((await due(pool, {3: Look(9), 4: Look(9)}, NOW))[3]) == 3


async def test_those_that_no_command_clears_keep_none_behind_them_waiting_for_ever(
    settings: Settings, pool: Pool
) -> None:
    changes, behind, before = Changes(), uuid4(), uuid4()
    for _ in range(MOST_REMEMBERED + 100):
        changes.add(SHOP, SetTimer("kind", uuid4(), "", NOW))
    changes.add(SHOP, SetTimer("kind", behind, "", NOW + timedelta(seconds=1)))
    later = Changes()
    later.add(SHOP, SetTimer("kind", before, "", NOW - timedelta(hours=1)))
    async with pool.connection() as connection:
        await write(connection, PARTITION, changes)
    fired, seconds, counted = Fired(), 1, Counter[UUID]()
    while not {behind, before} <= counted.keys():
        assert seconds < 90, "those that stand are in the way"
        now, look = NOW + timedelta(seconds=seconds), fired.look
        found = (await due(pool, {PARTITION: look}, now))[PARTITION]
        counted.update(timer.key for timer in fired.fresh(found, look, now))
        seconds += 1
        if seconds == 15:
            async with pool.connection() as connection:
                await write(connection, PARTITION, later)
    assert counted.keys() == {*changes.set, behind, before}


async def test_the_last_word_about_a_timer_holds(settings: Settings, pool: Pool) -> None:
    key, other = uuid4(), uuid4()
    first = Changes()
    for change in (SetTimer("kind", key, "a", NOW), SetTimer("kind", key, "b", NOW), SetTimer("kind", other, "", NOW)):
        first.add(SHOP, change)
    second = Changes()
    for again in (
        *(ClearTimer(key), SetTimer("kind", key, "b", NOW + timedelta(days=1)), ClearTimer(other, "")),
        *(SetTimer("kind", key, "c", NOW), ClearTimer(key, "c")),
    ):
        second.add(SHOP, again)
    async with pool.connection() as connection:
        await write(connection, PARTITION, first)
        await write(connection, PARTITION, second)
    found = await due(pool, {PARTITION: Look(9)}, NOW + timedelta(days=2))
    assert found == {PARTITION: [Timer("kind", SHOP, key, "b", NOW + timedelta(days=1))]}
