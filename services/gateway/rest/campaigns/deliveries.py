"""The ledger of deliveries, searched without standing in anybody's way: few at a time, and none for long."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import kwargs_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.paging import Place

Pool = AsyncConnectionPool[AsyncConnection[Any]]

LOOKS_AT_ONCE: Final = 2
EXPORTS_AT_ONCE: Final = 1
"""Of the few connections that resumes, votes and clicks need as well. Who looks does not wait for who exports."""
LOOK_MS: Final = 3_000
EXPORT_MS: Final = 60_000
EXPORT_PAGE: Final = 2_000

_STATUSES: Final = ("sending", "sent", "failed", "gone", "too_large", "expired", "held_back", "cancelled")
_WANTED: Final[Mapping[str, str]] = {
    "waiting": "status = 'pending' AND attempts = 0",
    "retrying": "status = 'pending' AND attempts > 0",
    **{status: f"status = '{status}'" for status in _STATUSES},
    "clicked": "clicked_at IS NOT NULL",
    "unsubscribed": "unsubscribed_at IS NOT NULL",
}
"""In words that partial indexes are chosen by: parameters would not do."""
OUTCOMES: Final = tuple(_WANTED)

_PATIENCE: Final = "SELECT set_config('statement_timeout', %s, true)"
_PAGE: Final = """
    SELECT subscription,
           CASE WHEN status <> 'pending' THEN status WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END AS outcome,
           service, language, attempts, changed_at AS at, next_at, error, uncertain,
           clicked_at IS NOT NULL AS clicked, unsubscribed_at IS NOT NULL AS unsubscribed
    FROM push.delivery
    WHERE shop = %(shop)s AND campaign = %(campaign)s AND subscription > %(after)s AND {wanted}
    ORDER BY subscription LIMIT %(limit)s
"""
_BEFORE_ALL: Final = UUID(int=0)


class DeliveryRow(NamedTuple):
    """What became, or becomes, of a campaign for one subscription."""

    subscription: UUID
    outcome: str
    service: str
    language: str
    attempts: int
    at: datetime
    next_at: datetime
    error: str | None
    uncertain: bool
    clicked: bool
    unsubscribed: bool


class DeliveryPlace(Place, frozen=True, array_like=True):
    """The last delivery of a page."""

    subscription: UUID


class Deliveries:
    """Those of whole campaigns, or with one of the `OUTCOMES`. What no index finds is walked for: millions of rows in
    the worst case.

    `pool` is that of the log's database. All raise psycopg's errors while it is away.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._looks, self._exports = asyncio.Semaphore(LOOKS_AT_ONCE), asyncio.Semaphore(EXPORTS_AT_ONCE)

    async def page(
        self, shop: str, campaign: UUID, wanted: str | None, after: UUID | None, limit: int
    ) -> tuple[list[DeliveryRow], DeliveryPlace | None]:
        """By subscription, and where the next page begins. Raises psycopg.errors.QueryCanceled if it takes too long."""
        async with self._looks:
            return await self._page(shop, campaign, wanted, after, limit, LOOK_MS)

    async def all(self, shop: str, campaign: UUID, wanted: str | None) -> AsyncIterator[list[DeliveryRow]]:
        """Page by page; neither a connection nor the turn is held between two."""
        after: UUID | None = None
        while True:
            async with self._exports:
                page, following = await self._page(shop, campaign, wanted, after, EXPORT_PAGE, EXPORT_MS)
            yield page
            if following is None:
                return
            after = following.subscription

    async def _page(
        self, shop: str, campaign: UUID, wanted: str | None, after: UUID | None, limit: int, within_ms: int
    ) -> tuple[list[DeliveryRow], DeliveryPlace | None]:
        query = _PAGE.format(wanted=_WANTED[wanted] if wanted else "true")
        values = {"shop": shop, "campaign": campaign, "after": after or _BEFORE_ALL, "limit": limit + 1}
        async with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=kwargs_row(DeliveryRow)) as cursor,
        ):
            await connection.execute(_PATIENCE, [str(within_ms)])
            rows = await (await cursor.execute(query.encode(), values, prepare=False)).fetchall()
        page = rows[:limit]
        return page, DeliveryPlace(page[-1].subscription) if len(rows) > limit else None
