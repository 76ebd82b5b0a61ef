"""REST of history: `GET /v1/shops/{shop}/conversations`, and `GET` and `DELETE` of one conversation."""

import asyncio
import hashlib
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected
from contracts.conversations.commands import DeleteConversation
from services.common.logs import correlation
from services.gateway.access.sessions import Account
from services.gateway.dispatch import Dispatch
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.history_query import parse
from services.gateway.rest.history_store import HistoryStore
from services.gateway.rest.history_views import HistoryPage, conversation_shown, item_shown
from services.gateway.rest.problems import Problem, of_refusal, unavailable
from services.gateway.rest.staff import DatabaseAway, StaffAccess
from services.gateway.shops import StaffNames

GONE_WITHIN_SECONDS: Final = 2.0
"""How long a deletion waits until lists are without the conversation, which they are within moments."""
LOOK_SECONDS: Final = 0.05

_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class HistoryRest:
    """What the routes work with."""

    store: HistoryStore
    names: StaffNames
    dispatch: Dispatch
    access: StaffAccess

    async def index(self, request: Request) -> Response:
        shop = await self._shop(request)
        query = parse(request.query_params)
        try:
            items, following = await self.store.page(shop, query)
        except DatabaseAway:
            raise unavailable() from None
        return _json(HistoryPage([item_shown(item) for item in items], following.encode() if following else None))

    async def show(self, request: Request) -> Response:
        shop, conversation = await self._shop(request), _conversation(request)
        try:
            found = await self.store.whole(shop, conversation)
            await self.names.refresh(shop)
        except DatabaseAway:
            raise unavailable() from None
        if found is None:
            raise _unknown()
        return _json(conversation_shown(shop, *found, self.names))

    async def delete(self, request: Request) -> Response:
        """204 once the deletion is stored; a second one finds nothing."""
        account, conversation = await self._account(request), _conversation(request)
        answer = await self.dispatch.ask(
            DeleteConversation(
                id=_command_id(request),
                shop=account.shop,
                sender_kind="operator",
                sender=account.id,
                digest=f"delete-{conversation}",
                gateway=self.dispatch.gateway,
                n=self.dispatch.next_number(),
                correlation=correlation() or uuid4().hex,
                conversation=conversation,
            )
        )
        if isinstance(answer, Rejected):
            raise _refusal(answer)
        await self._until_gone(account.shop, conversation)
        return Response(status_code=204)

    async def _account(self, request: Request) -> Account:
        return await self.access.of_shop(request)

    async def _shop(self, request: Request) -> str:
        return (await self._account(request)).shop

    async def _until_gone(self, shop: str, conversation: UUID) -> None:
        """So that who deletes and then lists does not see it again. It is deleted in any case."""
        deadline = time.monotonic() + GONE_WITHIN_SECONDS
        try:
            while await self.store.exists(shop, conversation):
                if time.monotonic() > deadline:
                    return
                await asyncio.sleep(LOOK_SECONDS)
        except DatabaseAway:
            return


def routes(history: HistoryRest) -> list[Route]:
    """The routes under `/v1`."""
    one = "/v1/shops/{shop}/conversations/{conversation}"
    return [
        Route("/v1/shops/{shop}/conversations", history.index, methods=["GET"]),
        Route(one, history.show, methods=["GET"]),
        Route(one, history.delete, methods=["DELETE"]),
    ]


def _conversation(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["conversation"])
    if found is None:
        raise _unknown()
    return found


def _command_id(request: Request) -> str:
    """A repeated Idempotency-Key makes the same command, which is answered as it was the first time."""
    key = request.headers.get("Idempotency-Key")
    return f"rest-{hashlib.sha256(key.encode()).hexdigest()[:40]}" if key else f"rest-{uuid4().hex}"


def _refusal(refusal: Rejected) -> Problem:
    if refusal.code == "forbidden":  # the account may; the conversation is not in history yet
        return Problem(409, "not_archived", refusal.detail)
    return of_refusal(refusal)


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such conversation in this shop's history.")


def _json(body: Struct) -> Response:
    return Response(_encode(body), media_type="application/json", headers={"Cache-Control": "no-store"})
