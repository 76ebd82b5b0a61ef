"""Campaigns with how they go, from the read tables and from what is at work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import UNSET, UnsetType

from services.gateway.rest.campaigns import views
from services.gateway.rest.campaigns.at_work import AtWork, Waiting
from services.gateway.rest.campaigns.store import CampaignRow, CampaignStore
from services.gateway.shops import StaffNames

FEW_CAMPAIGNS: Final = 3
FEW_SENT: Final = 100
"""With fewer nothing is usual yet."""


@dataclass(frozen=True, kw_only=True)
class Showing:
    """All may raise psycopg's errors while a database is away."""

    store: CampaignStore
    work: AtWork
    names: StaffNames

    async def items(self, shop: str, rows: Sequence[CampaignRow]) -> list[views.CampaignShown]:
        """As the list has them."""
        await self.names.refresh(shop, {row.author for row in rows})
        return [views.CampaignShown(**self._members(shop, row)) for row in rows]

    async def details(self, shop: str, row: CampaignRow) -> views.CampaignDetails:
        """As it is shown alone."""
        await self.names.refresh(shop, [row.author])
        over = row.started_at is None or row.finished_at is not None
        waiting = Waiting() if over else await self.work.waiting(row.id)
        rate = await self._rate(row)
        left = views.left_of(waiting, rate)
        return views.CampaignDetails(
            **self._members(shop, row),
            waiting=waiting.waiting,
            retrying=waiting.retrying,
            quiet=waiting.quiet,
            by_service=await self._by_service(row),
            by_language=[
                views.LanguageShown(language=language, sent=sent, clicked=clicked)
                for language, sent, clicked in await self.store.by_language(row.id)
            ],
            plot=await self._plot(row),
            pauses=await self._pauses(row),
            rate=rate,
            left_seconds=UNSET if left is None else left,
            usual_unsubscribed=await self._usual(shop, row),
        )

    async def _rate(self, row: CampaignRow) -> int:
        if row.status != "sending" or row.finished_at is not None:
            return 0
        return views.rate_of(await self.store.sent_lately(row.id), row.started_at, datetime.now(UTC))

    async def _by_service(self, row: CampaignRow) -> list[views.ServiceShown]:
        if row.started_at is None:
            return []
        slowed = {} if row.finished_at else await self.work.slowed()
        return views.services_shown(await self.work.services(row.id), await self.store.by_service(row.id), slowed)

    async def _pauses(self, row: CampaignRow) -> list[views.PauseShown]:
        return [] if row.started_at is None else views.pauses_shown(await self.work.pauses(row.id, row.finished_at))

    async def _usual(self, shop: str, row: CampaignRow) -> float | UnsetType:
        if row.started_at is None:
            return UNSET
        campaigns, sent, unsubscribed = await self.store.sent_before(shop, row.started_at)
        return UNSET if campaigns < FEW_CAMPAIGNS or sent < FEW_SENT else unsubscribed / sent

    async def _plot(self, row: CampaignRow) -> list[views.PlotPoint]:
        span = await self.store.span(row.id)
        return [] if span is None else views.plot_shown(await self.store.plot(row.id, views.bucket_of(*span), span[0]))

    def _members(self, shop: str, row: CampaignRow) -> dict[str, Any]:
        return views.members(row, self.names.name(shop, row.author))
