"""Campaigns at work: what has still to go out, pauses of push services, and tests to one's own browsers."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[Any]]

MOST_PAUSES: Final = 500

_WAITING: Final = """
    SELECT count(*) FILTER (WHERE status = 'sending' OR attempts = 0),
           count(*) FILTER (WHERE status = 'pending' AND attempts > 0),
           count(*) FILTER (WHERE quiet),
           count(*) FILTER (WHERE NOT quiet AND until IS NOT NULL),
           coalesce(extract(epoch FROM max(until) FILTER (WHERE NOT quiet) - now()), 0)::int
    FROM push.delivery LEFT JOIN push.slowed ON slowed.service = delivery.service AND until > now()
    WHERE campaign = %s AND status IN ('pending', 'sending')
"""
_SERVICES: Final = "SELECT services FROM push.campaign WHERE id = %s"
_SLOWED: Final = "SELECT service, until FROM push.slowed WHERE until > now()"
_PAUSES: Final = """
    SELECT pause.service, since, until FROM push.campaign
    JOIN push.pause ON pause.service = ANY (services) AND since < coalesce(%(ended)s, now()) AND until > started_at
    WHERE campaign.id = %(campaign)s ORDER BY since DESC LIMIT %(most)s
"""
_BROWSERS: Final = """
    FROM push.subscription JOIN staff.session ON token_hash = subscription.session AND ended_at IS NULL
    WHERE subscription.account = %(account)s
"""
_COUNT: Final = f"SELECT count(*) {_BROWSERS}"
_TRY: Final = f"""
    INSERT INTO push.trial (shop, campaign, account, subscription, language, content)
    SELECT %(shop)s, %(campaign)s, %(account)s, subscription.id, %(language)s, %(content)s::json {_BROWSERS}
"""


class Waiting(NamedTuple):
    """How many were not tried yet or are at this moment, and how many are tried again later. Of either, `quiet` wait
    for the end of quiet hours and `held` for push services that asked for a pause, the longest for `seconds` more."""

    waiting: int = 0
    retrying: int = 0
    quiet: int = 0
    held: int = 0
    seconds: int = 0


class Pause(NamedTuple):
    """A push service asked to be left alone for this while."""

    service: str
    since: datetime
    until: datetime


class AtWork:
    """`pool` is that of the log's database. All raise psycopg's errors while it is away."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def waiting(self, campaign: UUID) -> Waiting:
        """What has still to go out."""
        (row,) = await self._all(_WAITING, campaign)
        return Waiting(*row)

    async def services(self, campaign: UUID) -> list[str]:
        """The push services that it goes to."""
        rows = await self._all(_SERVICES, campaign)
        return list(rows[0][0]) if rows else []

    async def slowed(self) -> dict[str, datetime]:
        """Which push services asked to wait, and until when."""
        return dict(await self._all(_SLOWED))

    async def pauses(self, campaign: UUID, ended: datetime | None) -> list[Pause]:
        """Those that fell into it, if it has not `ended` up to now; of very many the latest."""
        values = {"campaign": campaign, "ended": ended, "most": MOST_PAUSES}
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_PAUSES, values)).fetchall()
        return [Pause(*row) for row in reversed(rows)]

    async def browsers(self, account: str) -> int:
        """In how many one of the staff wants push."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_COUNT, {"account": account})).fetchone()
        return int(row[0]) if row else 0

    async def try_out(self, shop: str, campaign: UUID, account: str, language: str, content: str) -> int:
        """Have it sent to their own browsers; returns to how many. `content` is JSON."""
        values = {"shop": shop, "campaign": campaign, "account": account, "language": language, "content": content}
        async with self._pool.connection() as connection:
            return (await connection.execute(_TRY, values)).rowcount

    async def _all(self, query: str, *values: Any) -> list[Any]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()
