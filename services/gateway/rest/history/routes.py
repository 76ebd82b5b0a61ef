"""The routes of history: `/v1/shops/{shop}/conversations` and what lies below."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import UNSET, Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from services.common.database import DatabaseAway
from services.common.logs import correlation, logger
from services.gateway.access.sessions import Account
from services.gateway.attachments.links import Links
from services.gateway.dispatch import Dispatch
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.bodies import decoded
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.history import suggesting
from services.gateway.rest.history.deleting import Chosen, Deleting
from services.gateway.rest.history.export import Export, Taken, taken
from services.gateway.rest.history.query import HistoryQuery, parse, parse_filter
from services.gateway.rest.history.store import ConversationRow, HistoryStore
from services.gateway.rest.history.views import (
    HistoryCount,
    HistoryPage,
    Suggestion,
    conversation_shown,
    item_shown,
)
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames

log = logger(__name__)

MOST_COUNTED: Final = 10_000
MOST_SUGGESTED: Final = 100

_encode: Final = msgspec.json.Encoder().encode
_chosen_decoder: Final = msgspec.json.Decoder(Chosen)


@dataclass(frozen=True, kw_only=True)
class HistoryRest:
    """What the routes work with."""

    store: HistoryStore
    names: StaffNames
    shops: Shops
    dispatch: Dispatch
    access: StaffAccess
    links: Links

    # Looking

    async def index(self, request: Request) -> Response:
        shop = await self._shop(request)
        query = parse(request.query_params)
        try:
            rows, following = await self.store.page(shop, query)
            suggestion = await self._suggestion(shop, query, rows)
            await self.names.refresh(shop, {row.operator for row in rows if row.operator})
        except DatabaseAway:
            raise unavailable() from None
        items = [item_shown(shop, row, self.names) for row in rows]
        return _json(HistoryPage(items, following.encode() if following else None, suggestion or UNSET))

    async def count(self, request: Request) -> Response:
        shop = await self._shop(request)
        wanted = parse_filter(request.query_params)
        try:
            found = await self.store.count(shop, wanted, MOST_COUNTED)
        except DatabaseAway:
            raise unavailable() from None
        return _json(HistoryCount(min(found, MOST_COUNTED), found > MOST_COUNTED))

    async def show(self, request: Request) -> Response:
        shop, conversation = await self._shop(request), _conversation(request)
        try:
            found = await self.store.whole(shop, conversation)
            await self.names.refresh(shop, {row.operator for row in found[1] if row.operator} if found else ())
        except DatabaseAway:
            raise unavailable() from None
        if found is None:
            raise _unknown()
        return _json(conversation_shown(shop, *found, self.names, self.links))

    # Taking away

    async def as_csv(self, request: Request) -> Response:
        return await self._export(request, "csv")

    async def as_json(self, request: Request) -> Response:
        return await self._export(request, "json")

    # Deleting

    async def delete(self, request: Request) -> Response:
        """204 once the deletion is stored; a second one finds nothing."""
        account, conversation = await self._account(request), _conversation(request)
        await self._deleting.one(account, conversation, command_id(request), correlation() or uuid4().hex)
        return Response(status_code=204)

    async def delete_many(self, request: Request) -> Response:
        """200 with what became of each."""
        account = await self._account(request)
        chosen = await decoded(request, _chosen_decoder)
        return _json(await self._deleting.many(account, chosen.ids, command_id(request), correlation() or uuid4().hex))

    # Parts

    @property
    def _deleting(self) -> Deleting:
        return Deleting(self.dispatch, self.store)

    async def _account(self, request: Request) -> Account:
        return await self.access.of_shop(request)

    async def _shop(self, request: Request) -> str:
        return (await self._account(request)).shop

    async def _export(self, request: Request, kind: Taken) -> Response:
        """What has been read so far goes out while the rest is read. A database that goes away breaks it off."""
        account = await self._account(request)
        wanted, wish = parse_filter(request.query_params), taken(kind, request.query_params)
        try:
            settings = await self.shops.settings(account.shop)
            await self.names.refresh(account.shop)
        except DatabaseAway:
            raise unavailable() from None
        zone = settings.time_zone if settings else "UTC"
        export = Export(self.store, self.names, self.links, account.shop, zone)
        log.info("History exported", shop=account.shop, operator=account.id, kind=kind)
        headers = {"Content-Disposition": f'attachment; filename="{export.name(wish)}"', "Cache-Control": "no-store"}
        return StreamingResponse(export.parts(wish, wanted), 200, headers, wish.media_type)

    async def _suggestion(self, shop: str, query: HistoryQuery, rows: list[ConversationRow]) -> Suggestion | None:
        """What may have been meant, if nothing was found."""
        if rows or query.cursor is not None or not query.filter.words:
            return None
        words = await suggesting.other_words(self.store, shop, query.filter.words)
        if words is None:
            return None
        wanted = msgspec.structs.replace(query.filter, words=words)
        found = await self.store.count(shop, wanted, MOST_SUGGESTED)
        return Suggestion(" ".join(words), min(found, MOST_SUGGESTED), found > MOST_SUGGESTED) if found else None


def routes(history: HistoryRest) -> list[Route]:
    """The routes under `/v1`; fixed names come before ids."""
    all_of_them = "/v1/shops/{shop}/conversations"
    one = f"{all_of_them}/{{conversation}}"
    return [
        Route(all_of_them, history.index, methods=["GET"]),
        Route(f"{all_of_them}.csv", history.as_csv, methods=["GET"]),
        Route(f"{all_of_them}.json", history.as_json, methods=["GET"]),
        Route(f"{all_of_them}/count", history.count, methods=["GET"]),
        Route(f"{all_of_them}/delete", history.delete_many, methods=["POST"]),
        Route(one, history.show, methods=["GET"]),
        Route(one, history.delete, methods=["DELETE"]),
    ]


def _conversation(request: Request) -> UUID:
    """The id in the path; what is none names nothing."""
    found = uuid_or_none(request.path_params["conversation"])
    if found is None:
        raise _unknown()
    return found


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such conversation in this shop's history.")


def _json(body: Struct) -> Response:
    return Response(_encode(body), media_type="application/json", headers={"Cache-Control": "no-store"})
