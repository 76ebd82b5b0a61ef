"""Canned replies: `/v1/shops/{shop}/canned-replies`."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.conversations.appearance import Language, Text
from contracts.conversations.commands import DeleteCannedReply, SaveCannedReply
from contracts.envelope import rfc3339
from contracts.ids import shop_aggregate_id
from services.common.database import DatabaseAway
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.lists.doing import Doing, shown
from services.gateway.rest.lists.store import ListStore, ReplyRow
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames
from services.gateway.sockets.texts import BadText, clean

log = logger(__name__)

MAX_BODY: Final = 131_072
MOST_CHARACTERS: Final = 2_000

_encode: Final = msgspec.json.Encoder().encode


class NewCannedReply(Struct, forbid_unknown_fields=True):
    """What is typed after `/` to find it, and what it says, by language: plain text, up to 2,000 characters each."""

    shortcut: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]
    texts: Annotated[dict[Language, Text], Meta(min_length=1, max_length=30)]


class CannedReply(Struct):
    """A canned reply. `author`: the name of who changed it last."""

    id: UUID
    shortcut: str
    texts: dict[str, str]
    author: str
    changed_at: str


class CannedReplies(Struct):
    """All of a shop, by shortcut: it has 500 at most."""

    items: list[CannedReply]
    next: None = None


_decoder: Final = msgspec.json.Decoder(NewCannedReply)


@dataclass(frozen=True, kw_only=True)
class CannedRepliesRest:
    """Everybody of the staff reads and writes them."""

    store: ListStore
    names: StaffNames
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/canned-replies"
        one = f"{all_of_them}/{{reply}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(all_of_them, self.add, methods=["POST"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        try:
            rows = await self.store.replies(shop)
            await self.names.refresh(shop, {row.author for row in rows})
        except DatabaseAway:
            raise unavailable() from None
        return _json(CannedReplies([self._shown(shop, row) for row in rows]))

    async def add(self, request: Request) -> Response:
        """201 with the new one; its id follows from the Idempotency-Key, so that the same key makes no second one."""
        account = await self.access.of_shop(request)
        reply = uuid5(shop_aggregate_id(account.shop), f"canned-reply {account.id} {command_id(request)}")
        return await self._save(request, account, reply, 201)

    async def change(self, request: Request) -> Response:
        account, reply = await self.access.of_shop(request), _reply(request)
        if await self._find(account.shop, reply) is None:
            raise _unknown()
        return await self._save(request, account, reply, 200)

    async def delete(self, request: Request) -> Response:
        """204 once that is stored; a second time there is nothing to delete."""
        account, reply = await self.access.of_shop(request), _reply(request)
        await self.doing.do(request, account, DeleteCannedReply, f"delete\n{reply}", reply=reply)
        log.info("Canned reply deleted", shop=account.shop, operator=account.id, reply=str(reply))

        async def gone() -> bool:
            return await self.store.reply(account.shop, reply) is None

        await shown(gone)
        return Response(status_code=204)

    async def _save(self, request: Request, account: Account, reply: UUID, status: int) -> Response:
        given = await decoded(request, _decoder, MAX_BODY)
        texts = _clean(given.texts)
        said = hashlib.sha256(msgspec.json.encode([given.shortcut, texts], order="sorted")).hexdigest()
        fields = {"reply": reply, "shortcut": given.shortcut, "texts": texts}
        stored = await self.doing.do(request, account, SaveCannedReply, f"save\n{reply}\n{said}", **fields)
        log.info("Canned reply saved", shop=account.shop, operator=account.id, reply=str(reply))

        async def there() -> bool:
            row = await self.store.reply(account.shop, reply)
            return row is not None and row.seq >= stored.seq

        await shown(there)
        row = await self._find(account.shop, reply)
        if row is None or row.seq < stored.seq:  # stored, and listed in a moment
            return _json(given, 202)
        return _json(self._shown(account.shop, row), status)

    async def _find(self, shop: str, reply: UUID) -> ReplyRow | None:
        try:
            row = await self.store.reply(shop, reply)
            await self.names.refresh(shop, [row.author] if row else [])
            return row
        except DatabaseAway:
            raise unavailable() from None

    def _shown(self, shop: str, row: ReplyRow) -> CannedReply:
        author = self.names.name(shop, row.author)
        return CannedReply(row.id, row.shortcut, row.texts, author, rfc3339(row.changed_at))


def _clean(texts: dict[str, str]) -> dict[str, str]:
    """Without those that are empty. Raises Problem."""
    cleaned: dict[str, str] = {}
    for language, text in texts.items():
        if not text.strip():
            continue
        try:
            cleaned[language] = clean(text.strip(), MOST_CHARACTERS)
        except BadText as bad:
            raise invalid(f"texts.{language}", f"The text can't be taken: {bad.detail}.") from None
    if not cleaned:
        raise invalid("texts", "A canned reply says something, in one language at least.")
    return cleaned


def _reply(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["reply"])
    if found is None:
        raise _unknown()
    return found


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such canned reply.")


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
