"""Votes in the log itself: whether a visitor has voted, and how many there are."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL
from psycopg_pool import AsyncConnectionPool

from contracts import registry, subjects
from contracts.engagement.poll_events import VoteCast
from services.common.log_pages import table_of

Pool = AsyncConnectionPool[AsyncConnection[Any]]

COUNTS_AT_ONCE: Final = 1
"""Each may take long, on one of the few connections that votes, clicks and resumes need as well."""

_BY_ID: Final = SQL("SELECT topic, state FROM {table} WHERE originator_id = ANY (%s) AND originator_version = 1")
_COUNT: Final = SQL("""
    SELECT convert_from(state, 'UTF8')::json ->> 'answer', count(DISTINCT originator_id) FROM {table}
    WHERE topic LIKE 'vote.cast.%%' AND position(convert_to(%s, 'UTF8') IN state) > 0
      AND notification_id > (SELECT notification_id FROM {table} WHERE originator_id = %s AND originator_version = 1)
      AND notification_id <= %s
    GROUP BY 1
""")


class Ballots:
    """Raises psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of the log."""
        self._pool, self._counting = pool, asyncio.Semaphore(COUNTS_AT_ONCE)

    async def cast(self, shop: str, votes: Iterable[UUID]) -> dict[UUID, str]:
        """Those of these votes that were cast, each with its answer."""
        query = _BY_ID.format(table=table_of(shop, subjects.ENGAGEMENT))
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(query, [list(votes)])).fetchall()
        events = (registry.decode(topic, bytes(state)) for topic, state in rows)
        return {event.originator_id: event.answer for event in events if isinstance(event, VoteCast)}

    async def count(self, shop: str, poll: UUID, upto: int) -> dict[str, int]:
        """Votes of a poll by answer, as the events say up to this one of the shop's partition. Reads all of them since
        the poll was drafted; who counts meanwhile waits."""
        query = _COUNT.format(table=table_of(shop, subjects.ENGAGEMENT))
        async with self._counting, self._pool.connection() as connection:
            return dict(await (await connection.execute(query, [f'"poll":"{poll}"', poll, upto])).fetchall())
