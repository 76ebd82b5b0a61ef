"""How a shop asks for reviews: `/v1/shops/{shop}/review-rules`."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.engagement.campaigns import Zone
from contracts.engagement.review_commands import SetReviewRules
from contracts.engagement.reviews import ReviewRules
from services.common.database import DatabaseAway
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.lists.doing import Doing
from services.gateway.rest.orders.policy import Policies
from services.gateway.rest.problems import unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops
from services.gateway.time_zones import time_zones


class NewReviewRules(ReviewRules, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them at once; what is left out is as it is at first, and the zone the shop's own."""

    zone: Zone = ""


_decoder: Final = msgspec.json.Decoder(NewReviewRules)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class RulesRest:
    """For managers and owners."""

    policies: Policies
    shops: Shops
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        path = "/v1/shops/{shop}/review-rules"
        return [Route(path, self.show, methods=["GET"]), Route(path, self.change, methods=["PUT"])]

    async def show(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        try:
            rules = await self.policies.as_set(account.shop)
            rules = rules or ReviewRules(zone=await self._zone(account.shop))
        except DatabaseAway:
            raise unavailable() from None
        return _json(rules)

    async def change(self, request: Request) -> Response:
        """They hold for orders that are reported from then on; `on` for all."""
        account = await self.access.of_shop(request)
        given = await decoded(request, _decoder)
        if not given.zone:
            given = msgspec.structs.replace(given, zone=await self._zone(account.shop))
        if given.zone not in time_zones():
            raise invalid("zone", "There is no such time zone; one is Europe/Warsaw.")
        rules = ReviewRules(**msgspec.structs.asdict(given))
        print_ = hashlib.sha256(msgspec.json.encode(rules)).hexdigest()
        await self.doing.do(request, account, SetReviewRules, f"rules\n{print_}", rules=rules)
        return _json(rules)

    async def _zone(self, shop: str) -> str:
        """The shop's own."""
        settings = await self.shops.settings(shop)
        return settings.time_zone if settings is not None else "UTC"


def _json(rules: Struct) -> Response:
    """With all members: what is as at first is left out in the log alone."""
    shown: dict[str, Any] = msgspec.structs.asdict(rules)
    return Response(_encode(shown), 200, {"Cache-Control": "no-store"}, "application/json")
