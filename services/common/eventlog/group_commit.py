"""Commits what all partitions of this worker have ready in one transaction, and never waits for more."""

import asyncio
import threading
import time
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from services.common import failpoints
from services.common.eventlog import figures
from services.common.eventlog.store.datastore import session
from services.common.eventlog.store.recorder import FENCED, LogRecorder, Write, notification_ids
from services.common.logs import logger

log = logger(__name__)

RETRY_CONNECT_SECONDS: Final = 0.2
_FAULTS_OF_THE_BATCH: Final = ("21", "22", "23", "42", "54")
"""SQLSTATE classes by which the log refuses a batch for what is in it; source: PostgreSQL, appendix A."""


class Fenced(Exception):
    """Another worker has taken the partition; nothing of the batch is stored."""


class Refused(Exception):
    """The log won't have this batch, whenever it is tried; nothing of it is stored."""


class Unanswered(Exception):
    """The batch may be stored or not: read the log."""


Outcome = list[int] | Exception


@dataclass(frozen=True)
class _Job:
    recorder: LogRecorder
    write: Write
    outcome: asyncio.Future[list[int]]


class GroupCommit:
    """One thread with one connection, straight to PostgreSQL."""

    def __init__(self, dsn: str, application: str) -> None:
        self._conninfo = session(dsn, application)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection[Any] | None = None
        self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Start the thread; call it in the event loop whose tasks will commit."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def close(self, seconds: float = 5.0) -> None:
        """End the thread after what was handed in; a database that hangs is not waited for any longer."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join, seconds)

    async def commit(self, recorder: LogRecorder, write: Write) -> list[int]:
        """Store a batch together with what else is waiting. Returns the notification ids of its events, in order.

        Raises Fenced, Refused or Unanswered.
        """
        job = _Job(recorder, write, asyncio.get_running_loop().create_future())
        self._jobs.put(job)
        return await job.outcome

    def _run(self) -> None:
        try:
            while (group := self._take()) is not None:
                outcomes = self._store(group)
                assert self._loop is not None
                self._loop.call_soon_threadsafe(_tell, group, outcomes)
        except RuntimeError:
            log.debug("The event loop is gone")
        finally:
            self._drop_connection()

    def _take(self) -> list[_Job] | None:
        """All that waits; at least one."""
        first = self._jobs.get()
        if first is None:
            return None
        group = [first]
        while not self._jobs.empty():
            if (job := self._jobs.get()) is None:
                self._jobs.put(None)
                break
            group.append(job)
        return group

    def _store(self, group: list[_Job]) -> list[Outcome]:
        started = time.monotonic()
        try:
            failpoints.hit("before_commit")
            ids: list[Outcome] = [*self._together(self._connected(), group)]
            figures.commit_seconds.observe(time.monotonic() - started)
            figures.group_batches.observe(len(group))
            failpoints.hit("after_commit")
            return ids
        except psycopg.Error as error:
            verdict = self._verdict(error)
        if len(group) == 1 or isinstance(verdict, Unanswered):
            return [verdict] * len(group)
        return [outcome for job in group for outcome in self._store([job])]

    def _together(self, connection: Connection[Any], group: list[_Job]) -> list[list[int]]:
        if len(group) == 1:
            return [group[0].recorder.append(connection, group[0].write)]
        with connection.pipeline():
            connection.execute("BEGIN", prepare=True)
            answers = [
                connection.execute(job.recorder.append_statement, job.write.parameters(), prepare=True) for job in group
            ]
            connection.execute("COMMIT", prepare=True)
        return [notification_ids(answer.fetchone()) for answer in answers]

    def _verdict(self, error: psycopg.Error) -> Exception:
        """What a failure means for the batch; leaves the connection fit for the next one, or drops it."""
        state = error.sqlstate or ""
        if self._connection is None or not self._rolled_back(self._connection):
            self._drop_connection()
            log.warning("Commit unanswered", error=type(error).__name__, sqlstate=state)
            return Unanswered(str(error))
        if state == FENCED:
            return Fenced()
        if state[:2] in _FAULTS_OF_THE_BATCH:
            return Refused(f"{type(error).__name__} {state}")
        log.warning("Commit failed", error=type(error).__name__, sqlstate=state)
        return Unanswered(str(error))

    def _rolled_back(self, connection: Connection[Any]) -> bool:
        try:
            if connection.info.transaction_status != TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
        except psycopg.Error:
            return False
        return not connection.closed

    def _connected(self) -> Connection[Any]:
        if self._connection is None:
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
        return self._connection

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _tell(group: list[_Job], outcomes: list[Outcome]) -> None:
    for job, outcome in zip(group, outcomes, strict=True):
        if job.outcome.done():
            continue
        if isinstance(outcome, Exception):
            job.outcome.set_exception(outcome)
        else:
            job.outcome.set_result(outcome)
