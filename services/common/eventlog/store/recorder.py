"""Writes and reads one partition's log, beside the library's own reading methods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, NoReturn
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from services.common.eventlog.store.datastore import SharedDatastore

FENCED: Final = "SB001"
"""The SQLSTATE with which the log refuses a former owner."""


class Position(NamedTuple):
    """The last command that needs no more work: its stream's creation time, its sequence there.

    `done`: commands above it that need none either, because shops take turns. A stored one would be recognised by
    its id if it were read again; a refused one would run.
    """

    stream: str
    seq: int
    done: tuple[int, ...] = ()


NOWHERE: Final = Position("", 0)


@dataclass(frozen=True)
class Write:
    """What a batch leaves behind. Without a position it stays where it is: the batch held no command of the stream."""

    epoch: int
    position: Position | None
    events: Sequence[StoredEvent]
    snapshots: Sequence[StoredEvent] = ()

    def parameters(self) -> tuple[object, ...]:
        """In the order of the function `append`."""
        stream, seq, done = self.position or NOWHERE
        return self.epoch, stream, seq, list(done), *_columns(self.events), *_columns(self.snapshots)


class History(NamedTuple):
    """All that is needed to rebuild one aggregate: its newest snapshot and the events after it."""

    snapshot: StoredEvent | None
    events: list[StoredEvent]


class LogRecorder(PostgresApplicationRecorder):
    """The library's recorder, with one write of our own that checks the owner's epoch; nothing is retried."""

    def __init__(self, datastore: SharedDatastore) -> None:
        super().__init__(datastore, events_table_name="stored_events")
        self.append_statement = self._sql(
            "SELECT {schema}.append(%s::bigint, %s::text, %s::bigint, %b::bigint[],"
            " %b::uuid[], %b::bigint[], %s::text[], %b::bytea[], %b::uuid[], %b::bigint[], %s::text[], %b::bytea[])"
        )
        self._histories = self._sql(_HISTORIES)
        self._unknown = self._sql(_UNKNOWN)
        self._originators = self._sql("SELECT DISTINCT originator_id FROM {schema}.stored_events WHERE topic LIKE %s")

    def create_table(self) -> None:
        """Nothing: `shopbell migrate` has made the tables (schema.py)."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> NoReturn:
        raise NotImplementedError("the log is written by its owner only, through append()")

    def append(self, connection: Connection[Any], write: Write) -> list[int]:
        """Store a batch in the connection's transaction. Returns the notification ids of its events, in order.

        Raises psycopg.Error, with SQLSTATE `FENCED` if the epoch is over; nothing is retried.
        """
        row = connection.execute(self.append_statement, write.parameters(), prepare=True).fetchone()
        return notification_ids(row)

    def histories(self, ids: Iterable[UUID], snapshot_topics: Iterable[str]) -> dict[UUID, History]:
        """What rebuilds each of these aggregates, in one query; those that don't exist are left out.

        Snapshots of other topics (another release's) are passed over.
        """
        found: dict[UUID, History] = {}
        with self.datastore.get_connection() as connection:
            rows = connection.execute(
                self._histories, {"ids": list(ids), "topics": list(snapshot_topics)}, prepare=True
            )
            for row in rows:
                one = StoredEvent(row["originator_id"], row["originator_version"], row["topic"], row["state"])
                if row["is_snapshot"]:
                    found[row["originator_id"]] = History(one, [])
                else:
                    found.setdefault(row["originator_id"], History(None, [])).events.append(one)
        return found

    def originators(self, topic: str) -> list[UUID]:
        """The ids of all aggregates of this partition with an event whose topic is like this (SQL)."""
        with self.datastore.get_connection() as connection:
            return [row["originator_id"] for row in connection.execute(self._originators, [topic])]

    def unknown_topic(self, known: Iterable[str]) -> str | None:
        """A topic among the newest events that is none of `known`: a newer release has written here."""
        with self.datastore.get_connection() as connection:
            row = connection.execute(self._unknown, [list(known)]).fetchone()
        return None if row is None else str(row["topic"])

    def _sql(self, statement: str) -> Composed:
        return SQL(statement).format(schema=Identifier(self.datastore.schema))


def notification_ids(row: Any) -> list[int]:
    """The one value of the one row that `append` returns."""
    ids: list[int] = next(iter(row.values())) if isinstance(row, dict) else row[0]
    return ids


def _columns(rows: Sequence[StoredEvent]) -> tuple[list[UUID | str], list[int], list[str], list[bytes]]:
    return (
        [row.originator_id for row in rows],
        [row.originator_version for row in rows],
        [row.topic for row in rows],
        [row.state for row in rows],
    )


_HISTORIES: Final = """
    WITH wanted AS (
        SELECT id, snapshot.originator_version AS version, snapshot.topic, snapshot.state
        FROM unnest(%(ids)b::uuid[]) AS id
        LEFT JOIN LATERAL (
            SELECT originator_version, topic, state FROM {schema}.stored_snapshots
            WHERE originator_id = id AND topic = ANY (%(topics)s::text[])
            ORDER BY originator_version DESC LIMIT 1
        ) snapshot ON true
    )
    SELECT id AS originator_id, version AS originator_version, topic, state, true AS is_snapshot
    FROM wanted WHERE version IS NOT NULL
    UNION ALL
    SELECT later.* FROM wanted CROSS JOIN LATERAL (
        SELECT originator_id, originator_version, topic, state, false AS is_snapshot FROM {schema}.stored_events
        WHERE originator_id = wanted.id AND originator_version > coalesce(wanted.version, 0)
        ORDER BY originator_version
    ) later
"""
_UNKNOWN: Final = """
    SELECT topic FROM (
        SELECT topic FROM {schema}.stored_events ORDER BY notification_id DESC LIMIT 2000
    ) newest WHERE topic <> ALL (%s) LIMIT 1
"""
