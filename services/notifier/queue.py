"""What is to be sent, as a table: who takes a row says so first, and afterwards what came of it.

Any number of processes may take from it. One that dies between the two leaves its rows to the others once its lease
is over; each is sent again then, as the same: a mail with the same Message-ID, a push under the same topic.

Several rows are locked in the order of their ids: outcomes and renewals never wait for each other in a circle. What is
about several rows is planned anew each time: a plan that was prepared while the table was short reads all of it at
every turn once it is long, until the server has counted its rows again.
"""

from collections.abc import Sequence
from typing import Final, Generic, TypeVar
from uuid import UUID

from msgspec import Struct
from psycopg.rows import class_row
from psycopg.sql import SQL, Composed, Identifier

from services.common.following import Pool
from services.notifier.outcomes import Outcome

_TAKE: Final = SQL("""
    UPDATE {table} AS job SET status = 'sending', attempts = attempts + 1, next_at = now() + make_interval(secs => %s),
                         first_tried_at = coalesce(first_tried_at, now())
    WHERE id IN (
        SELECT id FROM {table} WHERE status IN ('pending', 'sending') AND next_at <= now() AND id <> ALL (%s::uuid[])
        ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
    )
    RETURNING {columns}, extract(epoch FROM now() - first_tried_at)::float8 AS tried_for
""")
_RENEW: Final = SQL("""
    UPDATE {table} SET next_at = now() + make_interval(secs => %s)
    WHERE id IN (
        SELECT job.id FROM {table} AS job JOIN unnest(%s::uuid[], %s::int[]) AS taken (id, attempts)
            ON job.id = taken.id AND job.attempts = taken.attempts
        WHERE status = 'sending' ORDER BY job.id FOR UPDATE OF job
    )
    RETURNING id
""")
_SENT: Final = SQL("""
    UPDATE {table} AS job SET status = 'sent', sent_at = now(), error = NULL
    WHERE id IN (SELECT id FROM {table} WHERE id = ANY (%s) AND status <> 'sent' ORDER BY id FOR UPDATE)
""")
_SETTLE: Final = SQL("""
    UPDATE {table} AS job SET status = %s, error = %s, next_at = now() + make_interval(secs => %s),
                         attempts = attempts - %s, first_tried_at = CASE WHEN attempts > %s THEN first_tried_at END
    WHERE id = %s AND status = 'sending' AND attempts = %s
""")
_GIVE_BACK: Final = SQL("""
    UPDATE {table} AS job SET status = 'pending', attempts = job.attempts - 1, next_at = now(),
                         first_tried_at = CASE WHEN job.attempts > 1 THEN first_tried_at END
    FROM unnest(%s::uuid[], %s::int[]) AS taken (id, attempts)
    WHERE job.id = taken.id AND job.attempts = taken.attempts AND status = 'sending'
""")
_COUNT: Final = SQL("""
    SELECT count(*) FILTER (WHERE status IN ('pending', 'sending')),
           coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status IN ('pending', 'sending'))), 0)
    FROM {table} WHERE status IN ('pending', 'sending')
""")


class Job(Struct, frozen=True, kw_only=True):
    """What this process has taken to send; `attempts` counts this one, `tried_for`: seconds since the first."""

    id: UUID
    shop: str
    kind: str
    attempts: int
    tried_for: float

    @property
    def lane(self) -> str:
        """Which others must not be begun in any number beside it: by default there is one lane for all."""
        return ""


class Due(Job, frozen=True, kw_only=True):
    """A mail."""

    person: str
    aggregate: UUID
    seq: int


J = TypeVar("J", bound=Job)


class Queue(Generic[J]):
    """All that the sender asks of one table. Each raises psycopg's errors while the database is away."""

    def __init__(self, pool: Pool, lease: float, table: str, row: type[J]) -> None:
        """`lease`: how many seconds a row is left alone that a process took and renews no more. The table has the
        columns of a mail's that this module names, and those of the `row`."""
        self._pool = pool
        self.lease = lease
        self._row = row
        self._parts = {
            "table": Identifier(*table.split(".")),
            "columns": SQL(", ").join(Identifier(name) for name in row.__struct_fields__ if name != "tried_for"),
        }

    async def take(self, most: int, _without: Sequence[str] = (), held: Sequence[UUID] = ()) -> list[J]:
        """What has its time come, the longest waiting first; in tables with lanes, nothing of the lanes `_without`.
        Nothing that is `held` already: the lease of that may have run out while nobody could renew it."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(self._row)) as cursor:
            await cursor.execute(self._sql(_TAKE), [self.lease, list(held), most], prepare=False)
            return await cursor.fetchall()

    async def renew(self, jobs: list[J]) -> set[UUID]:
        """Keep what was taken. Returns those that are ours still: nobody took them after their lease."""
        async with self._pool.connection() as connection:
            rows = await connection.execute(self._sql(_RENEW), [self.lease, *_taken(jobs)], prepare=False)
            return {row[0] for row in await rows.fetchall()}

    async def sent(self, jobs: list[UUID]) -> None:
        """The server has them, whoever else may have taken them meanwhile."""
        if jobs:
            async with self._pool.connection() as connection:
                await connection.execute(self._sql(_SENT), [jobs], prepare=False)

    async def settle(self, job: J, outcome: Outcome) -> None:
        """It was not sent. What failed is not tried again unless staff say so; of what is dropped there is nothing to
        send any more (with an `error`: nobody to send it to as yet); what was not tried yet has no attempt the more."""
        match outcome.status:
            case "pending":
                await self._settle("pending", outcome.error, outcome.seconds, job)
            case "not_yet":
                await self._settle("pending", None, outcome.seconds, job, tried=False)
            case status:
                await self._settle(status, outcome.error, 0, job)

    async def give_back(self, untried: list[J]) -> None:
        """What was taken and not tried, for others to take."""
        if untried:
            async with self._pool.connection() as connection:
                await connection.execute(self._sql(_GIVE_BACK), _taken(untried))

    async def waiting(self) -> tuple[int, float]:
        """How many wait, and for how many seconds the longest has."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(self._sql(_COUNT))).fetchone()
        return (int(row[0]), float(row[1])) if row else (0, 0.0)

    async def _settle(self, status: str, error: str | None, seconds: float, job: J, *, tried: bool = True) -> None:
        async with self._pool.connection() as connection:
            back = 0 if tried else 1
            await connection.execute(self._sql(_SETTLE), [status, error, seconds, back, back, job.id, job.attempts])

    def _sql(self, statement: SQL) -> Composed:
        return statement.format(**self._parts)


def mail_queue(pool: Pool, lease: float) -> Queue[Due]:
    """The mails."""
    return Queue(pool, lease, "mail.mail", Due)


def _taken(jobs: Sequence[Job]) -> list[list[UUID] | list[int]]:
    return [[job.id for job in jobs], [job.attempts for job in jobs]]
