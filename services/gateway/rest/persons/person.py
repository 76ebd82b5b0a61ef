"""REST of one person: everything Shopbell holds about them on one page, and erasing them for good."""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.conversations.events import PersonErased
from contracts.envelope import rfc3339
from services.common.database import DatabaseAway
from services.common.erasures import receipt_number
from services.common.logs import correlation, logger
from services.gateway import commands
from services.gateway.access.sessions import Account
from services.gateway.dispatch import Dispatch
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.persons import views
from services.gateway.rest.persons.book import Book
from services.gateway.rest.persons.query import TimelineQuery, parse
from services.gateway.rest.persons.store import PersonStore
from services.gateway.rest.persons.who import Persons, WasErased, Who
from services.gateway.rest.problems import Problem, of_refusal, unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames

log = logger(__name__)

LONGEST_ID: Final = 300

_encode: Final = msgspec.json.Encoder().encode


class EraseWish(Struct, forbid_unknown_fields=True):
    """The body of `DELETE …/customers/{customer}`: `confirm` is "ERASE " and the customer's id."""

    confirm: Annotated[str, Meta(max_length=LONGEST_ID + 10)]


class Erasing(Struct):
    """Stored; it goes on by itself. `…/erasures/{number}` tells how far it is."""

    number: int
    receipt: str


_wish: Final = msgspec.json.Decoder(EraseWish)


@dataclass(frozen=True, kw_only=True)
class PersonRest:
    """What the routes work with."""

    persons: Persons
    store: PersonStore
    book: Book
    shops: Shops
    names: StaffNames
    dispatch: Dispatch
    access: StaffAccess
    backup_days: int

    async def show(self, request: Request) -> Response:
        """Looking at somebody is on record: who of the staff, and which person by the opaque id."""
        account, query = await self.access.of_shop(request), parse(request.query_params)
        try:
            who = await self.found(account.shop, customer_of(request))
            shown = await self.shown(who, query)
        except DatabaseAway:
            raise unavailable() from None
        log.info("Person looked at", shop=account.shop, operator=account.id, person=who.persons[0])
        return Response(_encode(shown), 200, {"Cache-Control": "no-store"}, "application/json")

    async def erase(self, request: Request) -> Response:
        """202 once it is stored that they are to be erased."""
        account, customer = await self.access.of_shop(request), customer_of(request)
        if (await decoded(request, _wish)).confirm != f"ERASE {customer}":
            raise invalid("confirm", f"To erase this person send exactly: ERASE {customer}")
        command = command_id(request)
        try:
            return _accepted(await self._erase(account, customer, command))
        except DatabaseAway:
            raise unavailable() from None

    async def found(self, shop: str, customer: str) -> Who:
        """Who it is. Raises Problem: 404, or 410 for somebody who was erased."""
        who = await self.persons.find(shop, customer)
        if who is None:
            raise Problem(404, "not_found", "This shop knows nobody by that id.")
        if isinstance(who, WasErased):
            raise _gone(who)
        return who

    async def shown(self, who: Who, query: TimelineQuery) -> views.PersonShown:
        seen, counts, bounds = await self.store.seen(who), await self.store.counts(who), await self.store.bounds(who)
        ongoing = await self.store.ongoing(who)
        settings = await self.shops.settings(who.shop)
        timeline = await self._timeline(who, query)
        if settings is None:
            raise Problem(404, "not_found", "There is no such shop.")
        return views.PersonShown(
            id=views.outer_id(who, seen),
            signed_in=who.signed_in or any(one.signed_in for one in seen),
            name=views.latest(seen, "name"),
            email=views.latest(seen, "email"),
            phone=views.latest(seen, "phone"),
            languages=views.languages(seen),
            since=views.since_shown(who, bounds),
            also_known_as=views.known_as(who),
            ongoing=views.ongoing_shown(who.shop, ongoing, self.names),
            counts=views.counts_shown(counts),
            retention=views.kept_shown(settings.retention, bounds),
            backups_days=self.backup_days,
            timeline=timeline,
        )

    async def _timeline(self, who: Who, query: TimelineQuery) -> views.Timeline:
        entries, following = await self.store.timeline(who, query)
        held = await self.store.operators([one.id for one in entries if one.kind == "conversation"])
        await self.names.refresh(who.shop)
        items = [views.item_shown(who.shop, one, held.get(one.id, []), self.names) for one in entries]
        return views.Timeline(items, following.encode() if following else None)

    async def _erase(self, account: Account, customer: str, command: str) -> PersonErased:
        shop = account.shop
        before = await self.book.by_command(shop, command)
        if before is not None:  # the same request again
            return before
        who = await self.found(shop, customer)
        await self.book.request(shop, command, await self.store.ids(who))
        sender = commands.Sender(shop, "operator", account.id, self.dispatch.gateway, correlation() or "erase")
        answer = await self.dispatch.ask(
            commands.erase_person(sender, command, self.dispatch.next_number(), who.persons)
        )
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        if not isinstance(answer, Stored):
            raise Problem(500, "unexpected", "Not understood.")
        log.info("Person to be erased", shop=shop, operator=account.id, person=who.persons[0])
        event = await self.book.at(shop, answer.seq)
        if event is None:
            raise unavailable()
        return event


def routes(rest: PersonRest) -> list[Route]:
    """The routes under `/v1`; a customer's id may hold slashes, which arrive escaped or not."""
    return [
        Route("/v1/shops/{shop}/customers/{customer:path}", rest.show, methods=["GET"]),
        Route("/v1/shops/{shop}/customers/{customer:path}", rest.erase, methods=["DELETE"]),
    ]


def customer_of(request: Request) -> str:
    """The id in the path. What can be none names nobody."""
    customer: str = request.path_params["customer"]
    if not customer or len(customer) > LONGEST_ID or "\0" in customer:
        raise Problem(404, "not_found", "This shop knows nobody by that id.")
    return customer


def _gone(who: WasErased) -> Problem:
    receipt = receipt_number(who.asked_at.year, who.number)
    return Problem(
        410,
        "erased",
        f"This person was erased; the receipt is {receipt}.",
        number=who.number,
        receipt=receipt,
        asked_at=rfc3339(who.asked_at),
        done_at=rfc3339(who.done_at) if who.done_at else None,
    )


def _accepted(event: PersonErased) -> Response:
    body = Erasing(event.number, receipt_number(event.timestamp.year, event.number))
    return Response(_encode(body), 202, {"Cache-Control": "no-store"}, "application/json")
