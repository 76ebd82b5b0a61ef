"""Commands about orders, review requests and reviews."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from contracts.command import Command
from contracts.conversations.appearance import Language
from contracts.engagement.reviews import (
    OrderItem,
    OrderNumber,
    OrderStatus,
    ReviewRules,
    ReviewState,
    Sku,
    Stars,
    Step,
    Variant,
)
from contracts.personal import Personal


class SetReviewRules(Command, frozen=True, kw_only=True):
    """A manager decides how customers are asked: in which mode and when, holds for orders reported from now on."""

    rules: ReviewRules


class PlaceOrder(Command, frozen=True, kw_only=True):
    """The shop reports an order, or again as it is now. `order` is derived from (shop, `number`).

    `person`: under whose key its personal fields are sealed; the same for all orders of a customer. `mailbox` stands
    for the address in it, whoever's order it is: who wants no more mails there is not asked as somebody else.
    """

    order: UUID
    number: OrderNumber
    person: str
    placed_at: datetime
    items: Annotated[list[OrderItem], Meta(min_length=1, max_length=200)]
    language: Language = "en"
    customer: Personal | None = None
    email: Personal | None = None
    name: Personal | None = None
    mailbox: str | None = None


class ReportOrderStatus(Command, frozen=True, kw_only=True):
    """The shop reports a status, maybe before the order itself, or late: the status with the latest `at` holds.

    Without `at` it holds from now on, whatever was reported before.
    """

    order: UUID
    number: OrderNumber
    status: OrderStatus
    at: datetime | None = None


class SendReviewRequest(Command, frozen=True, kw_only=True):
    """Of the system: a timer has come. Decides whether the mail goes or is withheld; does nothing a second time."""

    order: UUID
    step: Step


class OpenReviewForm(Command, frozen=True, kw_only=True):
    """The customer has opened the form. Kept once."""

    request: UUID


class WriteReview(Command, frozen=True, kw_only=True):
    """The customer writes about one product of the order. `review` is derived from (shop, order, `sku`).

    `author` is how they are called in public: "Hannah W.".
    """

    request: UUID
    order: UUID
    review: UUID
    sku: Sku
    stars: Stars
    language: Language
    text: Personal | None = None
    author: Personal | None = None


class ImportReview(Command, frozen=True, kw_only=True):
    """Staff bring a review that was written elsewhere.

    `review` is derived from (shop, its id there); `number` is the order's.
    """

    review: UUID
    person: str
    sku: Sku
    product: Annotated[str, Meta(max_length=200)]
    stars: Stars
    language: Language
    written_at: datetime
    state: ReviewState = "waiting"
    confirmed: bool = False
    variant: Variant | None = None
    number: OrderNumber | None = None
    text: Personal | None = None
    author: Personal | None = None
    reply: Personal | None = None


class PublishReview(Command, frozen=True, kw_only=True):
    review: UUID


class RejectReview(Command, frozen=True, kw_only=True):
    """It is not shown, or no longer."""

    review: UUID


class ReplyToReview(Command, frozen=True, kw_only=True):
    """The shop's public word below it; an empty one takes it away. Sealed under the reviewer's key."""

    review: UUID
    text: Personal


class Unsubscribe(Command, frozen=True, kw_only=True):
    """Somebody wants no more review mails of this shop. `recipient` is derived from (shop, `person`), a customer or a
    mailbox."""

    recipient: UUID
    person: str
    by: Literal["link", "one_click", "staff"]


class NoteBounce(Command, frozen=True, kw_only=True):
    """Of the system: mails to this person, or mailbox, don't arrive."""

    recipient: UUID
    person: str


ReviewCommand = (
    SetReviewRules
    | PlaceOrder
    | ReportOrderStatus
    | SendReviewRequest
    | OpenReviewForm
    | WriteReview
    | ImportReview
    | PublishReview
    | RejectReview
    | ReplyToReview
    | Unsubscribe
    | NoteBounce
)
