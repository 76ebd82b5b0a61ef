"""What browsers tell of a campaign's notification: it was clicked, or push was turned off after it.

It goes into the ledger of deliveries at once, and into the log with the next batch of outcomes. Nothing tells who.
"""

from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

# Whoever is told of one has got it, even if the sender has not noted it yet.
_OUTCOME: Final = """
    INSERT INTO push.outcome (campaign, shop, subscription, outcome, at, language, service)
    SELECT campaign, shop, subscription, %(outcome)s, now(), language, service FROM told
"""
_CLICKED: Final = f"""
    WITH told AS (
        UPDATE push.delivery SET clicked_at = now(), changed_at = now()
        WHERE id = %(delivery)s AND shop = %(shop)s AND attempts > 0 AND clicked_at IS NULL
        RETURNING campaign, shop, subscription, language, service
    )
    {_OUTCOME}
"""
_UNSUBSCRIBED: Final = f"""
    WITH told AS (
        UPDATE push.delivery SET unsubscribed_at = now(), changed_at = now()
        WHERE campaign = %(campaign)s AND subscription = %(subscription)s AND shop = %(shop)s AND attempts > 0
          AND unsubscribed_at IS NULL
        RETURNING campaign, shop, subscription, language, service
    )
    {_OUTCOME}
"""


class Clicks:
    """`pool` connects to the log's database. Both may be told again and raise psycopg's errors while it is away."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        self._pool = pool

    async def note(self, shop: str, delivery: UUID) -> None:
        """Once a delivery."""
        values = {"delivery": delivery, "shop": shop, "outcome": "clicked"}
        async with self._pool.connection() as connection:
            await connection.execute(_CLICKED, values)

    async def note_unsubscribed(self, shop: str, campaign: UUID, subscription: UUID) -> None:
        """Once a delivery."""
        values = {"campaign": campaign, "subscription": subscription, "shop": shop, "outcome": "unsubscribed"}
        async with self._pool.connection() as connection:
            await connection.execute(_UNSUBSCRIBED, values)
