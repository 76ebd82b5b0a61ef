"""What orders consist of, what is written about them, and how customers are asked."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from contracts.engagement.campaigns import Zone

Sku = Annotated[str, Meta(min_length=1, max_length=64, description="A product, as the shop numbers it.")]
OrderNumber = Annotated[str, Meta(min_length=1, max_length=64)]
OrderStatus = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_-]{0,39}$(?!\n)",
        description="The shop's own word; received, cancelled and returned mean something to review requests.",
    ),
]
Variant = Annotated[str, Meta(max_length=100)]
Stars = Annotated[int, Meta(ge=1, le=5)]
ReviewState = Literal["waiting", "published", "rejected"]
Step = Literal["request", "reminder"]
Mode = Literal["placed", "received"]
Withheld = Literal["off", "cancelled", "returned", "unsubscribed", "bounced", "reviewed", "no_address"]

RECEIVED: OrderStatus = "received"
STOPPING: frozenset[OrderStatus] = frozenset({"cancelled", "returned"})
"""Orders in these ask nobody for a review."""


class OrderItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One product of an order. Addresses are https."""

    sku: Sku
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    quantity: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    variant: Variant | None = None
    url: Annotated[str, Meta(max_length=2_000)] | None = None
    image: Annotated[str, Meta(max_length=2_000)] | None = None


class ReviewRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a shop asks for reviews.

    Mode `placed`: `days` days after the order was placed, a mail with one link a product. Mode `received`: `days`
    days after its status became `received`, a mail with one link to a form of all products. Days are those of `zone`,
    mails go at `hour` o'clock there. `reminder_days`: so long after the mail there is one reminder, about what nothing
    was written about yet; links are good for `link_days`.
    """

    on: bool = False
    mode: Mode = "received"
    days: Annotated[int, Meta(ge=0, le=365)] = 5
    hour: Annotated[int, Meta(ge=0, le=23)] = 10
    zone: Zone = "UTC"
    reminder_days: Annotated[int, Meta(ge=1, le=90)] | None = 7
    link_days: Annotated[int, Meta(ge=1, le=365)] = 60
