"""Push subscriptions of visitors' browsers, and what those tell of a notification: from a shop's pages.

A browser is known by its push service's address alone, which nobody else can guess: whoever brings it speaks for it.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Answer, Rejected, Stored
from contracts.command import Command
from contracts.conversations.appearance import Language
from contracts.conversations.settings import ShopSettings
from contracts.engagement.campaign_commands import AddPushSubscription, RemovePushSubscription
from contracts.engagement.campaigns import Slug
from contracts.ids import CommandId, push_subscription_id
from services.common import erased
from services.common.broker import Broker
from services.common.key_store import KeyStore
from services.common.logs import correlation
from services.common.person_keys import PersonKey
from services.common.push_services import BadEndpoint, KnownServices
from services.gateway.access.visitor_ids import Visitor, VisitorIds
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.peers import peer_of
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.campaigns.clicks import Clicks
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.problems import Problem, check_pace, of_refusal
from services.gateway.rest.push import SubscriptionKeys, point_of, secret_of
from services.gateway.rest.visitors import Visitors
from services.gateway.time_zones import time_zones

MAX_BODY: Final = 32_768
UTC: Final = "UTC"


class BrowserSubscription(Struct, kw_only=True):
    """A `PushSubscription` as browsers write it as JSON."""

    endpoint: Annotated[str, Meta(max_length=2_000)]
    keys: SubscriptionKeys


class NewPushSubscription(Struct, kw_only=True):
    """The body of `POST …/push-subscriptions`: `zone` is the browser's time zone, `group` that of the page it is on.

    Sent again it says what is new; what can't be understood of `zone` and `group` is left out.
    """

    id: CommandId
    subscription: BrowserSubscription
    language: Language = "en"
    zone: Annotated[str, Meta(max_length=64)] = UTC
    group: Annotated[str, Meta(max_length=200)] | None = None
    token: Annotated[str, Meta(max_length=4_000)] | None = None
    identity: Annotated[str, Meta(max_length=8_000)] | None = None


class EndedPushSubscription(Struct, kw_only=True):
    """Which browser wants no more; `campaign` is that whose notification was the last one, if there was any."""

    endpoint: Annotated[str, Meta(max_length=2_000)]
    campaign: UUID | None = None


class KeptPushSubscription(Struct):
    """The id under which the browser is known."""

    subscription: UUID


class Clicked(Struct, kw_only=True):
    """`delivery` came with the notification."""

    delivery: UUID


_new: Final = msgspec.json.Decoder(NewPushSubscription)
_ended: Final = msgspec.json.Decoder(EndedPushSubscription)
_clicked: Final = msgspec.json.Decoder(Clicked)
_slug: Final = msgspec.json.Decoder(Slug)


@dataclass(frozen=True, kw_only=True)
class Subscriptions:
    """What the routes work with. `services`: where pushes may go."""

    visitors: Visitors
    ids: VisitorIds
    keys: KeyStore
    broker: Broker
    dispatch: Dispatch
    limits: Limits
    clicks: Clicks
    services: KnownServices

    def routes(self, pages: ShopPages) -> list[Route]:
        return [
            pages.route("/v1/shops/{shop}/push-subscriptions", self.change, "POST", "DELETE"),
            pages.route("/v1/shops/{shop}/push-clicks", self.click, "POST"),
        ]

    async def change(self, request: Request, settings: ShopSettings) -> Response:
        shop = request.path_params["shop"]
        check_pace(await self.limits.push_request(peer_of(request.scope)))
        if request.method == "DELETE":
            return await self._remove(request, shop)
        if not settings.push.on:
            raise Problem(409, "not_open", "This shop does not push.")
        return await self._add(request, shop)

    async def click(self, request: Request, _settings: ShopSettings) -> Response:
        """204, whatever it was about: nothing is to be learned here."""
        check_pace(await self.limits.push_click(peer_of(request.scope)))
        given = await decoded(request, _clicked, MAX_BODY)
        await self.clicks.note(request.path_params["shop"], given.delivery)
        return Response(status_code=204)

    async def _add(self, request: Request, shop: str) -> Response:
        """201, or 200 for a browser that is known already."""
        given = await decoded(request, _new, MAX_BODY)
        service = self._checked(given.subscription)
        visitor = await self._visitor(shop, given)
        subscription = push_subscription_id(shop, given.subscription.endpoint)
        person = self.ids.of_subscription(shop, subscription)
        known = await self.keys.get(shop, person) is not None
        if not known:  # what is no subscription, or none that is new, takes nothing away from others of the shop
            check_pace(await self.limits.push_subscription(shop))
        key = await self.keys.get_or_create(shop, person, visitor.id if visitor else None)
        if visitor is not None:
            await self.keys.link(shop, person, visitor.id)
        answer = await self._ask(
            AddPushSubscription,
            shop,
            person,
            given.id,
            **_sealed(given.subscription, key),
            subscription=subscription,
            person=person,
            service=service,
            language=given.language,
            zone=given.zone if given.zone in time_zones() else UTC,
            group=_group(given.group),
            visitor=visitor.id if visitor else None,
        )
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        body = msgspec.json.encode(KeptPushSubscription(subscription))
        return Response(body, 200 if known else 201, {"Cache-Control": "no-store"}, "application/json")

    def _checked(self, given: BrowserSubscription) -> str:
        """The push service. Raises Problem."""
        try:
            service = self.services.service_of(given.endpoint)
        except BadEndpoint as bad:
            raise invalid("subscription.endpoint", str(bad)) from None
        try:
            point_of(given.keys.p256dh), secret_of(given.keys.auth)
        except Problem as problem:
            field = f"subscription.{problem.more['field']}"
            raise invalid(field, problem.detail) from None
        return service

    async def _visitor(self, shop: str, given: NewPushSubscription) -> Visitor | None:
        """Who chats in this browser; what says nothing (any more) is no reason to refuse push."""
        try:
            return await self.visitors.known(shop, given.token, given.identity)
        except Problem:
            return None

    async def _remove(self, request: Request, shop: str) -> Response:
        """204, whether there was one or not. The key goes first: a browser that comes back gets another one, and
        nothing that is still under way destroys that."""
        given = await decoded(request, _ended, MAX_BODY)
        subscription = push_subscription_id(shop, given.endpoint)
        person = self.ids.of_subscription(shop, subscription)
        await self.keys.destroy(shop, person)
        await erased.tell(self.broker, shop, [person])
        answer = await self._ask(
            RemovePushSubscription,
            shop,
            person,
            command_id(request),
            digest=f"remove\n{subscription}",
            subscription=subscription,
            reason="visitor",
            campaign=given.campaign,
        )
        if isinstance(answer, Rejected) and answer.code != "not_found":
            raise of_refusal(answer)
        if isinstance(answer, Stored) and given.campaign is not None:
            await self.clicks.note_unsubscribed(shop, given.campaign, subscription)
        return Response(status_code=204)

    async def _ask(self, kind: type[Command], shop: str, sender: str, command: str, **fields: Any) -> Answer:
        n = self.dispatch.next_number()
        return await self.dispatch.ask(
            kind(
                id=command,
                shop=shop,
                sender_kind="visitor",
                sender=sender,
                gateway=self.dispatch.gateway,
                n=n,
                correlation=correlation() or f"push-{n}",
                **fields,
            )
        )


def _sealed(given: BrowserSubscription, key: PersonKey) -> dict[str, str]:
    """The digest tells this address from another one."""
    address = {"endpoint": given.endpoint, "p256dh": given.keys.p256dh, "auth": given.keys.auth}
    return {
        "address": key.seal(msgspec.json.encode(address).decode(), "address"),
        "digest": key.digest(*address.values()),
    }


def _group(given: str | None) -> str | None:
    try:
        return None if given is None else _slug.decode(msgspec.json.encode(given.lower()))
    except msgspec.MsgspecError:
        return None
