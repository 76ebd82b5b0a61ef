"""Who may send a file: the visitor of a conversation that goes on, and the operator who holds it."""

from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.settings import ShopSettings
from services.gateway.access.ownership import is_theirs
from services.gateway.access.visitor_ids import Visitor
from services.gateway.asks import Unanswered
from services.gateway.attachments.attachments import shown
from services.gateway.attachments.book import Sender
from services.gateway.gateway import Gateway
from services.gateway.log_reader import OwnerOf, uuid_or_none
from services.gateway.peers import peer_of
from services.gateway.rest.attachments.receiving import Receiving, not_found
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.cors import IDENTITY_HEADER, ShopPages
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.visitors import Visitors, bearer_of

_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Uploads:
    """What the routes work with."""

    gateway: Gateway
    visitors: Visitors
    access: StaffAccess
    receiving: Receiving

    async def by_visitor(self, request: Request, settings: ShopSettings) -> Response:
        """201 with the file, which a message may name from now on."""
        shop, conversation = request.path_params["shop"], request.query_params.get("conversation", "")
        _check_wanted(settings)
        await self._check_pace(request)
        visitor = await self.visitors.known(shop, bearer_of(request), request.headers.get(IDENTITY_HEADER))
        if visitor is None:
            raise Problem(403, "forbidden", "Say by token who you are; a customer's needs the identity, too.")
        owner = await self._owner(shop, conversation)
        if not is_theirs(self.gateway.ids, shop, owner, visitor):
            raise not_found()
        await self._check_goes_on(shop, conversation, visitor)
        return await self._receive(request, Sender(shop, conversation, owner.person, "visitor", owner.visitor, ""))

    async def by_operator(self, request: Request) -> Response:
        """The same for the operator who holds the conversation."""
        account = await self.access.of_shop(request, body=False)
        shop, conversation = account.shop, request.path_params["conversation"]
        _check_wanted(await self.gateway.shops.settings(shop))
        owner = await self._owner(shop, conversation)
        holder = await self.gateway.log.holder(shop, conversation)
        if holder is None:
            raise Problem(409, "not_open", "The conversation is not open.")
        if holder != account.id:
            raise Problem(403, "forbidden", "The conversation is a colleague's.")
        return await self._receive(request, Sender(shop, conversation, owner.person, "operator", account.id, ""))

    async def _receive(self, request: Request, sender: Sender) -> Response:
        sender = msgspec.structs.replace(sender, command=command_id(request))
        details = await self.receiving.receive(request, sender)
        body = _encode(shown(details, self.gateway.attachments.links))
        return Response(body, 201, {"Cache-Control": "no-store"}, "application/json")

    async def _owner(self, shop: str, conversation: str) -> OwnerOf:
        owner = await self.gateway.directory.read(shop, conversation)
        if owner is None or owner.deleted:
            raise not_found()
        return owner

    async def _check_goes_on(self, shop: str, conversation: str, visitor: Visitor) -> None:
        """One that has ended goes on as soon as its visitor says something."""
        try:
            found = await self.gateway.asks.visitor(shop, visitor.id, self.gateway.ids.origin(shop, visitor.id))
        except Unanswered:
            raise unavailable() from None
        if found.blocked:
            raise Problem(403, "blocked", "This shop takes nothing more.")
        if found.conversation is None or found.conversation.id != uuid_or_none(conversation):
            raise Problem(409, "not_open", "The conversation is over.")

    async def _check_pace(self, request: Request) -> None:
        seconds = await self.gateway.limits.upload(peer_of(request.scope))
        if seconds:
            headers = {"Retry-After": str(max(1, round(seconds)))}
            raise Problem(429, "rate_limited", "So many files at once can't be sent; wait a moment.", headers)


def routes(uploads: Uploads, pages: ShopPages) -> list[Route]:
    """The routes under `/v1`."""
    return [
        pages.route("/v1/shops/{shop}/attachments", uploads.by_visitor, "POST"),
        Route("/v1/shops/{shop}/conversations/{conversation}/attachments", uploads.by_operator, methods=["POST"]),
    ]


def _check_wanted(settings: ShopSettings | None) -> None:
    if settings is None or not settings.attachments:
        raise Problem(403, "attachments_off", "This shop takes no files.")
