"""Events of ReviewPolicy, Order, ReviewRequest, Review and Recipient."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.conversations.appearance import Language
from contracts.engagement.reviews import (
    Mode,
    OrderItem,
    OrderNumber,
    OrderStatus,
    ReviewRules,
    Sku,
    Stars,
    Step,
    Withheld,
)
from contracts.event import Event
from contracts.personal import Personal


class ReviewRulesSet(Event, frozen=True, kw_only=True, tag="review_policy.rules_set.v1"):
    """How customers are asked from now on."""

    operator: str
    rules: ReviewRules


class OrderPlaced(Event, frozen=True, kw_only=True, tag="order.placed.v1"):
    """The shop has reported an order, or reports it as it is now: the last of these holds. See the command."""

    number: OrderNumber
    person: str
    placed_at: datetime
    items: list[OrderItem]
    language: Language = "en"
    customer: Personal | None = None
    email: Personal | None = None
    name: Personal | None = None
    mailbox: str | None = None


class OrderStatusReported(Event, frozen=True, kw_only=True, tag="order.status_reported.v1"):
    """What came late is kept, too, but does not hold."""

    number: OrderNumber
    status: OrderStatus
    since: datetime


class OrderReviewPlanned(Event, frozen=True, kw_only=True, tag="order.review_planned.v1"):
    """The customer is to be asked at `due_at`, in the mode that held when it was planned."""

    step: Step
    due_at: datetime
    mode: Mode


class OrderReviewStopped(Event, frozen=True, kw_only=True, tag="order.review_stopped.v1"):
    """What was planned is off: the order was cancelled or came back."""

    reason: Withheld


class ReviewRequestIssued(Event, frozen=True, kw_only=True, tag="review_request.issued.v1"):
    """A mail is due. Its texts are copies of the order's, sealed under the same key and names."""

    order: UUID
    number: OrderNumber
    step: Step
    person: str
    mode: Mode
    items: list[OrderItem]
    language: Language
    expires_at: datetime
    email: Personal
    name: Personal | None = None
    mailbox: str | None = None


class ReviewRequestWithheld(Event, frozen=True, kw_only=True, tag="review_request.withheld.v1"):
    """Looked at again when it was due, the customer is not asked."""

    order: UUID
    number: OrderNumber
    step: Step
    reason: Withheld


class ReviewFormOpened(Event, frozen=True, kw_only=True, tag="review_request.form_opened.v1"):
    """For the first time."""

    order: UUID


class ReviewWritten(Event, frozen=True, kw_only=True, tag="review.written.v1"):
    """Waits for moderation. `confirmed`: the shop has reported the purchase. `request` is absent for an import."""

    person: str
    sku: Sku
    product: str
    stars: Stars
    language: Language
    written_at: datetime
    confirmed: bool
    variant: str | None = None
    order: UUID | None = None
    number: OrderNumber | None = None
    request: UUID | None = None
    text: Personal | None = None
    author: Personal | None = None


class ReviewPublished(Event, frozen=True, kw_only=True, tag="review.published.v1"):
    """Everybody may read it."""

    operator: str


class ReviewRejected(Event, frozen=True, kw_only=True, tag="review.rejected.v1"):
    """Nobody is shown it, or no longer."""

    operator: str


class ReviewReplied(Event, frozen=True, kw_only=True, tag="review.replied.v1"):
    """The last of these holds; an empty text is none."""

    operator: str
    text: Personal


class RecipientUnsubscribed(Event, frozen=True, kw_only=True, tag="recipient.unsubscribed.v1"):
    """This person wants no more review mails of the shop, or nobody does at this mailbox."""

    person: str
    by: Literal["link", "one_click", "staff"]


class RecipientBounced(Event, frozen=True, kw_only=True, tag="recipient.bounced.v1"):
    """Mails to this person, or mailbox, don't arrive."""

    person: str


ReviewPolicyEvent = ReviewRulesSet
OrderEvent = OrderPlaced | OrderStatusReported | OrderReviewPlanned | OrderReviewStopped
ReviewRequestEvent = ReviewRequestIssued | ReviewRequestWithheld | ReviewFormOpened
ReviewEvent = ReviewWritten | ReviewPublished | ReviewRejected | ReviewReplied
RecipientEvent = RecipientUnsubscribed | RecipientBounced
