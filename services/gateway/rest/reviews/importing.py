"""Reviews that were written elsewhere: `POST /v1/shops/{shop}/reviews.csv`."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.engagement.review_commands import ImportReview
from contracts.ids import imported_review_id
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.log_reader import uuid_or_none
from services.gateway.rest.lists.doing import Doing, shown
from services.gateway.rest.problems import Problem, unavailable
from services.gateway.rest.reviews.sheet import BadRow, BadSheet, Written, rows_of, written
from services.gateway.rest.reviews.store import ReviewStore
from services.gateway.rest.staff import StaffAccess, bytes_of
from services.gateway.shops import Shops

log = logger(__name__)

MAX_BODY: Final = 8_000_000
AT_ONCE: Final = 32
"""Commands on their way: sockets of this process ask for things, too."""


class WrongLine(Struct):
    """A row that was not taken: the line of the file where it ends, why, and because of which column, if of one."""

    line: int
    detail: str
    field: str | UnsetType = UNSET


class ReviewsImported(Struct):
    """How many reviews are new, how many were there before, and which rows were not taken."""

    imported: int
    known: int
    wrong: list[WrongLine]


@dataclass(frozen=True, kw_only=True)
class ImportRest:
    """For managers and owners. The same table again changes nothing."""

    store: ReviewStore
    keys: KeyStore
    shops: Shops
    doing: Doing
    access: StaffAccess

    def routes(self) -> list[Route]:
        return [Route("/v1/shops/{shop}/reviews.csv", self.bring, methods=["POST"])]

    async def bring(self, request: Request) -> Response:
        account = await self.access.of_shop(request, body=False)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "text/csv":
            raise Problem(415, "unsupported_media_type", "Send text/csv.")
        try:
            rows = rows_of(await bytes_of(request, MAX_BODY))
        except BadSheet as bad:
            raise Problem(422, "invalid", str(bad), field="body") from None
        settings = await self.shops.settings(account.shop)
        language = settings.languages[0] if settings else "en"
        told = ReviewsImported(0, 0, [])
        brought: dict[UUID, tuple[int, Written]] = {}
        alike: Counter[str] = Counter()
        for line, row in rows:
            try:
                one = written(row, language, datetime.now(UTC), alike)
            except BadRow as bad:
                told.wrong.append(WrongLine(line, str(bad), bad.field))
                continue
            review = imported_review_id(account.shop, one.source)
            told.known += review in brought
            brought.setdefault(review, (line, one))
        try:
            await self._shown(account.shop, await self._bring(request, account, brought, told), told)
        except DatabaseAway:
            raise unavailable() from None
        log.info("Reviews imported", shop=account.shop, operator=account.id, reviews=told.imported)
        told.wrong.sort(key=lambda wrong: wrong.line)
        return Response(msgspec.json.encode(told), 200, {"Cache-Control": "no-store"}, "application/json")

    async def _bring(
        self, request: Request, account: Account, brought: dict[UUID, tuple[int, Written]], told: ReviewsImported
    ) -> list[UUID]:
        """Those that are new. What this shop's own table of reviews has brought is there already, under its own id."""
        own = {review: uuid_or_none(one.source) or review for review, (_, one) in brought.items()}
        known = await self.store.known(account.shop, [*own, *own.values()])
        few = asyncio.Semaphore(AT_ONCE)

        async def bring(review: UUID, line: int, one: Written) -> None:
            async with few:
                try:
                    await self._one(request, account, review, one)
                    told.imported += 1
                except Problem as problem:
                    if problem.code == "conflict":
                        told.known += 1
                    elif problem.status >= 500:
                        raise
                    else:
                        told.wrong.append(WrongLine(line, problem.detail))

        new = {review: row for review, row in brought.items() if not known & {review, own[review]}}
        told.known += len(brought) - len(new)
        await asyncio.gather(*(bring(review, line, one) for review, (line, one) in new.items()))
        return [*new]

    async def _shown(self, shop: str, reviews: list[UUID], told: ReviewsImported) -> None:
        """So that who imports and then looks sees them."""

        async def there() -> bool:
            return len(await self.store.known(shop, reviews)) >= told.imported

        await shown(there)

    async def _one(self, request: Request, account: Account, review: UUID, one: Written) -> None:
        person = f"review-{review.hex}"
        key = await self.keys.get_or_create(account.shop, person)
        texts = {"text": one.text, "author": one.author or "", "reply": one.reply}  # author: always, as in customers.py
        sealed_as = {"reply": "text"}  # as the event has it that the reply becomes
        await self.doing.do(
            request,
            account,
            ImportReview,
            key.digest("import_review", str(review), *texts.values()),
            review=review,
            person=person,
            sku=one.sku,
            product=one.product,
            stars=one.stars,
            language=one.language,
            written_at=one.written_at,
            state=one.state,
            variant=one.variant,
            number=one.number,
            confirmed=one.confirmed,
            **{name: key.seal(text, sealed_as.get(name, name)) for name, text in texts.items() if text is not None},
        )
