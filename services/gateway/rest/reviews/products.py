"""What product pages show of reviews: `/v1/shops/{shop}/products/{sku}/reviews`, as JSON or drawn as HTML."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import msgspec
from msgspec import ValidationError, convert
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.settings import ShopSettings
from contracts.ids import ShopId
from services.common.database import DatabaseAway
from services.gateway.limits import Limits
from services.gateway.peers import peer_of
from services.gateway.rest.problems import Problem, check_pace, unavailable
from services.gateway.rest.reviews.json_ld import json_ld
from services.gateway.rest.reviews.query import ReviewQuery, parse
from services.gateway.rest.reviews.snippet import FIRST, Found, snippet
from services.gateway.rest.reviews.store import Product, ReviewStore
from services.gateway.rest.reviews.views import encode, product_reviews
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops

LONGEST_SKU: Final = 64
MOST_DRAWN: Final = 20
"""Reviews in one piece of HTML, which anybody may ask for."""
_FOR_PAGES: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # Opened by itself it shows what it is; nothing in it runs.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
}


@dataclass(frozen=True, kw_only=True)
class ProductsRest:
    """JSON for staff and keys with `reviews:read`; HTML, of what is public anyway, for any page."""

    store: ReviewStore
    shops: Shops
    limits: Limits
    access: StaffAccess
    public_url: str = ""

    def routes(self) -> list[Route]:
        of_product = "/v1/shops/{shop}/products/{sku:path}/reviews"
        return [
            Route(f"{of_product}.html", self.draw, methods=["GET"]),
            Route(of_product, self.show, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        shop, sku = (await self.access.of_shop(request)).shop, _sku(request)
        query = _of_product(parse(request.query_params), sku)
        try:
            figures, product = await self.store.figures(shop, sku), await self.store.product(shop, sku)
            rows, following = await self.store.page(shop, query)
        except DatabaseAway:
            raise unavailable() from None
        told = product_reviews(
            figures, rows, following.encode() if following else None, json_ld(sku, product.name, figures, rows)
        )
        return Response(encode(told), 200, {"Cache-Control": "no-store"}, "application/json")

    async def draw(self, request: Request) -> Response:
        """Of a product that nobody has reviewed it says so: which products there are only the shop knows."""
        try:
            check_pace(await self.limits.page_read(peer_of(request.scope)))
            page = await self._drawn(request)
        except Problem as problem:
            response = problem.response()
            response.headers["Access-Control-Allow-Origin"] = "*"
            return response
        # As long as nobody has told how we are reached, the addresses in it are those of whoever asks.
        shared = "public" if self.public_url else "private"
        headers = {**_FOR_PAGES, "Cache-Control": f"{shared}, max-age=60"}
        return Response(page, 200, headers, "text/html; charset=utf-8")

    async def _drawn(self, request: Request) -> str:
        shop, sku = request.path_params["shop"], _sku(request)
        query = _of_product(parse(request.query_params, limit=FIRST, most=MOST_DRAWN), sku)
        try:
            settings = await self._settings(shop)
            found = await self._found(shop, sku, query)
        except DatabaseAway:
            raise unavailable() from None
        first_page = query.cursor is None and not query.stars
        return snippet(
            found,
            query,
            language=request.query_params.get("language") or settings.languages[0],
            address=f"{self._base(request)}/v1/shops/{shop}/products/{quote(sku, safe='')}/reviews.html",
            shop_name=settings.name,
            zone=settings.time_zone,
            json_ld=json_ld(sku, found.product.name, found.figures, found.rows) if first_page else None,
        )

    async def _found(self, shop: str, sku: str, query: ReviewQuery) -> Found:
        figures = await self.store.figures(shop, sku)
        if not figures.count:
            return Found(figures, Product([], [], ""), [], None, 0)
        rows, following = await self.store.page(shop, query)
        matching = figures.count
        if query.language or query.variant:
            matching = await self.store.count(shop, query)
        elif query.stars:
            matching = figures.stars[query.stars]
        return Found(figures, await self.store.product(shop, sku), rows, following, matching)

    async def _settings(self, shop: str) -> ShopSettings:
        try:
            settings = await self.shops.settings(convert(shop, ShopId))
        except ValidationError:
            settings = None
        if settings is None:
            raise Problem(404, "not_found", "There is no such shop.")
        return settings

    def _base(self, request: Request) -> str:
        return (self.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")


def _of_product(query: ReviewQuery, sku: str) -> ReviewQuery:
    """Published ones of this product, whatever else is asked for."""
    changed: dict[str, Any] = {"state": "published", "sku": sku, "q": None}
    return msgspec.structs.replace(query, **changed)


def _sku(request: Request) -> str:
    sku: str = request.path_params["sku"]
    if not sku or len(sku) > LONGEST_SKU:
        raise Problem(404, "not_found", "There is no such product.")
    return sku
