"""The rules of a shop as the log has them now."""

from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL
from psycopg_pool import AsyncConnectionPool

from contracts import registry, subjects
from contracts.engagement.review_events import ReviewRulesSet
from contracts.engagement.reviews import ReviewRules
from contracts.ids import review_policy_id
from services.common.log_pages import table_of

_LAST: Final = SQL("""
    SELECT topic, state FROM {} WHERE originator_id = %s ORDER BY originator_version DESC LIMIT 1
""")


class Policies:
    """Reads them by key."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        """`pool` connects to the database of the log."""
        self._pool = pool

    async def rules(self, shop: str) -> ReviewRules:
        """Those at first for a shop that has set none. Raises psycopg's errors while the database is away."""
        return await self.as_set(shop) or ReviewRules()

    async def as_set(self, shop: str) -> ReviewRules | None:
        """The same, or None for a shop that has set none."""
        query = _LAST.format(table_of(shop, subjects.ENGAGEMENT))
        async with self._pool.connection() as connection:
            row = await (await connection.execute(query, [review_policy_id(shop)])).fetchone()
        event = registry.decode(row[0], bytes(row[1])) if row else None
        return event.rules if isinstance(event, ReviewRulesSet) else None
