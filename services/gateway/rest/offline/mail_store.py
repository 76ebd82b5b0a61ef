"""What became of mails, from the notifier's table in the log's database, and asking it to try again."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

MOST_FAILED: Final = 10_000
"""Messages with failed mail that one list looks through, the newest."""

_OF = """
    SELECT aggregate, kind, seq, status, attempts, created_at, first_tried_at, next_at, sent_at, error
    FROM mail.mail WHERE aggregate = ANY (%s) AND kind IN ('offline_message', 'answer') ORDER BY seq, created_at
"""
_FAILED = """
    SELECT aggregate FROM mail.mail
    WHERE shop = %s AND kind IN ('offline_message', 'answer') AND status = 'failed'
    GROUP BY aggregate ORDER BY max(created_at) DESC LIMIT %s
"""
_WAITING = """
    SELECT count(*) AS waiting, min(first_tried_at) AS since,
           min(next_at) FILTER (WHERE status = 'pending') AS next_at
    FROM mail.mail
    WHERE shop = %s AND kind IN ('offline_message', 'answer') AND status IN ('pending', 'sending') AND attempts > 0
"""
_RETRY = """
    UPDATE mail.mail
    SET next_at = now(), status = 'pending',
        attempts = CASE status WHEN 'pending' THEN attempts ELSE 0 END,
        first_tried_at = CASE status WHEN 'pending' THEN first_tried_at END
    WHERE shop = %s AND kind IN ('offline_message', 'answer')
      AND (status IN ('pending', 'failed') OR status = 'dropped' AND error IS NOT NULL)
      AND (%s::uuid IS NULL OR aggregate = %s)
"""


class MailRow(NamedTuple):
    """One mail and how far it is."""

    aggregate: UUID
    kind: str
    seq: int
    status: str
    attempts: int
    created_at: datetime
    first_tried_at: datetime | None
    next_at: datetime
    sent_at: datetime | None
    error: str | None


class Queue(NamedTuple):
    """The shop's mails that were tried and still wait."""

    waiting: int
    since: datetime | None
    next_at: datetime | None


class MailStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        """`pool` connects to the log's database."""
        self._pool = pool

    async def of(self, messages: list[UUID]) -> dict[UUID, list[MailRow]]:
        """The mails of these offline messages, in the order of what they tell."""
        found: dict[UUID, list[MailRow]] = {message: [] for message in messages}
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(MailRow)) as cursor:
            for row in await (await cursor.execute(_OF, [messages])).fetchall():
                found[row.aggregate].append(row)
        return found

    async def failed(self, shop: str) -> list[UUID]:
        """The messages of which a mail failed, also such as the inbox has no more."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_FAILED, [shop, MOST_FAILED])).fetchall()
        return [row[0] for row in rows]

    async def queue(self, shop: str) -> Queue:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Queue)) as cursor:
            row = await (await cursor.execute(_WAITING, [shop])).fetchone()
        return row or Queue(0, None, None)

    async def retry(self, shop: str, message: UUID | None = None) -> int:
        """Have the mails of this message, or of all, tried now; how many that are. What is being sent stays.

        So does what was dropped, unless only the shop's address for it was missing.
        """
        async with self._pool.connection() as connection:
            return (await connection.execute(_RETRY, [shop, message, message])).rowcount
