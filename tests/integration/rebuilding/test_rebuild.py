"""Rebuilding history: while it is read and written, and equal to what it replaces."""

import asyncio
from contextlib import suppress

import psycopg
import pytest

from contracts import subjects
from services.common.settings import ProjectionsSettings
from services.projections import fresh, rebuild, replay
from services.projections.projection import HistoryProjection
from tests.integration.rebuilding.tables import catch_up, definitions, read, tables, write
from tests.support.seed_log import seed_log
from tests.support.told import Told, append, erase_key
from tests.support.waiting import eventually


async def test_rebuilt_history_is_identical_and_nothing_is_left_behind(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    seed_log(projections_settings, events=3_000, shops=10)
    append(projections_settings, Told().started().visitor_says("Gone").archived().deleted())
    await catch_up(live)
    before, as_defined = tables(projections_settings), definitions(projections_settings)
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert tables(projections_settings) == before
    assert definitions(projections_settings) == as_defined
    assert read(projections_settings, f"SELECT FROM pg_namespace WHERE nspname = '{replay.TABLES.schema}'") == []


async def test_rebuild_of_an_installation_that_never_had_a_projection(
    projections_settings: ProjectionsSettings,
) -> None:
    told = Told().started()
    append(projections_settings, told)
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert read(projections_settings, "SELECT id FROM rm_conversation") == [(told.id,)]
    position = read(projections_settings, "SELECT notification_id FROM projection_position WHERE notification_id > 0")
    assert position == [(2,)]


async def test_reader_that_holds_the_old_tables_makes_the_rebuild_give_up(
    projections_settings: ProjectionsSettings,
    live: HistoryProjection,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    append(projections_settings, Told().started())
    await catch_up(live)
    monkeypatch.setattr(fresh, "SWAP_LOCK_TIMEOUT", "50ms")
    with psycopg.connect(projections_settings.dsn_of("read")) as reader:
        reader.execute("SELECT * FROM rm_conversation")
        assert await rebuild.main(projections_settings, replay.PLAN) == 1
    assert "nothing has changed" in capsys.readouterr().err
    assert len(tables(projections_settings)[0]) == 1


async def test_rebuild_repairs_a_table_that_says_something_else(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    append(projections_settings, Told().started().visitor_says("As it was"))
    await catch_up(live)
    before = tables(projections_settings)
    write(projections_settings, "UPDATE rm_conversation SET last_message = 'Forged'; DELETE FROM rm_message")
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert tables(projections_settings) == before


async def test_deleted_and_erased_stay_absent_in_a_rebuild(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    deleted, erased = Told().started().archived().deleted(), Told().started().visitor_says("Who?")
    kept = Told().started().visitor_says("Here I am").visitor_sends("mug.png")
    append(projections_settings, deleted, erased, kept)
    erase_key(projections_settings, erased)
    await catch_up(live)
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert read(projections_settings, "SELECT id FROM rm_conversation") == [(kept.id,)]
    assert {row[0] for row in tables(projections_settings)[1]} == {kept.id}


async def test_rebuild_goes_on_while_history_is_written_and_read(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    seed_log(projections_settings, events=4_000, shops=8)
    await catch_up(live)
    talking = [Told() for _ in range(5)]
    stop = asyncio.Event()
    reads: list[int] = []

    async def talk() -> None:
        for told in talking:
            told.started()
        while not stop.is_set():
            for told in talking:
                told.visitor_says("Still here")
            await asyncio.to_thread(append, projections_settings, *talking)
            await live.advance(subjects.partition_of("demo"))

    async def look() -> None:
        async with await psycopg.AsyncConnection.connect(projections_settings.dsn_of("read")) as connection:
            while not stop.is_set():
                row = await (await connection.execute("SELECT count(*) FROM rm_conversation")).fetchone()
                await connection.commit()
                reads.append(row[0] if row else 0)
                await asyncio.sleep(0.005)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(talk())
        tasks.create_task(look())
        for _ in range(2):
            assert await rebuild.main(projections_settings, replay.PLAN) == 0
        stop.set()
    assert len(reads) > 50
    assert reads == sorted(reads)  # history never went back
    await catch_up(live)
    assert read(projections_settings, "SELECT count(*) FROM rm_conversation WHERE shop = 'demo'") == [(5,)]
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0


async def test_second_rebuild_at_the_same_time_is_refused(
    projections_settings: ProjectionsSettings, live: HistoryProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    async with await replay.TABLES.connect(projections_settings) as other:
        assert await rebuild._lock(other, replay.PLAN)
        assert await rebuild.main(projections_settings, replay.PLAN) == 1
    assert "under way" in capsys.readouterr().err


async def test_rebuild_that_was_cancelled_leaves_the_live_tables_alone(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    seed_log(projections_settings, events=2_000, shops=4)
    await catch_up(live)
    before = tables(projections_settings)
    running = asyncio.create_task(rebuild.main(projections_settings, replay.PLAN))
    under_way = f"SELECT FROM pg_namespace WHERE nspname = '{replay.TABLES.schema}'"
    await eventually(lambda: read(projections_settings, under_way) != [])
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert tables(projections_settings) == before
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0
