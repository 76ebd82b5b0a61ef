"""What the review page sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from contracts.conversations.appearance import ColourPair, Language
from contracts.engagement.reviews import Sku, Stars
from contracts.ids import CommandId
from services.gateway.rest.outcomes import Outcome


class ReviewToken(Struct):
    """`token`: of the link."""

    token: Annotated[str, Meta(max_length=1_000)]


class NewReview(Struct, forbid_unknown_fields=True):
    """What somebody says about one product of their order."""

    sku: Sku
    stars: Stars
    text: Annotated[str, Meta(max_length=16_000)] = ""


class ReviewsSaid(Struct, forbid_unknown_fields=True, kw_only=True):
    """The same `id` with the same reviews again gives the first answer. Below them stands who has ordered, as the form
    has said."""

    id: CommandId
    reviews: Annotated[list[NewReview], Meta(min_length=1, max_length=200)]
    language: Language = "en"


class NewReviews(ReviewsSaid, forbid_unknown_fields=True, kw_only=True):
    """The same with the link's `token`."""

    token: Annotated[str, Meta(max_length=1_000)]


class ProductBought(Struct, kw_only=True):
    """One product of the order. `written`: it is reviewed already."""

    sku: str
    name: str
    quantity: int
    variant: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    written: bool


class ReviewForm(Struct, kw_only=True):
    """What the form shows, below a `header` in the shop's colours. `status` is the shop's word for how the order
    stands, `since` when it came to that. `author`: how the customer will be called in public; empty if the shop has
    not told their name.
    """

    shop: str
    shop_name: str
    header: ColourPair
    order: str
    language: str
    status: str | UnsetType = UNSET
    since: str | UnsetType = UNSET
    items: list[ProductBought]
    author: str
    expires_at: str


class ReviewOutcome(Outcome, kw_only=True):
    """What became of one of the reviews."""

    sku: str


class ReviewOutcomes(Struct):
    """In the order of the reviews."""

    results: list[ReviewOutcome]
