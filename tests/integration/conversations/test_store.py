"""The log of a partition: one write that checks the epoch, reading back, schemas apart."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from contracts import subjects
from contracts.conversations.events import MessageSaid
from contracts.registry import UnknownEvent
from services.common.eventlog.store.application import PartitionLog
from services.common.eventlog.store.datastore import Pool, open_pool
from services.common.eventlog.store.recorder import FENCED, Position, Write
from services.common.eventlog.store.schema import check_log_schema, create_log_schema
from services.common.schema import SchemaMismatch
from services.common.settings import Settings
from tests.contracts.samples import full_payload


@pytest.fixture
def pool(settings: Settings) -> Iterator[Pool]:
    with open_pool(settings.dsn_of("log"), "test") as pool:
        yield pool


@pytest.fixture
def log(pool: Pool) -> PartitionLog:
    return PartitionLog(pool, 3, subjects.CONVERSATIONS)


def row(aggregate: UUID, version: int, topic: str = "conversation.message_said.v1") -> StoredEvent:
    return StoredEvent(aggregate, version, topic, b'{"version":%d}' % version)


def append(log: PartitionLog, write: Write) -> list[int]:
    with log.recorder.datastore.get_connection() as connection:
        return log.recorder.append(connection, write)


def owner(log: PartitionLog, columns: str) -> tuple[object, ...]:
    with log.recorder.datastore.get_connection() as connection:
        found = connection.execute(
            f"SELECT {columns} FROM log_conversations_{log.partition}.partition_owner"
        ).fetchone()
        assert found
        return tuple(found.values())


def test_a_write_stores_events_in_order_and_moves_the_position(log: PartitionLog) -> None:
    one, other = uuid4(), uuid4()
    ids = append(log, Write(0, Position("today", 7), [row(other, 1), row(one, 1), row(other, 2)]))
    assert ids == sorted(ids)
    assert owner(log, "command_stream, command_seq") == ("today", 7)
    found = log.recorder.select_notifications(1, 10)
    assert [(n.originator_id, n.originator_version) for n in found] == [(other, 1), (one, 1), (other, 2)]
    assert [n.id for n in found] == ids


def test_a_write_without_commands_leaves_the_position(log: PartitionLog) -> None:
    append(log, Write(0, Position("today", 7), []))
    append(log, Write(0, None, [row(uuid4(), 1)]))
    assert owner(log, "command_stream, command_seq") == ("today", 7)


@pytest.mark.parametrize("position", [None, Position("today", 1)])
def test_a_write_of_a_former_epoch_is_refused_also_for_an_untouched_aggregate(
    log: PartitionLog, position: Position | None
) -> None:
    append(log, Write(0, None, [row(uuid4(), 1)]))
    with log.recorder.datastore.get_connection() as connection:
        connection.execute("UPDATE log_conversations_3.partition_owner SET epoch = epoch + 1")
    with pytest.raises(psycopg.Error) as refused, log.recorder.datastore.pool.connection() as connection:
        log.recorder.append(connection, Write(0, position, [row(uuid4(), 1)]))
    assert refused.value.sqlstate == FENCED
    assert log.recorder.max_notification_id() == 1


def test_a_version_stored_twice_is_refused_and_nothing_of_the_batch_stays(log: PartitionLog) -> None:
    one = uuid4()
    append(log, Write(0, None, [row(one, 1)]))
    with pytest.raises(psycopg.errors.UniqueViolation), log.recorder.datastore.pool.connection() as connection:
        log.recorder.append(connection, Write(0, Position("today", 5), [row(uuid4(), 1), row(one, 1)]))
    assert owner(log, "command_seq") == (0,)
    assert len(log.recorder.select_notifications(1, 10)) == 1


def test_histories_are_newest_snapshot_and_later_events(log: PartitionLog) -> None:
    kept, bare, foreign = uuid4(), uuid4(), uuid4()
    append(log, Write(0, None, [row(kept, n) for n in (1, 2)] + [row(bare, 1)], [row(kept, 2, "old")]))
    append(log, Write(0, None, [row(kept, n) for n in (3, 4)] + [row(foreign, 1)], [row(kept, 3, "known")]))
    append(log, Write(0, None, [], [row(foreign, 1, "of another release")]))
    found = log.recorder.histories([kept, bare, foreign, uuid4()], ["known"])
    assert found.keys() == {kept, bare, foreign}
    assert found[kept].snapshot == row(kept, 3, "known")
    assert found[kept].events == [row(kept, 4)]
    assert found[bare] == (None, [row(bare, 1)])
    assert found[foreign] == (None, [row(foreign, 1)])


def test_two_partitions_in_one_process_write_each_into_its_own_schema(pool: Pool) -> None:
    logs = {partition: PartitionLog(pool, partition, subjects.CONVERSATIONS) for partition in (1, 2)}
    aggregates = {partition: uuid4() for partition in logs}
    for partition, log in logs.items():
        append(log, Write(0, None, [row(aggregates[partition], 1)], [row(aggregates[partition], 1)]))
    for partition in logs:
        with pool.connection() as connection:
            for table in ("stored_events", "stored_snapshots"):
                rows = connection.execute(f"SELECT originator_id FROM log_conversations_{partition}.{table}").fetchall()
                assert [r["originator_id"] for r in rows] == [aggregates[partition]]


def test_contract_events_come_back_as_they_were(log: PartitionLog) -> None:
    event = msgspec.convert(full_payload(MessageSaid), MessageSaid)
    append(log, Write(0, None, [log.mapper.to_stored_event(event)]))
    assert list(log.events.get(event.originator_id)) == [event]


def test_an_event_of_a_newer_release_stops_its_reader(log: PartitionLog) -> None:
    with pytest.raises(UnknownEvent, match="a newer release of Shopbell"):
        log.mapper.to_domain_event(row(uuid4(), 1, "conversation.beamed_up.v9"))


def test_schemas_are_created_once_and_checked(settings: Settings) -> None:
    dsn = settings.dsn_of("log")
    assert create_log_schema(dsn, subjects.CONVERSATIONS) == []
    check_log_schema(dsn, subjects.CONVERSATIONS)
    with psycopg.connect(dsn) as connection:
        connection.execute("DROP SCHEMA log_conversations_7 CASCADE")
    with pytest.raises(SchemaMismatch, match="run `shopbell migrate`"):
        check_log_schema(dsn, subjects.CONVERSATIONS)
    assert create_log_schema(dsn, subjects.CONVERSATIONS) == ["log_conversations_7"]
    with psycopg.connect(dsn) as connection:
        connection.execute("COMMENT ON SCHEMA log_conversations_0 IS '99'")
    with pytest.raises(SchemaMismatch, match="version 99"):
        create_log_schema(dsn, subjects.CONVERSATIONS)


FIRST_APPEND: Final = (
    "log_conversations_3.append(bigint, text, bigint, uuid[], bigint[], text[], bytea[], uuid[], bigint[], text[],"
    " bytea[])"
)


def test_schemas_of_the_first_version_are_upgraded(settings: Settings, pool: Pool) -> None:
    dsn = settings.dsn_of("log")
    with psycopg.connect(dsn) as connection:
        connection.execute("DROP FUNCTION log_conversations_3.append")
        connection.execute("ALTER TABLE log_conversations_3.partition_owner DROP COLUMN command_done")
        connection.execute(
            f"CREATE FUNCTION {FIRST_APPEND} RETURNS bigint[] LANGUAGE sql AS 'SELECT ARRAY[]::bigint[]'".encode()
        )
        connection.execute("COMMENT ON SCHEMA log_conversations_3 IS '1'")
    with pytest.raises(SchemaMismatch, match=r"older release.*`shopbell migrate`"):
        check_log_schema(dsn, subjects.CONVERSATIONS)
    assert create_log_schema(dsn, subjects.CONVERSATIONS) == ["log_conversations_3"]
    check_log_schema(dsn, subjects.CONVERSATIONS)
    log = PartitionLog(pool, 3, subjects.CONVERSATIONS)
    one = uuid4()
    append(log, Write(0, Position("today", 7, (9, 12)), [row(one, 1)]))
    with psycopg.connect(dsn) as connection:
        found = connection.execute("SELECT command_seq, command_done FROM log_conversations_3.partition_owner")
        assert found.fetchone() == (7, [9, 12])
