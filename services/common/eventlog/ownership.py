"""Heartbeats and the taking of partitions, in SQL. The epoch decides who may write; clocks only who should."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from psycopg.sql import SQL, Composed, Identifier

from contracts import subjects
from services.common.eventlog.sharing import Owned, Worker
from services.common.eventlog.store.datastore import Pool
from services.common.eventlog.store.recorder import Position

FORGET_AFTER: Final = "1 hour"
_BEAT: Final = """
    INSERT INTO control.worker (worker_id, log) VALUES (%s, %s)
    ON CONFLICT (log, worker_id) DO UPDATE SET seen_at = now()
"""
_WORKERS: Final = """
    SELECT worker_id AS name, extract(epoch FROM now() - seen_at)::float8 AS silent,
        EXISTS (SELECT FROM pg_stat_activity WHERE application_name = %s || worker_id) AS connected
    FROM control.worker WHERE log = %s AND seen_at > now() - %s::interval
"""
_END_SESSIONS: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ANY (%s) AND pid <> pg_backend_pid()
"""
_TAKE: Final = """
    UPDATE {schema}.partition_owner SET
        epoch = epoch + 1, owner = %s, taken_at = now(),
        attempts = CASE
            WHEN owner IS NOT NULL AND (command_stream, command_seq) IS NOT DISTINCT FROM (taken_stream, taken_seq)
            THEN attempts + 1 ELSE 0 END,
        taken_stream = command_stream, taken_seq = command_seq
    WHERE epoch = %s
    RETURNING epoch, command_stream, command_seq, command_done, suspect_seq, attempts
"""
_GIVE: Final = """
    UPDATE {schema}.partition_owner SET owner = NULL, attempts = 0, suspect_seq = NULL, taken_stream = NULL
    WHERE epoch = %s
"""
_SUSPECT: Final = "UPDATE {schema}.partition_owner SET suspect_seq = %s WHERE epoch = %s"
_RENEW: Final = "UPDATE {schema}.partition_owner SET epoch = epoch + 1 WHERE epoch = %s RETURNING epoch"
_HEAD: Final = "SELECT coalesce(max(notification_id), 0) AS head FROM {schema}.stored_events"


def application_of(log: str, worker: str) -> str:
    """The name under which a worker's sessions show in pg_stat_activity."""
    return f"shopbell-{log}-{worker}"


@dataclass
class Tenure:
    """Our right to write to a partition; the epoch rises when we renew it."""

    partition: int
    epoch: int


class Taken(NamedTuple):
    """What a partition's new owner finds. `attempts`: takeovers in a row that found this same position."""

    partition: int
    epoch: int
    position: Position
    attempts: int
    suspect_seq: int | None


class Standing(NamedTuple):
    """Under which epoch we may write from here on, and the last notification id of the log."""

    epoch: int
    head: int


class Ownership:
    """One worker's view of who owns what. All methods block; psycopg.Error if the database is away.

    Heartbeats have a connection of their own (`pulse`): they must not wait behind those who read the log.
    """

    def __init__(self, pool: Pool, pulse: Pool, worker: str, log: str) -> None:
        self._pool, self._pulse, self.worker, self._log = pool, pulse, worker, log
        one = "SELECT {partition} AS partition, epoch, owner FROM {schema}.partition_owner"
        self._rows = SQL(" UNION ALL ").join(
            SQL(one).format(partition=partition, schema=Identifier(subjects.log_schema(log, partition)))
            for partition in range(subjects.PARTITIONS)
        )

    def beat(self) -> tuple[list[Worker], list[Owned]]:
        """Say that we live; hear who else does, and who owns what."""
        with self._pulse.connection() as connection:
            connection.execute(_BEAT, [self.worker, self._log])
            workers = connection.execute(_WORKERS, [application_of(self._log, ""), self._log, FORGET_AFTER]).fetchall()
            rows = connection.execute(self._rows, prepare=True).fetchall()
        return [Worker(**one) for one in workers], [Owned(**one) for one in rows]

    def leave(self) -> None:
        """We work no more: nobody needs to wait for our heartbeats."""
        with self._pulse.connection() as connection:
            connection.execute("DELETE FROM control.worker WHERE worker_id = %s AND log = %s", [self.worker, self._log])

    def end_sessions(self, workers: set[str]) -> None:
        """Disconnect workers that are silent: what they had under way ends, one way or the other."""
        with self._pulse.connection() as connection:
            connection.execute(_END_SESSIONS, [[application_of(self._log, worker) for worker in workers]])

    def take(self, row: Owned) -> Taken | None:
        """Raise the epoch; waits for a write in flight. None if somebody else was faster."""
        with self._pool.connection() as connection:
            found = connection.execute(self._sql(_TAKE, row.partition), [self.worker, row.epoch]).fetchone()
        if found is None:
            return None
        position = Position(found["command_stream"], found["command_seq"], tuple(found["command_done"]))
        return Taken(row.partition, found["epoch"], position, found["attempts"], found["suspect_seq"])

    def give(self, partition: int, epoch: int) -> None:
        """Hand a partition over: whoever should have it takes it without waiting."""
        with self._pool.connection() as connection:
            connection.execute(self._sql(_GIVE, partition), [epoch])

    def note_suspect(self, tenure: Tenure, seq: int) -> None:
        """This command runs next; if we don't live to tell, it was the one."""
        with self._pool.connection() as connection:
            connection.execute(self._sql(_SUSPECT, tenure.partition), [seq, tenure.epoch])

    def renew(self, partition: int, epoch: int) -> Standing | None:
        """Raise the epoch that is ours; None if it is no more.

        Waits for a write of ours in flight, and whatever of ours comes later is refused: a commit that was never
        answered has happened by then, or never will.
        """
        with self._pool.connection() as connection:
            renewed = connection.execute(self._sql(_RENEW, partition), [epoch]).fetchone()
            head = connection.execute(self._sql(_HEAD, partition)).fetchone()
        assert head is not None
        return None if renewed is None else Standing(renewed["epoch"], head["head"])

    def _sql(self, statement: str, partition: int) -> Composed:
        return SQL(statement).format(schema=Identifier(subjects.log_schema(self._log, partition)))
