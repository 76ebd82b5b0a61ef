"""The servers of the tests, and the tables and streams on them."""

import psycopg
import pytest
from nats.js.api import KeyValueConfig

from contracts import subjects
from services.common import schema
from services.common.broker import connect
from services.common.database import open_pool
from services.common.settings import GatewaySettings, Settings
from services.common.streams import ensure_streams
from services.gateway.main import connected
from services.standalone.migrate import migrate_databases
from tests.support.processes import NatsServer, PostgresServer
from tests.support.waiting import eventually


async def test_streams_are_declared_twice_and_stay_the_same(streams: Settings) -> None:
    broker = await connect(streams.nats_url, "test")
    await ensure_streams(broker.js)
    names = {info.config.name for info in await broker.js.streams_info()}
    await broker.close()
    assert subjects.command_stream("conversations", 15) in names
    assert subjects.EVENTS_OF_ALL in names
    assert len(names) == 2 * len(subjects.LOGS) * subjects.PARTITIONS + 4


async def test_buckets_are_as_the_library_makes_them_and_changed_like_streams(streams: Settings) -> None:
    broker = await connect(streams.nats_url, "test")
    names = [f"KV_{subjects.DESKS_BUCKET}", subjects.attachments_stream()]
    for name in names:
        await broker.js.delete_stream(name)
    await broker.js.create_key_value(KeyValueConfig(bucket=subjects.DESKS_BUCKET))
    await broker.js.create_object_store(subjects.attachments_bucket())
    made = [(await broker.js.stream_info(name)).config for name in names]
    for config in made:  # more copies are for a broker of several servers; this can be changed at one
        await broker.js.update_stream(config.evolve(max_msgs=1_000_000))
    await ensure_streams(broker.js)
    assert [(await broker.js.stream_info(name)).config for name in names] == made
    await broker.close()


async def test_an_event_reaches_its_partition_and_the_stream_of_all(streams: Settings) -> None:
    broker = await connect(streams.nats_url, "test")
    await broker.js.publish("evt.conversations.3.shop.desk.1.opened", b"{}")
    info = await broker.js.stream_info(subjects.event_stream("conversations", 3))
    await broker.close()
    assert info.state.messages == 1


def test_migrating_again_applies_nothing(settings: Settings) -> None:
    said: list[str] = []
    migrate_databases(settings, said.append)
    assert said == []


def test_a_database_ahead_of_the_program_is_refused_with_one_sentence(settings: Settings) -> None:
    with psycopg.connect(settings.dsn_of("keys")) as connection:
        connection.execute("INSERT INTO schema_version (version, name) VALUES (99, 'later')")
    with pytest.raises(schema.SchemaMismatch, match="newer than this Shopbell"):
        schema.check_all(settings)
    with pytest.raises(schema.SchemaMismatch, match="newer than this Shopbell"):
        migrate_databases(settings, lambda _: None)


def test_a_database_behind_the_program_is_refused_with_one_sentence(settings: Settings) -> None:
    with psycopg.connect(settings.dsn_of("log")) as connection:
        connection.execute("DELETE FROM schema_version")
    with pytest.raises(schema.SchemaMismatch, match="run `shopbell migrate`"):
        schema.check_all(settings)


def test_a_failing_step_leaves_the_database_as_it_was(settings: Settings) -> None:
    steps = [*schema.migrations("keys"), schema.Migration(2, "0002_bad", "CREATE TABLE fresh (); SELECT 1/0")]
    with psycopg.connect(settings.dsn_of("keys"), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            schema.migrate(connection, "keys", steps)
        schema.check(connection, "keys")
        assert connection.execute("SELECT to_regclass('fresh')").fetchone() == (None,)


async def test_a_pool_answers_again_after_the_server_was_killed(
    settings: Settings, postgres_server: PostgresServer
) -> None:
    pool = await open_pool(settings.dsn_of("log"), "test")
    async with pool.connection() as connection:
        await connection.execute("SELECT 1")
    postgres_server.kill()
    postgres_server.start()
    async with pool.connection() as connection:
        await connection.execute("SELECT 1")
    await pool.close()


async def test_the_broker_is_found_again_after_it_was_killed(streams: Settings, nats_server: NatsServer) -> None:
    broker = await connect(streams.nats_url, "test")
    heard: list[str] = []
    broker.on_disconnect.append(lambda: heard.append("lost"))
    broker.on_reconnect.append(lambda: heard.append("back"))
    nats_server.kill()
    nats_server.start()
    await eventually(lambda: heard == ["lost", "back"])
    await broker.js.stream_info(subjects.DEAD)
    await broker.close()


async def test_no_search_holds_a_gateways_connections_for_long(streams: Settings) -> None:
    settings = GatewaySettings(**streams.model_dump())
    async with connected(settings) as (_, pools), pools["read"].connection() as connection:
        row = await (await connection.execute("SHOW statement_timeout")).fetchone()
    assert row == ("10s",)
