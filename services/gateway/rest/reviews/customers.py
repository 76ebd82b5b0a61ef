"""The form behind the link of a review mail: `/v1/reviews`.

Our page gives the link's token in the body, for paths end in the logs of proxies. The protocol has it in the path:
whoever has no page of ours may do so, too, and opens no more with it than the reviews of one order.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.command import Command
from contracts.engagement.review_commands import OpenReviewForm, WriteReview
from contracts.engagement.reviews import OrderItem
from contracts.envelope import rfc3339
from contracts.ids import review_id
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import correlation, logger
from services.common.person_keys import PersonKey
from services.common.review_links import ReviewLink, ReviewLinks
from services.gateway.access.origins import Origins
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.peers import peer_of
from services.gateway.rest.bodies import decoded, invalid
from services.gateway.rest.lists.doing import shown
from services.gateway.rest.problems import Problem, check_pace, unavailable
from services.gateway.rest.reviews.form import (
    NewReview,
    NewReviews,
    ProductBought,
    ReviewForm,
    ReviewOutcome,
    ReviewOutcomes,
    ReviewsSaid,
    ReviewToken,
)
from services.gateway.rest.reviews.names import visible
from services.gateway.rest.reviews.orders import Bought, OrderStore
from services.gateway.rest.reviews.sheet import MOST_CHARACTERS, MOST_OF_NAME
from services.gateway.shops import Shops
from services.gateway.sockets.texts import BadText, clean

log = logger(__name__)

MAX_BODY: Final = 1_048_576


_link: Final = msgspec.json.Decoder(ReviewToken)
_reviews: Final = msgspec.json.Decoder(NewReviews)
_said: Final = msgspec.json.Decoder(ReviewsSaid)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class CustomersRest:
    """For whoever has the link, and so the mailbox."""

    orders: OrderStore
    links: ReviewLinks
    keys: KeyStore
    shops: Shops
    dispatch: Dispatch
    limits: Limits
    origins: Origins

    def routes(self) -> list[Route]:
        return [
            Route("/v1/reviews/look", self.look, methods=["POST"]),
            Route("/v1/reviews", self.write, methods=["POST"]),
            Route("/v1/reviews/{token}", self.look_by_path, methods=["GET"]),
            Route("/v1/reviews/{token}", self.write_by_path, methods=["POST"]),
        ]

    async def look(self, request: Request) -> Response:
        self._check_origin(request)
        return await self._form(await self._opened(request, (await decoded(request, _link)).token))

    async def look_by_path(self, request: Request) -> Response:
        self._check_origin(request)
        return await self._form(await self._opened(request, request.path_params["token"]))

    async def write(self, request: Request) -> Response:
        self._check_origin(request)
        given = await decoded(request, _reviews, MAX_BODY)
        return await self._written(await self._opened(request, given.token), given)

    async def write_by_path(self, request: Request) -> Response:
        self._check_origin(request)
        given = await decoded(request, _said, MAX_BODY)
        return await self._written(await self._opened(request, request.path_params["token"]), given)

    # Parts

    async def _form(self, link: ReviewLink) -> Response:
        """What the link is to. That it was opened is noted, and needs no waiting for."""
        try:
            bought = await self._bought(link)
            settings = await self.shops.settings(link.shop)
        except DatabaseAway:
            raise unavailable() from None
        if settings is None:
            raise _over()
        head = self._head(link, f"open-{link.request.hex}", "open")
        await self.dispatch.send(OpenReviewForm(**head, request=link.request), _whatever, None)
        form = ReviewForm(
            shop=link.shop,
            shop_name=settings.name,
            header=settings.colours.header,
            order=bought.number,
            language=bought.language,
            status=bought.status or UNSET,
            since=rfc3339(bought.status_since) if bought.status_since else UNSET,
            items=[_shown(item, bought) for item in _items(link, bought)],
            author=author_of(bought.name),
            expires_at=rfc3339(link.expires_at),
        )
        return _json(form)

    async def _written(self, link: ReviewLink, given: ReviewsSaid) -> Response:
        """What became of each: one product may be reviewed already while another is not."""
        _check_once(given.reviews)
        try:
            bought, key = await self._bought(link), await self.keys.get(link.shop, link.person)
        except DatabaseAway:
            raise unavailable() from None
        if key is None:
            raise _over()
        author = author_of(bought.name)
        skus = {item.sku for item in _items(link, bought)}
        texts = [_clean(f"reviews[{n}].text", one.text, MOST_CHARACTERS) for n, one in enumerate(given.reviews)]
        outcomes = await asyncio.gather(
            *(
                self._write(link, given, one, text, author, key, known=one.sku in skus)
                for one, text in zip(given.reviews, texts, strict=True)
            )
        )
        await self._shown(link, {one.sku for one in outcomes if one.stored is True})
        log.info("Reviews written", shop=link.shop, reviews=sum(one.stored is True for one in outcomes))
        return _json(ReviewOutcomes(list(outcomes)))

    async def _shown(self, link: ReviewLink, skus: set[str]) -> None:
        """So that who loads the form again sees what is written."""

        async def there() -> bool:
            bought = await self.orders.bought(link.shop, link.order)
            return bought is None or skus <= bought.written

        await shown(there)

    def _check_origin(self, request: Request) -> None:
        if not self.origins.ours(request.scope):
            raise Problem(403, "forbidden", "Requests from this origin are not accepted.")

    async def _opened(self, request: Request, token: str) -> ReviewLink:
        link = self.links.read(ReviewLink, token)
        if link is None or link.expires_at <= datetime.now(UTC):
            raise _over()
        check_pace(await self.limits.review_form(peer_of(request.scope), link.request))
        return link

    async def _bought(self, link: ReviewLink) -> Bought:
        bought = await self.orders.bought(link.shop, link.order)
        if bought is None or bought.person != link.person:
            raise _over()
        return bought

    async def _write(
        self,
        link: ReviewLink,
        given: ReviewsSaid,
        one: NewReview,
        text: str,
        author: str,
        key: PersonKey,
        *,
        known: bool,
    ) -> ReviewOutcome:
        if not known:
            return ReviewOutcome(sku=one.sku, code="invalid", detail="This link is for other products.", field="sku")
        said = key.digest("write_review", one.sku, str(one.stars), text, author)
        command = WriteReview(
            **self._head(link, _command_id(given.id, one.sku), said),
            request=link.request,
            order=link.order,
            review=review_id(link.order, one.sku),
            sku=one.sku,
            stars=one.stars,
            language=given.language,
            text=key.seal(text, "text") if text else None,
            author=key.seal(author, "author"),  # also no name: it tells under which key of theirs they wrote
        )
        return await self._outcome(one.sku, command)

    async def _outcome(self, sku: str, command: Command) -> ReviewOutcome:
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Stored):
            return ReviewOutcome(sku=sku, stored=True)
        if isinstance(answer, Rejected):
            return ReviewOutcome(sku=sku, code=answer.code, detail=answer.detail)
        raise Problem(500, "unexpected", "Not understood.")

    def _head(self, link: ReviewLink, command: str, digest: str) -> dict[str, Any]:
        n = self.dispatch.next_number()
        return {
            "id": command,
            "shop": link.shop,
            "sender_kind": "visitor",
            "sender": link.person,
            "digest": digest,
            "gateway": self.dispatch.gateway,
            "n": n,
            "correlation": correlation() or f"rest-{n}",
        }


def author_of(name: str | None) -> str:
    """`Hannah W.` of `Hannah Weiss`: so much of a name as may stand below what somebody wrote. No address is one."""
    words = [word for word in visible(name or "").split() if "@" not in word]
    if len(words) < 2:
        return words[0][:MOST_OF_NAME] if words else ""
    return f"{words[0]} {words[-1][0].upper()}."[:MOST_OF_NAME]


def _items(link: ReviewLink, bought: Bought) -> list[OrderItem]:
    """Those that the link is for; a product that stands in the order twice counts once."""
    items = {item.sku: item for item in reversed(bought.items) if link.product in ("", item.sku)}
    return list(reversed(items.values()))


def _shown(item: OrderItem, bought: Bought) -> ProductBought:
    return ProductBought(
        sku=item.sku,
        name=item.name,
        quantity=item.quantity,
        variant=item.variant or UNSET,
        image=item.image or UNSET,
        written=item.sku in bought.written,
    )


def _command_id(given: str, sku: str) -> str:
    """One form may hold several reviews, each a command of its own."""
    return f"review-{hashlib.sha256(f'{given} {sku}'.encode()).hexdigest()[:40]}"


def _check_once(reviews: Sequence[NewReview]) -> None:
    if len({one.sku for one in reviews}) < len(reviews):
        raise invalid("reviews", "A product is reviewed once.")


def _clean(field: str, text: str, most: int) -> str:
    if not text.strip():
        return ""
    try:
        return clean(text.strip().replace("\r\n", "\n"), most)
    except BadText as bad:
        raise invalid(field, f"The text can't be taken: {bad.detail}.") from None


def _whatever(_context: object, _answer: object) -> None:
    """Whether it was stored is nothing that the customer waits for."""


def _over() -> Problem:
    return Problem(410, "link_over", "This link is over. Reviews can be written for some weeks after the mail.")


def _json(body: Struct) -> Response:
    return Response(_encode(body), 200, {"Cache-Control": "no-store"}, "application/json")
