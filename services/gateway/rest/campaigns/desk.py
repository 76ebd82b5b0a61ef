"""Campaigns for managers and owners: `/v1/shops/{shop}/campaigns`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts import subjects
from contracts.command import Command
from contracts.conversations.appearance import Language
from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignDiscarded, CampaignEvent
from contracts.engagement.campaigns import CampaignContent, Zone
from contracts.ids import campaign_id
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import LogReader, uuid_or_none
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.campaigns import views
from services.gateway.rest.campaigns.at_work import AtWork
from services.gateway.rest.campaigns.content import WrittenCampaign, check_ready, checked
from services.gateway.rest.campaigns.own import Own
from services.gateway.rest.campaigns.showing import Showing
from services.gateway.rest.campaigns.store import CampaignPlace, CampaignRow, CampaignStore
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.lists.doing import SHOWN_WITHIN_SECONDS, Doing
from services.gateway.rest.lists.doing import shown as until_shown
from services.gateway.rest.paging import limit_of, place_of, wrong
from services.gateway.rest.problems import Problem, not_shown_yet
from services.gateway.rest.staff import StaffAccess, body_of
from services.gateway.time_zones import time_zones

log = logger(__name__)

PAGE: Final = 50
MOST: Final = 200
STATUSES: Final = ("draft", "scheduled", "sending", "paused", "cancelled", "finished")
PATIENCE_SECONDS: Final = 50.0
MOMENTS_SECONDS: Final = 2.0
FARTHEST_SECONDS: Final = 365 * 86_400.0
DEEDS: Final[Mapping[str, type[Command]]] = {
    "unschedule": c.UnscheduleCampaign,
    "pause": c.PauseCampaign,
    "resume": c.ResumeCampaign,
    "cancel": c.CancelCampaign,
}

_encode: Final = msgspec.json.Encoder().encode


class NewCampaign(Struct, forbid_unknown_fields=True):
    """What a campaign says, to whom and how, whole."""

    content: WrittenCampaign


class CampaignTime(Struct, forbid_unknown_fields=True, kw_only=True):
    """When a campaign is to go out: at `at`, or now. `local`: when clocks show in each subscriber's time zone what they
    show in `zone` then."""

    at: Annotated[datetime, Meta(tz=True)] | None = None
    local: bool = False
    zone: Zone = "UTC"


class CampaignTrial(Struct, forbid_unknown_fields=True):
    """In which language a test is to be; the campaign's first, if none is named."""

    language: Language | None = None


class TrialSent(Struct):
    """To how many browsers a test goes."""

    browsers: int


_campaign: Final = msgspec.json.Decoder(NewCampaign)
_when: Final = msgspec.json.Decoder(CampaignTime)
_trial: Final = msgspec.json.Decoder(CampaignTrial)


