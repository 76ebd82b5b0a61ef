"""A conversation by mail, for its visitor and for staff."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.conversations.commands import SenderKind
from contracts.conversations.settings import ShopSettings
from services.common.key_store import KeyStore
from services.common.logs import correlation
from services.gateway import commands
from services.gateway.access.ownership import is_theirs
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.addresses import email_address
from services.gateway.commands import Sender
from services.gateway.directory import Directory
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.log_reader import OwnerOf
from services.gateway.peers import peer_of
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.problems import Problem, of_refusal
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.visitors import Visitors
from services.gateway.sockets.texts import BadText

MAX_BODY: Final = 32_768


class TranscriptWish(Struct, forbid_unknown_fields=True, kw_only=True):
    """Where to mail it. A visitor says who they are by token or identity; staff are signed in and give neither."""

    email: Annotated[str, Meta(max_length=1_000)]
    token: Annotated[str, Meta(max_length=4_000)] | None = None
    identity: Annotated[str, Meta(max_length=8_000)] | None = None


class TranscriptStored(Struct):
    """The wish is stored as the event `seq` of the conversation; the mail follows."""

    conversation: UUID
    seq: int


_decoder: Final = msgspec.json.Decoder(TranscriptWish)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class Transcripts:
    """What the route works with."""

    visitors: Visitors
    ids: VisitorIds
    access: StaffAccess
    directory: Directory
    keys: KeyStore
    dispatch: Dispatch
    limits: Limits

    async def ask(self, request: Request, _settings: ShopSettings) -> Response:
        """202 once the wish is stored."""
        shop, conversation = request.path_params["shop"], request.path_params["conversation"]
        given = await decoded(request, _decoder, MAX_BODY)
        owner, sender = await self._who(request, shop, conversation, given)
        try:
            email = email_address(given.email)
        except BadText as bad:
            raise invalid("email", f"{bad.detail[0].upper()}{bad.detail[1:]}.") from None
        key = await self.keys.get(shop, owner.person)
        if key is None:
            raise _unknown()
        n = self.dispatch.next_number()
        command = commands.request_transcript(sender, command_id(request), n, conversation, email, key)
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        if not isinstance(answer, Stored):
            raise Problem(500, "unexpected", "Not understood.")
        shown = TranscriptStored(UUID(conversation), answer.seq)
        return Response(_encode(shown), 202, {"Cache-Control": "no-store"}, "application/json")

    async def _who(
        self, request: Request, shop: str, conversation: str, given: TranscriptWish
    ) -> tuple[OwnerOf, Sender]:
        """Whose conversation it is, and who asks: its visitor or staff. Raises Problem."""
        if given.token is None and given.identity is None:
            account = await self.access.of_shop(request)
            return await self._owner(shop, conversation), self._sender(shop, "operator", account.id)
        visitor = await self.visitors.known(shop, given.token, given.identity)
        if visitor is None:
            raise Problem(403, "forbidden", "The token counts together with the identity only.", field="identity")
        seconds = await self.limits.transcript(peer_of(request.scope))
        if seconds:
            headers = {"Retry-After": str(max(1, round(seconds)))}
            raise Problem(429, "rate_limited", "Transcripts were asked for too often; wait a moment.", headers)
        owner = await self._owner(shop, conversation)
        if not is_theirs(self.ids, shop, owner, visitor):
            raise _unknown()
        return owner, self._sender(shop, "visitor", owner.visitor)

    def _sender(self, shop: str, kind: SenderKind, who: str) -> Sender:
        return Sender(shop, kind, who, self.dispatch.gateway, correlation() or "transcript")

    async def _owner(self, shop: str, conversation: str) -> OwnerOf:
        owner = await self.directory.read(shop, conversation)
        if owner is None or owner.deleted:
            raise _unknown()
        return owner


def routes(transcripts: Transcripts, pages: ShopPages) -> list[Route]:
    """The route under `/v1`."""
    return [pages.route("/v1/shops/{shop}/conversations/{conversation}/transcript", transcripts.ask, "POST")]


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such conversation.")
