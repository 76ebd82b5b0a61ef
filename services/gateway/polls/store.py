"""Polls, votes and their counts, from the read tables."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.gateway.polls.rows import COLUMNS, Bucket, PollPlace, PollRow, Tally

Pool = AsyncConnectionPool[AsyncConnection[Any]]

VOTES_A_PAGE: Final = 5_000
_PAGE: Final = f"""
    SELECT {COLUMNS} FROM rm_poll
    WHERE shop = %(shop)s AND state = ANY (%(states)s)
        AND (%(at)s::timestamptz IS NULL OR (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
    ORDER BY created_at DESC, id DESC LIMIT %(limit)s
""".encode()
_ONE: Final = f"SELECT {COLUMNS} FROM rm_poll WHERE shop = %s AND id = %s".encode()
_OPEN: Final = f"SELECT {COLUMNS} FROM rm_poll WHERE state = 'open' ORDER BY opened_at DESC, id".encode()
_TALLIES: Final = """
    SELECT poll, sum(votes)::bigint, max(last_at) FROM rm_vote_minute WHERE poll = ANY (%s) GROUP BY poll
"""
_COUNTS: Final = "SELECT answer, sum(votes)::bigint FROM rm_vote_minute WHERE poll = %s GROUP BY answer"
_PLOT: Final = """
    SELECT date_bin(%s, minute, %s) AS at, sum(votes)::bigint FROM rm_vote_minute
    WHERE poll = %s GROUP BY at ORDER BY at
"""
_VOTES: Final = """
    SELECT id, answer, at FROM rm_vote
    WHERE poll = %(poll)s AND (%(at)s::timestamptz IS NULL OR (at, id) > (%(at)s::timestamptz, %(id)s::uuid))
    ORDER BY at, id LIMIT %(limit)s
"""
_COUNTED_TO: Final = """
    SELECT coalesce(sum(notification_id), 0)::bigint FROM projection_position
    WHERE projection = 'engagement' AND log = 'engagement' AND partition = %s
"""


class PollStore:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of the read tables."""
        self._pool = pool

    async def page(
        self, shop: str, states: list[str], after: PollPlace | None, limit: int
    ) -> tuple[list[PollRow], PollPlace | None]:
        """The newest first, and where the next page begins."""
        place = {"at": after and after.at, "id": after and after.id}
        rows = [
            PollRow(*row)
            for row in await self._all(_PAGE, {"shop": shop, "states": states, "limit": limit + 1, **place})
        ]
        last = rows[limit - 1] if len(rows) > limit else None
        return rows[:limit], PollPlace(last.created_at, last.id) if last else None

    async def one(self, shop: str, poll: UUID) -> PollRow | None:
        rows = await self._all(_ONE, [shop, poll])
        return PollRow(*rows[0]) if rows else None

    async def open_ones(self) -> list[PollRow]:
        """Of all shops; who opened last comes first."""
        return [PollRow(*row) for row in await self._all(_OPEN, None)]

    async def tallies(self, polls: list[UUID]) -> dict[UUID, Tally]:
        """Of those of the polls that have any votes."""
        return {row[0]: Tally(*row) for row in await self._all(_TALLIES.encode(), [polls])}

    async def counts(self, poll: UUID) -> dict[str, int]:
        """Votes by answer; answers without any are not in it."""
        return dict(await self._all(_COUNTS.encode(), [poll]))

    async def plot(self, poll: UUID, width: timedelta, since: datetime) -> list[Bucket]:
        """Votes in buckets of this width, counted from `since`; those without any are left out."""
        return [Bucket(*row) for row in await self._all(_PLOT.encode(), [width, since, poll])]

    async def votes(self, poll: UUID) -> AsyncIterator[list[tuple[UUID, str, datetime]]]:
        """Id, answer and time of each vote, page by page, the first one first."""
        last: tuple[UUID, str, datetime] | None = None
        while True:
            place = {"at": last and last[2], "id": last and last[0]}
            rows = await self._all(_VOTES.encode(), {"poll": poll, "limit": VOTES_A_PAGE, **place})
            if not rows:
                return
            yield rows
            last = rows[-1]

    async def counts_at(self, poll: UUID, partition: int) -> tuple[dict[str, int], int]:
        """Votes by answer, and the event of the partition up to which they are counted."""
        async with self._pool.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            counts: dict[str, int] = dict(await (await connection.execute(_COUNTS, [poll])).fetchall())
            row = await (await connection.execute(_COUNTED_TO, [partition])).fetchone()
        return counts, row[0] if row else 0

    async def _all(self, query: bytes, parameters: Any) -> list[Any]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(query, parameters)).fetchall()