@dataclass(frozen=True, kw_only=True)
class CampaignsDesk:
    """What the routes work with."""

    store: CampaignStore
    events: LogReader
    work: AtWork
    showing: Showing
    own: Own
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/campaigns"
        one = f"{all_of_them}/{{campaign}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.add, methods=["POST"]),
            Route(one, self.show, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.discard, methods=["DELETE"]),
            Route(f"{one}/schedule", self.schedule, methods=["POST"]),
            Route(f"{one}/test", self.try_out, methods=["POST"]),
            *(Route(f"{one}/{deed}", self.decide, methods=["POST"]) for deed in DEEDS),
        ]

    # Looking

    async def index(self, request: Request) -> Response:
        shop, params = (await self.access.of_shop(request)).shop, request.query_params
        status = params.get("status") or None
        if status is not None and status not in STATUSES:
            raise wrong("status", f"must be one of {', '.join(STATUSES)}")
        after, limit = place_of(params.get("cursor"), CampaignPlace), limit_of(params.get("limit"), PAGE, MOST)
        rows, following = await self.store.page(shop, status, after, limit)
        items = await self.showing.items(shop, rows)
        return json_of(views.Campaigns(items, following.encode() if following else None))

    async def show(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        return json_of(await self.showing.details(shop, await self.find(shop, campaign_of(request))))

    async def find(self, shop: str, campaign: UUID) -> CampaignRow:
        """Raises Problem."""
        return await self.store.one(shop, campaign) or await self.latest(shop, campaign)

    async def latest(self, shop: str, campaign: UUID) -> CampaignRow:
        """As the log has it: what goes out is never what a draft was before. Raises Problem, also if the list does not
        have it so within moments."""
        row = await self.store.one(shop, campaign)
        if row is not None and row.started_at is not None:
            return row  # says for good what it says
        newest = await self.events.newest(shop, campaign, subjects.ENGAGEMENT)
        if not isinstance(newest, CampaignEvent) or isinstance(newest, CampaignDiscarded):
            raise unknown()
        row = await self._when_shown(shop, campaign, newest.originator_version, MOMENTS_SECONDS)
        if row is None:
            raise not_shown_yet()
        return row

    # Deciding

    async def add(self, request: Request) -> Response:
        """201 with the draft; its id follows from the Idempotency-Key, so that the same key makes no second one."""
        account = await self.access.of_shop(request)
        campaign = campaign_id(account.shop, account.id, command_id(request))
        return await self._save(request, account, c.DraftCampaign, campaign, 201)

    async def change(self, request: Request) -> Response:
        account = await self.access.of_shop(request)
        return await self._save(request, account, c.ChangeCampaign, campaign_of(request), 200)

    async def discard(self, request: Request) -> Response:
        """204 once that is stored; a second time there is nothing to discard."""
        account, campaign = await self.access.of_shop(request), campaign_of(request)
        await self.doing.do(request, account, c.DiscardCampaign, f"discard\n{campaign}", campaign=campaign)

        async def gone() -> bool:
            return await self.store.one(account.shop, campaign) is None

        await until_shown(gone)
        return Response(status_code=204)

    async def schedule(self, request: Request) -> Response:
        """200 with the campaign, which waits for its time or is on its way."""
        account, campaign = await self.access.of_shop(request), campaign_of(request)
        given = _possible(await decoded(request, _when))
        row = await self.latest(account.shop, campaign)
        if row.status == "draft":
            await self._check_on(account.shop)
            content = msgspec.json.decode(row.content, type=CampaignContent)
            check_ready(content, await self.own.origins(request, account.shop))
        at = None if given.at is None else given.at.astimezone(UTC)
        digest = f"schedule\n{campaign}\n{at}\n{given.local}\n{given.zone}"
        fields = {"campaign": campaign, "at": at, "local": given.local, "zone": given.zone}
        return await self._done(request, account, c.ScheduleCampaign, digest, fields, 200)

    async def decide(self, request: Request) -> Response:
        """200 with the campaign as it stands then."""
        account, campaign = await self.access.of_shop(request), campaign_of(request)
        deed = request.url.path.rpartition("/")[2]
        return await self._done(request, account, DEEDS[deed], f"{deed}\n{campaign}", {"campaign": campaign}, 200)

    async def try_out(self, request: Request) -> Response:
        """202: it goes to the browsers in which whoever asks wants to be pushed themselves."""
        account, campaign = await self.access.of_shop(request), campaign_of(request)
        given = await decoded(request, _trial) if await body_of(request) else CampaignTrial()
        row = await self.latest(account.shop, campaign)
        notices = msgspec.json.decode(row.content, type=CampaignContent).notices
        language = given.language or next(iter(notices))
        if language not in notices:
            raise invalid("language", "The campaign says nothing in this language.")
        browsers = await self.work.try_out(account.shop, campaign, account.id, language, row.content)
        if not browsers:
            raise Problem(409, "no_browser", "You have turned on push in no browser.")
        return json_of(TrialSent(browsers), 202)

    async def _check_on(self, shop: str) -> None:
        """What is under way goes on where push is turned off; nothing new begins. Raises Problem."""
        settings = await self.own.shops.settings(shop)
        if settings is None or not settings.push.on:
            raise Problem(409, "push_off", "Push is turned off in the shop's settings.")

    async def _save(
        self, request: Request, account: Account, kind: type[Command], campaign: UUID, status: int
    ) -> Response:
        content = checked((await decoded(request, _campaign)).content)
        said = hashlib.sha256(msgspec.json.encode(content)).hexdigest()
        fields = {"campaign": campaign, "content": content}
        return await self._done(request, account, kind, f"save\n{campaign}\n{said}", fields, status)

    async def _done(
        self, request: Request, account: Account, kind: type[Command], digest: str, fields: dict[str, Any], status: int
    ) -> Response:
        stored = await self.doing.do(request, account, kind, digest, **fields)
        campaign = fields["campaign"]
        log.info("Campaign decided", shop=account.shop, operator=account.id, campaign=str(campaign), by=kind.__name__)
        row = await self._when_shown(account.shop, campaign, stored.seq, SHOWN_WITHIN_SECONDS)
        if row is None:  # stored, and listed in a moment
            return json_of(CampaignStored(campaign), 202)
        return json_of(await self.showing.details(account.shop, row), status)

    async def _when_shown(self, shop: str, campaign: UUID, seq: int, within: float) -> CampaignRow | None:
        row: CampaignRow | None = None

        async def there() -> bool:
            nonlocal row
            row = await self.store.one(shop, campaign)
            return row is not None and row.seq >= seq

        await until_shown(there, within)
        return row if row is not None and row.seq >= seq else None


def _possible(when: CampaignTime) -> CampaignTime:
    """A time to come, in a time zone that there is. Raises Problem; the campaign looks again."""
    if when.zone not in time_zones():
        raise invalid("zone", "There is no such time zone; one is Europe/Warsaw.")
    ahead = (when.at - datetime.now(UTC)).total_seconds() if when.at is not None else 0.0
    if ahead < -PATIENCE_SECONDS:
        raise invalid("at", "This time has passed.")
    if ahead > FARTHEST_SECONDS:
        raise invalid("at", "This time is more than a year ahead.")
    return when


class CampaignStored(Struct):
    """Stored, and shown in a moment."""

    id: UUID


def campaign_of(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["campaign"])
    if found is None:
        raise unknown()
    return found


def unknown() -> Problem:
    return Problem(404, "not_found", "There is no such campaign.")


def json_of(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
