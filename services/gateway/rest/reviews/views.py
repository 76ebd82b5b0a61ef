"""How reviews look over REST: to staff, and to everybody."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.envelope import rfc3339
from services.gateway.rest.reviews.hints import Hint, hints_of
from services.gateway.rest.reviews.store import Figures, ReviewRow


class Reply(Struct, kw_only=True):
    """The shop's public word. `by`: the name of who wrote it; only staff see that."""

    text: str
    at: str
    by: str | UnsetType = UNSET


class ReviewShown(Struct, kw_only=True):
    """One review, as staff see it. `hints`: what its text seems to hold that others had better not read."""

    id: UUID
    sku: str
    product: str
    variant: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    stars: int
    text: str
    author: str
    confirmed: bool
    order: str | UnsetType = UNSET
    language: str
    state: str
    written_at: str
    reply: Reply | UnsetType = UNSET
    hints: list[Hint]


class ReviewCounts(Struct):
    """How many reviews of the shop are in each state."""

    waiting: int
    published: int
    rejected: int


class Reviews(Struct):
    """A page, the newest first."""

    items: list[ReviewShown]
    next: str | None
    counts: ReviewCounts


class PublicReview(Struct, kw_only=True):
    """One published review. `author` is empty where they gave no name."""

    id: UUID
    stars: int
    text: str
    author: str
    confirmed: bool
    language: str
    variant: str | UnsetType = UNSET
    written_at: str
    reply: Reply | UnsetType = UNSET


class ProductReviews(Struct, kw_only=True):
    """Of one product: the average, how many reviews of each number of stars, and a page of them.

    `json_ld` is for the product's page, as search engines read it (schema.org); absent as long as there are none.
    """

    average: float
    count: int
    stars: dict[int, int]
    items: list[PublicReview]
    next: str | None
    json_ld: dict[str, Any] | UnsetType = UNSET


def review_shown(row: ReviewRow, by: str) -> ReviewShown:
    """`by`: the name of who replied."""
    return ReviewShown(
        id=row.id,
        sku=row.sku,
        product=row.product,
        variant=row.variant or UNSET,
        image=row.image or UNSET,
        stars=row.stars,
        text=row.text or "",
        author=row.author or "",
        confirmed=row.confirmed,
        order=row.number or UNSET,
        language=row.language,
        state=row.state,
        written_at=rfc3339(row.written_at),
        reply=_reply(row, by),
        hints=hints_of(row.text),
    )


def public_review(row: ReviewRow) -> PublicReview:
    return PublicReview(
        id=row.id,
        stars=row.stars,
        text=row.text or "",
        author=row.author or "",
        confirmed=row.confirmed,
        language=row.language,
        variant=row.variant or UNSET,
        written_at=rfc3339(row.written_at),
        reply=_reply(row),
    )


def product_reviews(
    figures: Figures, rows: list[ReviewRow], following: str | None, json_ld: dict[str, Any] | None
) -> ProductReviews:
    return ProductReviews(
        average=figures.average,
        count=figures.count,
        stars=figures.stars,
        items=[public_review(row) for row in rows],
        next=following,
        json_ld=json_ld or UNSET,
    )


def _reply(row: ReviewRow, by: str = "") -> Reply | UnsetType:
    if row.reply is None or row.replied_at is None:
        return UNSET
    return Reply(text=row.reply, at=rfc3339(row.replied_at), by=by or UNSET)


encode = msgspec.json.Encoder().encode
