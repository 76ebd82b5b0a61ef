"""Which conversation a signed-in visitor had before."""

import asyncio
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from contracts.sockets.visitor import Previous

PATIENCE_SECONDS: Final = 0.5
"""A welcome doesn't wait longer for what it can do without."""

_LAST = """
    SELECT id, seq FROM rm_conversation
    WHERE shop = %s AND customer = %s AND signed_in AND status = 'archived' ORDER BY active_at DESC, id DESC LIMIT 1
"""


class Archive:
    """Looks into the read tables."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def last(self, shop: str, customer: str) -> Previous | None:
        """The customer's last archived conversation; None also while the database is away or slow."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._pool.connection() as connection:
                row = await (await connection.execute(_LAST, [shop, customer])).fetchone()
        except (psycopg.OperationalError, PoolTimeout, TimeoutError):
            return None
        return None if row is None else Previous(id=row[0], seq=row[1])
