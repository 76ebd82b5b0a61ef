"""The ledger of a campaign: what became of it for each subscription, kept for 90 days."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from psycopg.errors import QueryCanceled
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.common.logs import logger
from services.gateway.rest.campaigns import views
from services.gateway.rest.campaigns.deliveries import OUTCOMES, Deliveries, DeliveryPlace, DeliveryRow
from services.gateway.rest.campaigns.desk import CampaignsDesk, campaign_of, json_of
from services.gateway.rest.paging import limit_of, place_of, wrong
from services.gateway.rest.problems import Problem
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row, separator_of
from services.gateway.rest.staff import StaffAccess

log = logger(__name__)

PAGE: Final = 100
MOST: Final = 500
COLUMNS: Final = (
    "subscription",
    "outcome",
    "at",
    "service",
    "language",
    "attempts",
    "uncertain",
    "clicked",
    "unsubscribed",
    "error",
)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """For managers and owners."""

    deliveries: Deliveries
    desk: CampaignsDesk
    access: StaffAccess

    def routes(self) -> list[Route]:
        path = "/v1/shops/{shop}/campaigns/{campaign}/deliveries"
        return [
            Route(path, self.index, methods=["GET"]),
            Route(f"{path}.csv", self.as_csv, methods=["GET"]),
        ]

    async def index(self, request: Request) -> Response:
        shop, params = (await self.access.of_shop(request)).shop, request.query_params
        campaign, wanted = (await self.desk.find(shop, campaign_of(request))).id, _outcome(request)
        after, limit = place_of(params.get("cursor"), DeliveryPlace), limit_of(params.get("limit"), PAGE, MOST)
        place = after.subscription if after else None
        try:
            rows, following = await self.deliveries.page(shop, campaign, wanted, place, limit)
        except QueryCanceled:
            raise _too_many() from None
        items = [views.delivery_shown(row) for row in rows]
        return json_of(views.Deliveries(items, following.encode() if following else None))

    async def as_csv(self, request: Request) -> Response:
        """What has been read so far goes out while the rest is read."""
        account = await self.access.of_shop(request)
        campaign, wanted = (await self.desk.find(account.shop, campaign_of(request))).id, _outcome(request)
        log.info("Deliveries exported", shop=account.shop, operator=account.id, campaign=str(campaign))
        separator = separator_of(request.query_params)
        headers = {"Content-Disposition": 'attachment; filename="deliveries.csv"', "Cache-Control": "no-store"}
        pages = self.deliveries.all(account.shop, campaign, wanted)
        return StreamingResponse(_rows(pages, separator), 200, headers, "text/csv; charset=utf-8")


def _too_many() -> Problem:
    detail = "There are too many deliveries to look for these few among them; take them as CSV, which may take longer."
    return Problem(503, "unavailable", detail, {"Retry-After": "10"})


def _outcome(request: Request) -> str | None:
    wanted = request.query_params.get("outcome") or None
    if wanted is not None and wanted not in OUTCOMES:
        raise wrong("outcome", f"must be one of {', '.join(OUTCOMES)}")
    return wanted


async def _rows(pages: AsyncIterator[list[DeliveryRow]], separator: str) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + csv_row(COLUMNS, separator)
    async for page in pages:
        yield "".join(csv_row((_cell(getattr(row, name)) for name in COLUMNS), separator) for row in page)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return rfc3339(value) if hasattr(value, "isoformat") else value
