"""Who gets which review mail when, and who got one: `/v1/shops/{shop}/review-requests`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.engagement.reviews import STOPPING, ReviewRules
from contracts.envelope import rfc3339
from services.common.database import DatabaseAway
from services.gateway.rest.orders.policy import Policies
from services.gateway.rest.orders.store import SHELVES, Cursor, RequestQuery, RequestRow, RequestStore
from services.gateway.rest.paging import limit_of, place_of, wrong
from services.gateway.rest.problems import unavailable
from services.gateway.rest.staff import StaffAccess

DAYS: Final = 30
MOST: Final = 200


class ReviewRequestShown(Struct, kw_only=True):
    """One mail. `would`: as things stand now, whether it is to be sent or why not; of planned ones alone.

    `products`: those it asks about, by name. `state`: planned, sent, withheld, or stopped before its time came.
    """

    id: UUID
    number: str
    step: str
    state: str
    due_at: str | None
    at: str
    reason: str | None
    name: str | None
    products: list[str]
    opened_at: str | None
    would: str | None


class ReviewRequestsShown(Struct):
    items: list[ReviewRequestShown]
    next: str | None


class ReviewRequestFigures(Struct, kw_only=True):
    """Of the last `days` days. `opened` and `wrote` count orders about which a mail went then; who wrote has opened.
    `planned`: how many mails are to come."""

    days: int
    sent: int
    opened: int
    wrote: int
    reminded: int
    withheld: dict[str, int]
    unsubscribed: int
    planned: int


_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class RequestsRest:
    """For managers and owners: names of customers are in it."""

    store: RequestStore
    policies: Policies
    access: StaffAccess

    def routes(self) -> list[Route]:
        path = "/v1/shops/{shop}/review-requests"
        return [Route(path, self.index, methods=["GET"]), Route(f"{path}/figures", self.figures, methods=["GET"])]

    async def index(self, request: Request) -> Response:
        account, query = await self.access.of_shop(request), parse(request.query_params)
        try:
            rules = await self.policies.rules(account.shop)
            rows, following = await self.store.page(account.shop, query)
        except DatabaseAway:
            raise unavailable() from None
        shown = [_shown(row, rules) for row in rows]
        return _json(ReviewRequestsShown(shown, following.encode() if following else None))

    async def figures(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        try:
            found, withheld = await self.store.figures(account.shop, datetime.now(UTC) - timedelta(days=DAYS))
        except DatabaseAway:
            raise unavailable() from None
        return _json(ReviewRequestFigures(days=DAYS, withheld=withheld, **found._asdict()))


def parse(params: Mapping[str, str]) -> RequestQuery:
    """The query of a request's parameters. Raises a Problem that says which one is wrong, and how."""
    state: Any = params.get("state") or "all"
    if state not in SHELVES:
        raise wrong("state", f"must be one of {', '.join(SHELVES)}")
    cursor = place_of(params.get("cursor"), Cursor)
    if cursor is not None and cursor.at.tzinfo is None:
        raise wrong("cursor", "is none that a list has given")
    return RequestQuery(state=state, cursor=cursor, limit=limit_of(params.get("limit"), 50, MOST))


def would(row: RequestRow, rules: ReviewRules) -> str:
    """What came of the mail if it were due now: `send`, or why it is withheld."""
    if not rules.on:
        return "off"
    if row.status in STOPPING:
        return row.status or ""
    if not row.has_address:
        return "no_address"
    if row.unsubscribed or row.bounced:
        return "unsubscribed" if row.unsubscribed else "bounced"
    return "send" if _unreviewed(row) else "reviewed"


def _unreviewed(row: RequestRow) -> list[str]:
    return [item["name"] for item in row.items if item["sku"] not in row.reviewed]


def _shown(row: RequestRow, rules: ReviewRules) -> ReviewRequestShown:
    planned = row.state == "planned"
    return ReviewRequestShown(
        id=row.id,
        number=row.number,
        step=row.step,
        state=row.state,
        due_at=rfc3339(row.due_at) if row.due_at else None,
        at=rfc3339(row.at),
        reason=row.reason,
        name=row.name,
        products=_unreviewed(row) if planned else [item["name"] for item in row.items],
        opened_at=rfc3339(row.opened_at) if row.opened_at else None,
        would=would(row, rules) if planned else None,
    )


def _json(body: Struct) -> Response:
    return Response(_encode(body), 200, {"Cache-Control": "no-store"}, "application/json")
