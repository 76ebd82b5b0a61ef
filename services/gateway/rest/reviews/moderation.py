"""What staff do with reviews: `/v1/shops/{shop}/reviews`."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.engagement.review_commands import PublishReview, RejectReview, ReplyToReview
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.lists.doing import Doing, shown
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.reviews.query import parse
from services.gateway.rest.reviews.store import ReviewRow, ReviewStore
from services.gateway.rest.reviews.table import rows_as_csv
from services.gateway.rest.reviews.views import ReviewCounts, Reviews, ReviewShown, encode, review_shown
from services.gateway.rest.spreadsheets import separator_of
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import StaffNames
from services.gateway.sockets.texts import BadText, clean

log = logger(__name__)

MOST_CHARACTERS: Final = 2_000


class NewReply(Struct, forbid_unknown_fields=True):
    """What the shop says below a review, for everybody; an empty text takes it away."""

    text: Annotated[str, Meta(max_length=8_000)]


_decoder: Final = msgspec.json.Decoder(NewReply)


@dataclass(frozen=True, kw_only=True)
class ModerationRest:
    """For managers and owners."""

    store: ReviewStore
    keys: KeyStore
    names: StaffNames
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        all_of_them = "/v1/shops/{shop}/reviews"
        one = f"{all_of_them}/{{review}}"
        return [
            Route(all_of_them, self.index, methods=["GET"]),
            Route(f"{all_of_them}.csv", self.table, methods=["GET"]),
            Route(f"{all_of_them}/figures", self.figures, methods=["GET"]),
            Route(f"{one}/publish", self.publish, methods=["POST"]),
            Route(f"{one}/reject", self.reject, methods=["POST"]),
            Route(f"{one}/reply", self.reply, methods=["PUT"]),
        ]

    async def index(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        query = parse(request.query_params)
        try:
            rows, following = await self.store.page(shop, query)
            counts = await self.store.counts(shop)
            items = await self._shown(shop, rows)
        except DatabaseAway:
            raise unavailable() from None
        return _json(Reviews(items, following.encode() if following else None, ReviewCounts(*counts)))

    async def figures(self, request: Request) -> Response:
        shop = (await self.access.of_shop(request)).shop
        return _json(await self.store.figures(shop, request.query_params.get("sku") or None))

    async def table(self, request: Request) -> Response:
        """All reviews that the query finds, as CSV."""
        account = await self.access.of_shop(request)
        separator = separator_of(request.query_params)
        found = self.store.all(account.shop, parse(request.query_params))
        log.info("Reviews exported", shop=account.shop, operator=account.id)
        headers = {"Content-Disposition": 'attachment; filename="reviews.csv"', "Cache-Control": "no-store"}
        return StreamingResponse(rows_as_csv(found, separator), 200, headers, "text/csv; charset=utf-8")

    async def publish(self, request: Request) -> Response:
        """Show it on the product's page, also if it was rejected before."""
        account, row = await self._asked(request)
        return await self._do(request, account, row, PublishReview, f"publish\n{row.id}", review=row.id)

    async def reject(self, request: Request) -> Response:
        """Don't show it, or no longer."""
        account, row = await self._asked(request)
        return await self._do(request, account, row, RejectReview, f"reject\n{row.id}", review=row.id)

    async def reply(self, request: Request) -> Response:
        """It stands below the review once that is published."""
        account, row = await self._asked(request)
        text = _clean((await decoded(request, _decoder)).text)
        key = await self.keys.get(account.shop, row.person)
        if key is None:
            raise _unknown()
        sealed, digest = key.seal(text, "text"), key.digest("reply_to_review", str(row.id), text)
        return await self._do(request, account, row, ReplyToReview, digest, review=row.id, text=sealed)

    # Parts

    async def _asked(self, request: Request) -> tuple[Account, ReviewRow]:
        account = await self.access.of_shop(request)
        return account, await self._one(account.shop, uuid_or_none(request.path_params["review"]))

    async def _one(self, shop: str, review: UUID | None) -> ReviewRow:
        try:
            row = await self.store.one(shop, review) if review else None
        except DatabaseAway:
            raise unavailable() from None
        if row is None:
            raise _unknown()
        return row

    async def _do(
        self, request: Request, account: Account, row: ReviewRow, kind: Any, digest: str, **fields: Any
    ) -> Response:
        """The review as it is then."""
        stored = await self.doing.do(request, account, kind, digest, **fields)
        log.info("Review moderated", shop=account.shop, operator=account.id, review=str(row.id), what=kind.__name__)

        async def there() -> bool:
            now = await self.store.one(account.shop, row.id)
            return now is None or now.seq >= stored.seq

        await shown(there)
        return _json((await self._shown(account.shop, [await self._one(account.shop, row.id)]))[0])

    async def _shown(self, shop: str, rows: list[ReviewRow]) -> list[ReviewShown]:
        await self.names.refresh(shop, {row.replied_by for row in rows if row.replied_by})
        return [review_shown(row, self.names.name(shop, row.replied_by) if row.replied_by else "") for row in rows]


def _clean(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return clean(text.strip(), MOST_CHARACTERS)
    except BadText as bad:
        raise invalid("text", f"The text can't be taken: {bad.detail}.") from None


def _unknown() -> Problem:
    return Problem(404, "not_found", "There is no such review in this shop.")


def _json(body: Struct) -> Response:
    return Response(encode(body), 200, {"Cache-Control": "no-store"}, "application/json")
