"""The read tables of engagement: applied again they stay the same, and made anew they say what the log says."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.engagement import poll_events as e
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.event import Event, topic_of
from services.common import log_pages
from services.common.following import Step
from services.common.log_pages import table_of
from services.common.settings import ProjectionsSettings, Settings
from services.projections import rebuild
from services.projections.engagement.projection import EngagementProjection, positions
from services.projections.engagement.replay import PLAN
from services.projections.main import pools
from tests.integration.rebuilding.tables import read, write

SHOP = "demo"
START = datetime(2026, 11, 5, 9, tzinfo=UTC)
CONTENT = PollContent(question="Which?", answers=[PollAnswer(id="a", text="A"), PollAnswer(id="b", text="B")])
TABLES = ("rm_poll", "rm_vote", "rm_vote_minute")


@pytest.fixture
async def live(projections_settings: ProjectionsSettings) -> AsyncIterator[EngagementProjection]:
    """What keeps the live tables up."""
    async with pools(projections_settings) as (log_pool, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions().create(connection)
        yield EngagementProjection(log_pool, read_pool, keys, page=7)


async def catch_up(projection: EngagementProjection) -> None:
    for partition in range(subjects.PARTITIONS):
        while await projection.advance(partition) is not Step.CAUGHT_UP:
            pass


def append(settings: Settings, *events: Event) -> None:
    query = SQL("INSERT INTO {} (originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s)").format(
        table_of(SHOP, subjects.ENGAGEMENT)
    )
    with psycopg.connect(settings.dsn_of("log")) as log:
        for event in events:
            row = [event.originator_id, event.originator_version, topic_of(event), registry.encode(event)]
            log.execute(query, row)


def of(aggregate: UUID, seq: int, minutes: float = 0.0) -> dict[str, Any]:
    at = START + timedelta(minutes=minutes)
    return {"originator_id": aggregate, "originator_version": seq, "timestamp": at, "shop": SHOP}


def told() -> tuple[UUID, list[Event]]:
    """A poll that was voted in, closed and given more time in between, and one that was thrown away."""
    poll, other = uuid4(), uuid4()
    votes = [e.VoteCast(**of(uuid4(), 1, n / 7), poll=poll, answer="ab"[n % 3 == 0]) for n in range(20)]
    return poll, [
        e.PollDrafted(**of(poll, 1), operator="o_ann", content=CONTENT),
        e.PollDrafted(**of(other, 1), operator="o_ann", content=CONTENT),
        e.PollOpened(**of(poll, 2), operator="o_ann"),
        *votes[:10],
        e.PollOpened(**of(poll, 3, 2), operator="o_ann", closes_at=START + timedelta(hours=1)),
        e.PollDiscarded(**of(other, 2, 2), operator="o_ann"),
        *votes[10:],
        e.PollClosed(**of(poll, 4, 60)),
    ]


def rows(settings: Settings) -> list[list[Any]]:
    return [read(settings, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in TABLES]


async def test_polls_and_votes_are_counted_once_however_often_they_are_read(
    projections_settings: ProjectionsSettings, live: EngagementProjection
) -> None:
    poll, events = told()
    append(projections_settings, *events)
    await catch_up(live)
    polls, votes, minutes = before = rows(projections_settings)
    assert [(row[0], row[3], row[7]) for row in polls] == [(poll, "closed", START)]
    assert len(votes) == sum(row[3] for row in minutes) == 20
    assert {row[1]: sum(each[3] for each in minutes if each[1] == row[1]) for row in minutes} == {"a": 13, "b": 7}
    write(projections_settings, "UPDATE projection_position SET notification_id = 0 WHERE projection = 'engagement'")
    await catch_up(live)
    assert rows(projections_settings) == before


async def test_page_of_large_events_is_cut_and_goes_on(
    projections_settings: ProjectionsSettings, live: EngagementProjection, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, events = told()
    append(projections_settings, *events)
    monkeypatch.setattr(log_pages, "MOST_BYTES", len(registry.encode(events[0])) + 1)
    async with pools(projections_settings) as (log_pool, _, _keys), log_pool.connection() as connection:
        page = await log_pages.read_page(connection, subjects.partition_of(SHOP), 0, 7, log=subjects.ENGAGEMENT)
    assert (len(page.events), page.full) == (2, True)
    await catch_up(live)
    polls, votes, _ = rows(projections_settings)
    assert [row[0] for row in polls] == [poll]
    assert len(votes) == 20


async def test_rebuilt_tables_are_the_same_and_a_check_finds_what_is_not(
    projections_settings: ProjectionsSettings, live: EngagementProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    poll, events = told()
    append(projections_settings, *events)
    await catch_up(live)
    before = rows(projections_settings)
    assert await rebuild.main(projections_settings, PLAN, verify_only=True) == 0
    write(projections_settings, "UPDATE rm_vote_minute SET votes = votes + 1 WHERE answer = 'b'")
    assert await rebuild.main(projections_settings, PLAN, verify_only=True) == 1
    assert f"rm_vote_minute {poll}" in capsys.readouterr().err
    assert await rebuild.main(projections_settings, PLAN) == 0
    assert rows(projections_settings) == before
    append(projections_settings, e.PollArchived(**of(poll, 5, 90), operator="o_ann"))
    await catch_up(live)
    assert rows(projections_settings)[0][0][3] == "archived"
