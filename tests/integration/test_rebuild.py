"""Rebuilding history: while it is read and written, equal to what it replaces, and telling where it is not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from contracts import subjects
from contracts.conversations.settings import ShopSettings
from services.common.following import Step
from services.common.settings import ProjectionsSettings, Settings
from services.projections import fresh, rebuild, replay
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.seed_log import seed_log
from tests.support.told import (
    Told,
    append,
    append_events,
    blocked,
    erase_key,
    erased,
    removed,
    reply_deleted,
    reply_saved,
    settings_changed,
    shop_created,
    unblocked,
)
from tests.support.waiting import eventually


@pytest.fixture
def projections_settings(settings: Settings) -> ProjectionsSettings:
    return ProjectionsSettings(**settings.model_dump())


@pytest.fixture
async def live(projections_settings: ProjectionsSettings) -> AsyncIterator[HistoryProjection]:
    """What keeps the live tables up."""
    async with pools(projections_settings) as (log_pool, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        yield HistoryProjection(log_pool, read_pool, keys, page=100)


async def catch_up(projection: HistoryProjection) -> None:
    for partition in range(subjects.PARTITIONS):
        while await projection.advance(partition) is Step.MORE:
            pass


def read(settings: Settings, query: str) -> list[Any]:
    with psycopg.connect(settings.dsn_of("read")) as connection:
        return connection.execute(query.encode()).fetchall()


def write(settings: Settings, statement: str) -> None:
    with psycopg.connect(settings.dsn_of("read")) as connection:
        connection.execute(statement.encode())


def lists(settings: Settings) -> tuple[list[Any], list[Any]]:
    return (
        read(settings, "SELECT shop, id, texts ->> 'en', author FROM rm_canned_reply ORDER BY 1, 3"),
        read(settings, "SELECT shop, visitor, conversation, author FROM rm_block ORDER BY 1, 2"),
    )


def changes(settings: Settings) -> list[Any]:
    return read(settings, "SELECT seq, what, before, after FROM rm_change ORDER BY shop, seq, number")


def tables(settings: Settings) -> tuple[list[Any], list[Any]]:
    return (
        read(settings, "SELECT * FROM rm_conversation ORDER BY id"),
        read(settings, "SELECT * FROM rm_message ORDER BY conversation, seq"),
    )


def definitions(settings: Settings) -> list[Any]:
    """Columns, indexes, constraints and options of the tables, by name."""
    return [
        read(settings, "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'rm_%' ORDER BY 1"),
        read(settings, "SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'rm_%' ORDER BY 1"),
        read(
            settings,
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name LIKE 'rm_%' ORDER BY table_name, ordinal_position",
        ),
    ]


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


async def test_verify_says_equal_while_history_moves_on(
    projections_settings: ProjectionsSettings, live: HistoryProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    seed_log(projections_settings, events=1_000, shops=4)
    await catch_up(live)
    append(projections_settings, Told().started().visitor_says("Not in the table yet"))
    before = tables(projections_settings)
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0
    assert "Equal: " in capsys.readouterr().out
    assert tables(projections_settings) == before


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE rm_conversation SET last_message = 'Forged'", "rm_conversation {id} differs in last_message"),
        ("DELETE FROM rm_message WHERE seq = 3", "rm_message {id} 3 is only in the rebuilt table"),
        (
            "INSERT INTO rm_message (conversation, seq, at, kind) SELECT id, 99, started_at, '' FROM rm_conversation",
            "rm_message {id} 99 is only in the live table",
        ),
        ("UPDATE rm_message SET operator = NULL WHERE operator IS NOT NULL", "rm_message {id} 2 differs in operator"),
    ],
)
async def test_verify_finds_a_planted_difference(
    projections_settings: ProjectionsSettings,
    live: HistoryProjection,
    capsys: pytest.CaptureFixture[str],
    harm: str,
    said: str,
) -> None:
    told = Told().started().visitor_says("A secret")
    append(projections_settings, told)
    await catch_up(live)
    write(projections_settings, harm)
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 1
    output = capsys.readouterr().err
    assert said.format(id=told.id) in output
    assert "secret" not in output
    assert "Forged" not in output


async def test_lists_of_a_shop_are_kept_up_and_rebuilt_alike(
    projections_settings: ProjectionsSettings, live: HistoryProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, bert, cleo, elsewhere = Told(), Told(), Told(), Told(shop="other")
    stays, goes = uuid4(), uuid4()
    append_events(
        projections_settings,
        reply_saved(stays, "Hi", 2),
        reply_saved(goes, "Bye", 3),
        reply_saved(stays, "Hello", 4),
        reply_saved(stays, "Of another shop", 2, "other"),
        *(blocked(told, number) for number, told in enumerate((anna, bert, cleo, elsewhere), start=2)),
    )
    await catch_up(live)
    assert len(lists(projections_settings)[1]) == 4
    append_events(
        projections_settings,
        reply_deleted(goes, 5),
        unblocked(anna, 6),
        erased(cleo.person, number=6),
        removed("other"),
    )
    await catch_up(live)
    kept = [("demo", stays, "Hello", "o_ann")], [("demo", bert.person, bert.id, "o_ann")]
    assert lists(projections_settings) == kept
    write(projections_settings, "UPDATE projection_position SET notification_id = 0")
    await catch_up(live)
    assert lists(projections_settings) == kept
    write(projections_settings, "UPDATE rm_canned_reply SET shortcut = 'yo'; DELETE FROM rm_block")
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 1
    said = capsys.readouterr().err
    assert f"rm_canned_reply demo {stays} differs in shortcut" in said
    assert f"rm_block demo {bert.person} is only in the rebuilt table" in said
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert lists(projections_settings) == kept
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0


async def test_changes_of_a_shop_are_kept_up_and_rebuilt_alike(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    reply = uuid4()
    append_events(
        projections_settings,
        shop_created(ShopSettings(languages=["en", "fr"])),
        settings_changed(2, limit=9, welcome={"en": "Hi", "fr": "Salut"}),
        reply_saved(reply, "Hello", 3),
        shop_created(ShopSettings(), "other"),
        settings_changed(2, "other", limit=2),
    )
    await catch_up(live)
    append_events(projections_settings, settings_changed(4, limit=9), reply_deleted(reply, 5), removed("other"))
    await catch_up(live)
    said = '{"shortcut":"hi","texts":{"en":"Hello"}}'
    kept = [
        (2, "limit", "4", "9"),
        (2, "welcome.en", "null", '"Hi"'),
        (2, "welcome.fr", "null", '"Salut"'),
        (3, f"canned.{reply}", "null", said),
        (4, "welcome.en", '"Hi"', "null"),
        (4, "welcome.fr", '"Salut"', "null"),
        (5, f"canned.{reply}", said, "null"),
    ]
    assert changes(projections_settings) == kept
    write(projections_settings, "UPDATE projection_position SET notification_id = 0")
    await catch_up(live)
    assert changes(projections_settings) == kept
    older = "UPDATE rm_shop SET topic = '{0}v3', state = replace(state, '{0}v4', '{0}v3')"
    write(projections_settings, older.format("shop.settings_changed."))  # as the release before wrote it
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert changes(projections_settings) == kept


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
