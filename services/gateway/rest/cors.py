"""REST that a shop's own pages may call from a browser (CORS, as the Fetch standard has it)."""

from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import ValidationError, convert
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.settings import ShopSettings
from contracts.ids import ShopId
from services.common.database import DatabaseAway
from services.gateway.access.origins import Origins
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.shops import Shops

PREFLIGHT_SECONDS: Final = 600
"""How long a browser may remember what it was allowed."""
IDENTITY_HEADER: Final = "Shopbell-Identity"
"""Carries the shop's word for its customer where the body is no JSON that could."""
NAME_HEADER: Final = "Shopbell-File-Name"
"""What a file is called, percent-encoded (RFC 3986): it is personal, and addresses are written into logs."""
HEADERS: Final = f"Authorization, Content-Type, Idempotency-Key, {IDENTITY_HEADER}, {NAME_HEADER}"

Handler = Callable[[Request, ShopSettings], Awaitable[Response]]
"""Gets the settings of the shop in the path, which exists."""


class ShopPages:
    """Lets in pages of the shop's origins, of our own, and what is no page; they may read every answer."""

    def __init__(self, shops: Shops, origins: Origins) -> None:
        self._shops = shops
        self._origins = origins

    def route(self, path: str, handler: Handler, *methods: str) -> Route:
        """A route with its preflight; more `methods` than one go to the same handler."""

        async def endpoint(request: Request) -> Response:
            return await self._serve(request, handler, methods)

        return Route(path, endpoint, methods=[*methods, "OPTIONS"])

    async def _serve(self, request: Request, handler: Handler, methods: tuple[str, ...]) -> Response:
        settings = await self._settings(request.path_params["shop"])
        if not self._origins.allowed(request.scope, settings.origins):
            raise Problem(403, "forbidden", "Requests from this origin are not accepted.", {"Vary": "Origin"})
        if request.method == "OPTIONS":
            response = Response(status_code=204)
            response.headers["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
            response.headers["Access-Control-Allow-Headers"] = HEADERS
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        else:
            response = await self._answer(request, handler, settings)
        origin = request.headers.get("origin")
        if origin is not None:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Vary"] = "Origin"
        return response

    @staticmethod
    async def _answer(request: Request, handler: Handler, settings: ShopSettings) -> Response:
        """Also what goes wrong is for the page to read."""
        try:
            return await handler(request, settings)
        except Problem as problem:
            return problem.response()
        except DatabaseAway:
            return unavailable().response()

    async def _settings(self, shop: str) -> ShopSettings:
        """Raises Problem if there is no such shop, psycopg's errors while the database is away."""
        try:
            settings = await self._shops.settings(convert(shop, ShopId))
        except ValidationError:
            settings = None
        if settings is None:
            raise Problem(404, "not_found", "There is no such shop.")
        return settings
