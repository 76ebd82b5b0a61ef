"""The rows of the tables of orders and reviews, field by field as the columns stand (`read/0008_reviews.sql`)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from contracts.engagement.reviews import OrderItem, ReviewState


class ReviewRequestRow(Struct, kw_only=True):
    """One step of asking for reviews of an order. `order_seq` and `seq`: the events of either that it has come to."""

    id: UUID
    shop: str
    order_id: UUID
    number: str
    step: str
    state: Literal["planned", "stopped", "sent", "withheld"]
    due_at: datetime | None = None
    reason: str | None = None
    at: datetime
    expires_at: datetime | None = None
    opened_at: datetime | None = None
    order_seq: int = 0
    seq: int = 0


class OrderRow(Struct, kw_only=True):
    """One order.

    `person` is None as long as the shop has reported nothing of it but a status, and when whoever it was of has been
    erased; `parked` are its requests meanwhile: they count again once it is somebody's. `recipient` and `mailbox`: the
    RecipientRows that there may be for it.
    """

    id: UUID
    shop: str
    number: str
    person: str | None = None
    placed_at: datetime | None = None
    items: list[OrderItem] = []
    language: str = "en"
    customer: str | None = None
    email: str | None = None
    name: str | None = None
    status: str | None = None
    status_since: datetime | None = None
    recipient: UUID | None = None
    mailbox: UUID | None = None
    parked: list[ReviewRequestRow] = []
    seq: int


class ReviewRow(Struct, kw_only=True):
    """One review, with the decision of staff about it and their reply."""

    id: UUID
    shop: str
    person: str
    sku: str
    product: str
    variant: str | None = None
    stars: int
    language: str
    written_at: datetime
    confirmed: bool
    order_id: UUID | None = None
    number: str | None = None
    request: UUID | None = None
    text: str | None = None
    author: str | None = None
    state: ReviewState = "waiting"
    decided_at: datetime | None = None
    decided_by: str | None = None
    reply: str | None = None
    replied_at: datetime | None = None
    replied_by: str | None = None
    seq: int


class RecipientRow(Struct, kw_only=True):
    """Somebody who gets no more review mails: they said so, or mails don't arrive. Who it is, orders alone know."""

    id: UUID
    shop: str
    unsubscribed_at: datetime | None = None
    unsubscribed_by: str | None = None
    bounced_at: datetime | None = None
    seq: int
