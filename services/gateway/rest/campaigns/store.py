"""Campaigns and subscribers as the read tables have them."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import kwargs_row
from psycopg_pool import AsyncConnectionPool

from contracts.engagement.campaigns import Audience
from services.gateway.rest.paging import Place

Pool = AsyncConnectionPool[AsyncConnection[Any]]

MOST_GROUPS: Final = 100
MOST_BEFORE: Final = 20
"""What is usual, the latest campaigns say."""

_COLUMNS: Final = """
    SELECT id, status, content, author, created_at, changed_at, send_at, local, zone, started_at, finished_at, audience,
           sent, clicked, failed, gone, held_back, cancelled, unsubscribed, uncertain, seq
    FROM rm_campaign WHERE shop = %(shop)s
"""
_PAGE: Final = f"""
    {_COLUMNS} AND (%(status)s::text IS NULL OR status = %(status)s)
    AND (%(at)s::timestamptz IS NULL OR (created_at, id) < (%(at)s, %(id)s::uuid))
    ORDER BY created_at DESC, id DESC LIMIT %(limit)s
"""
_ONE: Final = f"{_COLUMNS} AND id = %(id)s"
_PLOT: Final = """
    SELECT date_bin(%s, minute, %s) AS at, sum(sent)::int AS sent, sum(clicked)::int AS clicked,
           sum(failed)::int AS failed, sum(gone)::int AS gone
    FROM rm_campaign_minute WHERE campaign = %s GROUP BY 1 ORDER BY 1
"""
_SPAN: Final = "SELECT min(minute), max(minute) FROM rm_campaign_minute WHERE campaign = %s"
_BY_SERVICE: Final = """
    SELECT service, sum(sent)::int, sum(gone)::int, sum(failed)::int FROM rm_campaign_minute
    WHERE campaign = %s GROUP BY service ORDER BY 2 DESC, service
"""
_BY_LANGUAGE: Final = """
    SELECT split_part(language, '-', 1), sum(sent)::int, sum(clicked)::int FROM rm_campaign_minute
    WHERE campaign = %s GROUP BY 1 ORDER BY 2 DESC, 1
"""
_LATELY: Final = """
    SELECT coalesce(sum(sent), 0)::int FROM rm_campaign_minute
    WHERE campaign = %s AND minute >= date_trunc('minute', now()) - interval '1 minute'
"""
_BEFORE: Final = """
    SELECT count(*)::int, coalesce(sum(sent), 0)::int, coalesce(sum(unsubscribed), 0)::int FROM (
        SELECT sent, unsubscribed FROM rm_campaign
        WHERE shop = %s AND started_at < %s AND finished_at IS NOT NULL AND sent > 0
        ORDER BY started_at DESC LIMIT %s
    ) AS earlier
"""
_AUDIENCE: Final = """
    SELECT zone, count(*) FILTER (
        WHERE (cardinality(%(languages)s::text[]) = 0
               OR ARRAY[language, split_part(language, '-', 1)] && %(languages)s)
          AND (cardinality(%(groups)s::text[]) = 0 OR groups && %(groups)s)
          AND (%(older)s::int IS NULL OR since <= now() - make_interval(days => %(older)s::int))
          AND (%(newer)s::int IS NULL OR since > now() - make_interval(days => %(newer)s::int))
    ), count(*) FROM rm_push_subscriber WHERE shop = %(shop)s AND left_at IS NULL GROUP BY zone
"""
_LANGUAGES: Final = """
    SELECT split_part(language, '-', 1), count(*) FROM rm_push_subscriber WHERE shop = %s AND left_at IS NULL
    GROUP BY 1 ORDER BY 2 DESC, 1
"""
_GROUPS: Final = """
    SELECT one, count(*) FROM rm_push_subscriber CROSS JOIN unnest(groups) AS one
    WHERE shop = %s AND left_at IS NULL GROUP BY one ORDER BY 2 DESC, one LIMIT %s
"""
_SUBSCRIBERS: Final = """
    SELECT count(*) FILTER (WHERE left_at IS NULL),
           count(*) FILTER (WHERE since > now() - interval '30 days'),
           count(*) FILTER (WHERE left_at > now() - interval '30 days')
    FROM rm_push_subscriber WHERE shop = %s
