"""What a customer has bought, as the read tables have it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.rows import dict_row

from contracts.engagement.reviews import OrderItem
from services.gateway.rest.reviews.store import Pool

_ONE: Final = """
    SELECT number, person, items, language, name, status, status_since,
        (SELECT coalesce(array_agg(sku), '{}') FROM rm_review AS review WHERE review.order_id = bought.id) AS written
    FROM rm_order AS bought WHERE shop = %s AND id = %s AND person IS NOT NULL
"""


class Bought(Struct, frozen=True, kw_only=True):
    """An order. `written`: the products of it that are reviewed."""

    number: str
    person: str
    items: list[OrderItem]
    language: str
    name: str | None
    status: str | None
    status_since: datetime | None
    written: frozenset[str]


class OrderStore:
    """Raises psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def bought(self, shop: str, order: UUID) -> Bought | None:
        """None if there is no such order, or not any more."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            row: dict[str, Any] | None = await (await cursor.execute(_ONE, [shop, order])).fetchone()
        return msgspec.convert(row, Bought) if row else None
