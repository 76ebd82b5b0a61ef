"""The mails that are to be sent, as a table: who takes one says so first, and afterwards what came of it.

Any number of processes may take from it. One that dies between the two leaves its mails to the others once its lease
is over; each is sent again then, with the same Message-ID.
"""

from typing import Final
from uuid import UUID

from msgspec import Struct
from psycopg.rows import class_row

from services.common.following import Pool

_TAKE: Final = """
    UPDATE mail.mail SET status = 'sending', attempts = attempts + 1, next_at = now() + make_interval(secs => %s),
                         first_tried_at = coalesce(first_tried_at, now())
    WHERE id IN (
        SELECT id FROM mail.mail WHERE status IN ('pending', 'sending') AND next_at <= now()
        ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
    )
    RETURNING id, shop, kind, person, aggregate, seq, attempts,
              extract(epoch FROM now() - first_tried_at)::float8 AS tried_for
"""
_RENEW: Final = """
    UPDATE mail.mail SET next_at = now() + make_interval(secs => %s)
    FROM unnest(%s::uuid[], %s::int[]) AS taken (id, attempts)
    WHERE mail.id = taken.id AND mail.attempts = taken.attempts AND status = 'sending'
    RETURNING mail.id
"""
_SENT: Final = """
    UPDATE mail.mail SET status = 'sent', sent_at = now(), error = NULL WHERE id = ANY (%s) AND status <> 'sent'
"""
_SETTLE: Final = """
    UPDATE mail.mail SET status = %s, error = %s, next_at = now() + make_interval(secs => %s),
                         attempts = attempts - %s
    WHERE id = %s AND status = 'sending' AND attempts = %s
"""
_GIVE_BACK: Final = """
    UPDATE mail.mail SET status = 'pending', attempts = mail.attempts - 1, next_at = now()
    FROM unnest(%s::uuid[], %s::int[]) AS taken (id, attempts)
    WHERE mail.id = taken.id AND mail.attempts = taken.attempts AND status = 'sending'
"""
_COUNT: Final = """
    SELECT count(*) FILTER (WHERE status IN ('pending', 'sending')),
           coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status IN ('pending', 'sending'))), 0)
    FROM mail.mail WHERE status IN ('pending', 'sending')
"""


class Due(Struct, frozen=True):
    """A mail that this process has taken; `tried_for`: seconds since the first attempt."""

    id: UUID
    shop: str
    kind: str
    person: str
    aggregate: UUID
    seq: int
    attempts: int
    tried_for: float


class Queue:
    """All statements on `mail.mail`. Each raises psycopg's errors while the database is away."""

    def __init__(self, pool: Pool, lease: float) -> None:
        """`lease`: how many seconds a mail is left alone that a process took and renews no more."""
        self._pool = pool
        self.lease = lease

    async def take(self, most: int) -> list[Due]:
        """Mails whose time has come, the longest waiting first."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Due)) as cursor:
            await cursor.execute(_TAKE, [self.lease, most])
            return await cursor.fetchall()

    async def renew(self, mails: list[Due]) -> set[UUID]:
        """Keep what was taken. Returns those that are ours still: nobody took them after their lease."""
        async with self._pool.connection() as connection:
            return {row[0] for row in await (await connection.execute(_RENEW, [self.lease, *_taken(mails)])).fetchall()}

    async def sent(self, mails: list[UUID]) -> None:
        """The server has them, whoever else may have taken them meanwhile."""
        if mails:
            async with self._pool.connection() as connection:
                await connection.execute(_SENT, [mails])

    async def failed(self, mail: Due, error: str) -> None:
        """It will not be tried again, unless staff say so."""
        await self._settle("failed", error, 0, mail)

    async def later(self, mail: Due, error: str | None, seconds: float, *, tried: bool = True) -> None:
        """It is tried again after so long. Not `tried`: it could not be sent yet, which is no attempt."""
        await self._settle("pending", error, seconds, mail, tried=tried)

    async def dropped(self, mail: Due, error: str | None) -> None:
        """There is nothing to send any more: erased, or deleted; with an `error`, nobody to send it to as yet."""
        await self._settle("dropped", error, 0, mail)

    async def give_back(self, untried: list[Due]) -> None:
        """What was taken and not tried, for others to take."""
        if untried:
            async with self._pool.connection() as connection:
                await connection.execute(_GIVE_BACK, _taken(untried))

    async def waiting(self) -> tuple[int, float]:
        """How many mails wait, and for how many seconds the longest has."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_COUNT)).fetchone()
        return (int(row[0]), float(row[1])) if row else (0, 0.0)

    async def _settle(self, status: str, error: str | None, seconds: float, mail: Due, *, tried: bool = True) -> None:
        async with self._pool.connection() as connection:
            back = 0 if tried else 1
            await connection.execute(_SETTLE, [status, error, seconds, back, mail.id, mail.attempts])


def _taken(mails: list[Due]) -> list[list[UUID] | list[int]]:
    return [[mail.id for mail in mails], [mail.attempts for mail in mails]]