"""


class CampaignRow(NamedTuple):
    """A campaign; `content` is JSON."""

    id: UUID
    status: str
    content: str
    author: str
    created_at: datetime
    changed_at: datetime
    send_at: datetime | None
    local: bool
    zone: str
    started_at: datetime | None
    finished_at: datetime | None
    audience: int | None
    sent: int
    clicked: int
    failed: int
    gone: int
    held_back: int
    cancelled: int
    unsubscribed: int
    uncertain: int
    seq: int


class CampaignPlace(Place, frozen=True, array_like=True):
    """The last campaign of a page."""

    at: datetime
    id: UUID


class PlotRow(NamedTuple):
    """What came of it in one stretch of time."""

    at: datetime
    sent: int
    clicked: int
    failed: int
    gone: int


class Reached(NamedTuple):
    """How many subscribers an audience has in each time zone, out of how many; and what there is to choose by.

    Languages are without regions.
    """

    zones: dict[str, int]
    of: int
    languages: list[tuple[str, int]]
    groups: list[tuple[str, int]]


class CampaignStore:
    """`pool` is that of the read tables. All raise psycopg's errors while the database is away."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(
        self, shop: str, status: str | None, after: CampaignPlace | None, limit: int
    ) -> tuple[list[CampaignRow], CampaignPlace | None]:
        """The newest first, and where the next page begins."""
        place = {"at": after and after.at, "id": after and after.id}
        values = {"shop": shop, "status": status, "limit": limit + 1, **place}
        async with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=kwargs_row(CampaignRow)) as cursor,
        ):
            rows = await (await cursor.execute(_PAGE, values)).fetchall()
        page = rows[:limit]
        return page, CampaignPlace(page[-1].created_at, page[-1].id) if len(rows) > limit else None

    async def one(self, shop: str, campaign: UUID) -> CampaignRow | None:
        async with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=kwargs_row(CampaignRow)) as cursor,
        ):
            return await (await cursor.execute(_ONE, {"shop": shop, "id": campaign})).fetchone()

    async def span(self, campaign: UUID) -> tuple[datetime, datetime] | None:
        """The first and the last minute of which anything is known."""
        ((first, last),) = await self._all(_SPAN, campaign)
        return (first, last) if first is not None else None

    async def plot(self, campaign: UUID, bucket: timedelta, origin: datetime) -> list[PlotRow]:
        """By stretches of this length."""
        return [PlotRow(*row) for row in await self._all(_PLOT, bucket, origin, campaign)]

    async def by_service(self, campaign: UUID) -> list[tuple[str, int, int, int]]:
        """Host, sent, gone, failed."""
        return await self._all(_BY_SERVICE, campaign)

    async def by_language(self, campaign: UUID) -> list[tuple[str, int, int]]:
        """Language without region, sent, clicked."""
        return await self._all(_BY_LANGUAGE, campaign)

    async def sent_lately(self, campaign: UUID) -> int:
        """Since the beginning of the minute before this one."""
        ((sent,),) = await self._all(_LATELY, campaign)
        return int(sent)

    async def sent_before(self, shop: str, at: datetime) -> tuple[int, int, int]:
        """How many campaigns that are over began before, what of them was sent, and how many unsubscribed then."""
        ((campaigns, sent, unsubscribed),) = await self._all(_BEFORE, shop, at, MOST_BEFORE)
        return campaigns, sent, unsubscribed

    async def reached(self, shop: str, audience: Audience) -> Reached:
        values = {
            "shop": shop,
            "languages": audience.languages,
            "groups": audience.groups,
            "older": audience.older_than_days,
            "newer": audience.newer_than_days,
        }
        async with self._pool.connection() as connection:
            found = await (await connection.execute(_AUDIENCE, values)).fetchall()
        languages, groups = await self._all(_LANGUAGES, shop), await self._all(_GROUPS, shop, MOST_GROUPS)
        zones = {zone: reached for zone, reached, _ in found if reached}
        return Reached(zones, sum(of for _, _, of in found), languages, groups)

    async def subscribers(self, shop: str) -> tuple[int, int, int]:
        """How many there are, and how many came and left within 30 days."""
        ((there, added, left),) = await self._all(_SUBSCRIBERS, shop)
        return there, added, left

    async def _all(self, query: str, *values: Any) -> list[Any]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()
