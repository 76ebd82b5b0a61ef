"""Lets go of what nobody needs any more: pushes of yesterday, browsers that signed out, who went home long ago."""

import asyncio
from typing import Final

from services.common.following import Pool
from services.notifier.attempts import persist
from services.notifier.push.policy import ABSENT_FOR

EVERY_SECONDS: Final = 600.0

_STATEMENTS: Final = (
    "DELETE FROM push.message WHERE created_at < now() - interval '1 day'",
    "DELETE FROM push.subscription USING staff.session WHERE token_hash = session AND ended_at IS NOT NULL",
    "DELETE FROM push.absence WHERE since < now() - %s",
)


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
