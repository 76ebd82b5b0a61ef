"""Takes what a cancelled campaign has not sent yet out of the ledger's queue, in pages."""

from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

PAGE: Final = 5_000

_HOLD: Final = "SELECT FROM push.campaign WHERE id = %s AND status = 'cancelled' FOR UPDATE SKIP LOCKED"
_CANCEL: Final = """
    WITH rest AS (
        SELECT id FROM push.delivery
        WHERE campaign = %(campaign)s AND status IN ('pending', 'sending') AND (status = 'pending' OR next_at < now())
        ORDER BY service, next_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), cancelled AS (
        UPDATE push.delivery AS job SET status = 'cancelled', changed_at = now(), quiet = false,
               uncertain = uncertain OR status = 'sending'
        WHERE id = ANY (ARRAY(SELECT id FROM rest))
        RETURNING campaign, shop, subscription, language, service, uncertain
    ), told AS (
        INSERT INTO push.outcome (campaign, shop, subscription, outcome, language, service, uncertain)
        SELECT campaign, shop, subscription, 'cancelled', language, service, uncertain FROM cancelled
    )
    UPDATE push.campaign SET spread_at = coalesce(spread_at, now()) WHERE id = %(campaign)s
    RETURNING (SELECT count(*) FROM cancelled)
"""

Connection = AsyncConnection[Any]


async def cancel_page(connection: Connection, campaign: UUID) -> bool:
    """The next page, in a transaction of its own. Returns whether there may be more to do here. What is under way ends
    by itself, or is taken once its lease is over."""
    async with connection.transaction():
        if await (await connection.execute(_HOLD, [campaign])).fetchone() is None:
            return False
        row = await (await connection.execute(_CANCEL, {"campaign": campaign, "most": PAGE})).fetchone()
    return row is not None and row[0] == PAGE
