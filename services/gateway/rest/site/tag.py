"""The shop's tag: GET /v1/shops/{shop}/tag says where it was met lately, and who was refused."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.envelope import rfc3339
from services.gateway.access.origins import spelled
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops
from services.gateway.tag.sightings import MOST_MET, MOST_PAGES, MOST_REFUSED

_SEEN: Final = """
    SELECT origin, last_seen_at AS at, (
        SELECT count(*) FROM (
            SELECT FROM tag.page WHERE page.shop = seen.shop AND page.origin = seen.origin LIMIT %s
        ) AS met
    ) AS pages, '' AS reason
    FROM tag.origin AS seen WHERE shop = %s ORDER BY last_seen_at DESC, origin LIMIT %s
"""
_REFUSED: Final = """
    SELECT origin, at, 0 AS pages, reason FROM tag.refused WHERE shop = %s ORDER BY at DESC, origin LIMIT %s
"""

_encode: Final = msgspec.json.Encoder().encode


class SeenOrigin(Struct):
    """Where the tag was met, on how many pages (up to 1,000) within 30 days, and when last."""

    origin: str
    pages: int
    last_seen_at: str


class RefusedOrigin(Struct):
    """A page of this origin carries the tag and was turned away; `reason` is `origin`: it is none of the shop's."""

    origin: str
    reason: str
    at: str


class Tag(Struct):
    """`snippet`: what a page carries. Origins are as browsers write them, the newest first."""

    snippet: str
    seen: list[SeenOrigin]
    refused: list[RefusedOrigin]


class _Row(Struct):
    origin: str
    at: datetime
    pages: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TagRest:
    """Owners and managers look; `pool` connects to the log's database."""

    pool: AsyncConnectionPool[AsyncConnection[Any]]
    shops: Shops
    access: StaffAccess
    public_url: str = ""

    def routes(self) -> list[Route]:
        return [Route("/v1/shops/{shop}/tag", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        settings = await self.shops.settings(shop)
        allowed = {spelled(one) for one in settings.origins} if settings else set()
        async with self.pool.connection() as connection, connection.cursor(row_factory=class_row(_Row)) as cursor:
            seen = await (await cursor.execute(_SEEN, [MOST_PAGES, shop, MOST_MET])).fetchall()
            refused = await (await cursor.execute(_REFUSED, [shop, MOST_REFUSED])).fetchall()
        tag = Tag(
            snippet=self._snippet(request, shop),
            seen=[SeenOrigin(row.origin, row.pages, rfc3339(row.at)) for row in seen],
            refused=[
                RefusedOrigin(row.origin, row.reason, rfc3339(row.at)) for row in refused if row.origin not in allowed
            ],
        )
        return Response(_encode(tag), 200, {"Cache-Control": "no-store"}, "application/json")

    def _snippet(self, request: Request, shop: str) -> str:
        base = self.public_url or f"{request.url.scheme}://{request.url.netloc}"
        return f'<script async src="{escape(base.rstrip("/"))}/widget.js" data-shop="{escape(shop)}"></script>'
