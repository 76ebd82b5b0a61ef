"""Push of a shop as a whole: whom it reaches, whether its pages are ready, and whom a campaign would reach."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.settings import ShopSettings
from services.common.quiet_hours import quiet_end
from services.common.times import zone_of
from services.common.vapid import ShopKeys
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.campaigns import worker
from services.gateway.rest.campaigns.at_work import AtWork
from services.gateway.rest.campaigns.content import WrittenAudience, WrittenQuietHours, is_of, is_web
from services.gateway.rest.campaigns.desk import json_of
from services.gateway.rest.campaigns.fetching import Fetcher, Unreachable
from services.gateway.rest.campaigns.own import Own
from services.gateway.rest.campaigns.store import CampaignStore
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops


class WorkerShown(Struct, kw_only=True, omit_defaults=True):
    """The file that the shop hosts: its path, the line that stands in it, and how that is on each origin; `origins` are
    absent if nobody wanted to know."""

    path: str
    snippet: str
    origins: list[worker.OriginChecked] | UnsetType = UNSET


class PushShown(Struct, kw_only=True):
    """`key` is the shop's public one (RFC 8292). `browsers`: in how many whoever asks can try out a campaign. `icon`
    is the address of the shop's own, or empty."""

    on: bool
    key: str
    subscribers: int
    added_30_days: int
    left_30_days: int
    browsers: int
    icon: str
    worker: WorkerShown


class WhichAudience(Struct, forbid_unknown_fields=True, kw_only=True):
    """`quiet_hours`: those of the campaign, to be told for how many it is quiet just now."""

    audience: WrittenAudience
    quiet_hours: WrittenQuietHours | None = None


class LanguageCount(Struct):
    language: str
    count: int


class GroupCount(Struct):
    group: str
    count: int


class AudienceCounted(Struct):
    """`count` of all `of` subscribers, for `quiet` of whom it is quiet now; `languages` (without regions) and `groups`
    are those that they have."""

    count: int
    quiet: int
    of: int
    languages: list[LanguageCount]
    groups: list[GroupCount]


class WhichPage(Struct, forbid_unknown_fields=True):
    url: Annotated[str, Meta(max_length=2_000)]


class PageFound(Struct, kw_only=True, omit_defaults=True):
    """`status` is absent where nothing answers."""

    found: bool
    status: int | UnsetType = UNSET


_audience: Final = msgspec.json.Decoder(WhichAudience)
_page: Final = msgspec.json.Decoder(WhichPage)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """For managers and owners."""

    store: CampaignStore
    work: AtWork
    shops: Shops
    keys: ShopKeys
    own: Own
    fetcher: Fetcher
    access: StaffAccess

    def routes(self) -> list[Route]:
        return [
            Route("/v1/shops/{shop}/push", self.show, methods=["GET"]),
            Route("/v1/shops/{shop}/campaigns/audience", self.audience, methods=["POST"]),
            Route("/v1/shops/{shop}/campaigns/url", self.page, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """With `check=no` the shop's pages are not looked at, which takes seconds where one does not answer."""
        account = await self.access.of_shop(request)
        settings = await self.shops.settings(account.shop) or ShopSettings()
        there, added, left = await self.store.subscribers(account.shop)
        shown = PushShown(
            on=settings.push.on,
            key=(await self.keys.of(account.shop)).public,
            subscribers=there,
            added_30_days=added,
            left_30_days=left,
            browsers=await self.work.browsers(account.id),
            icon=settings.push.icon,
            worker=await self._worker(request, account.shop, settings.push.worker),
        )
        return json_of(shown)

    async def audience(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        given = await decoded(request, _audience)
        found = await self.store.reached(shop, given.audience)
        now, hours = datetime.now(UTC), given.quiet_hours
        counted = AudienceCounted(
            count=sum(found.zones.values()),
            quiet=sum(count for zone, count in found.zones.items() if quiet_end(now, zone_of(zone), hours)),
            of=found.of,
            languages=[LanguageCount(*one) for one in found.languages],
            groups=[GroupCount(*one) for one in found.groups],
        )
        return json_of(counted)

    async def page(self, request: Request) -> Response:
        """Whether a page of the shop answers; others we don't ask."""
        shop = (await self.access.of_shop(request)).shop
        url = (await decoded(request, _page)).url
        if not is_web(url):
            raise invalid("url", "The address is one such as https://shop.example/new.")
        if not is_of(url, await self.own.origins(request, shop)):
            raise invalid("url", "This is no page of an origin that the shop's settings allow.")
        try:
            status = (await self.fetcher.get(url.partition("#")[0], body=False)).status
        except Unreachable:
            return json_of(PageFound(found=False))
        return json_of(PageFound(found=status < 400, status=status))

    async def _worker(self, request: Request, shop: str, path: str) -> WorkerShown:
        gateway = self.own.gateway(request)
        shown = WorkerShown(path=path, snippet=worker.line_of(gateway))
        if request.query_params.get("check") != "no":
            shown.origins = await worker.check(self.fetcher, await self.own.origins(request, shop), path, gateway)
        return shown
