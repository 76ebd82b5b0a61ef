"""Lets go of what nobody needs any more: pushes of yesterday, browsers that signed out, who went home long ago, and the
ledgers of old campaigns."""

import asyncio
from typing import Final

from services.common.following import Pool
from services.notifier.persisting import persist
from services.notifier.push.policy import ABSENT_FOR

EVERY_SECONDS: Final = 600.0

_STATEMENTS: Final = (
    "DELETE FROM push.message WHERE created_at < now() - interval '1 day'",
    "DELETE FROM push.subscription USING staff.session WHERE token_hash = session AND ended_at IS NOT NULL",
    "DELETE FROM push.absence WHERE since < now() - %s",
    "DELETE FROM push.absent_visitor WHERE since < now() - interval '30 days'",
    "DELETE FROM push.reply WHERE created_at < now() - interval '7 days'",
    "DELETE FROM push.trial WHERE created_at < now() - interval '1 day'",
    "DELETE FROM push.slowed WHERE until < now() - interval '1 day'",
    "DELETE FROM push.pause WHERE until < now() - interval '90 days'",
    "DELETE FROM push.campaign WHERE status = 'finished' AND started_at < now() - interval '90 days'",
    "DELETE FROM push.outcome WHERE campaign NOT IN (SELECT id FROM push.campaign)",
)
_LEDGER: Final = """
    DELETE FROM push.delivery WHERE id IN (
        SELECT id FROM push.delivery WHERE created_at < now() - interval '90 days' AND NOT EXISTS (
            SELECT FROM push.campaign WHERE campaign.id = delivery.campaign AND status <> 'finished'
        ) ORDER BY created_at LIMIT %s
    )
"""
"""Frequency caps look back no farther."""
ROWS_AT_ONCE: Final = 10_000


async def keep_house(pool: Pool) -> None:
    """From time to time, until cancelled."""
    while True:
        await persist(lambda: tidy(pool))
        await asyncio.sleep(EVERY_SECONDS)


async def tidy(pool: Pool) -> None:
    """Once. Raises psycopg's errors while the database is away."""
    async with pool.connection() as connection:
        for statement in _STATEMENTS:
            await connection.execute(statement, [ABSENT_FOR] if "%s" in statement else None)
        while (await connection.execute(_LEDGER, [ROWS_AT_ONCE])).rowcount == ROWS_AT_ONCE:
            pass
