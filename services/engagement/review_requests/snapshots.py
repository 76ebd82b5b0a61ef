"""Aggregates of this slice at rest."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct, field

from contracts.engagement.reviews import Mode, OrderItem, OrderStatus, ReviewRules, ReviewState, Step
from services.common.eventlog.snapshot import Snapshot


class Placing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An order as the shop has reported it last. `digest` tells whether it is reported the same again."""

    number: str
    person: str
    placed_at: datetime
    items: list[OrderItem]
    language: str
    digest: str
    email: str | None = None
    name: str | None = None
    mailbox: str | None = None

    @property
    def recipients(self) -> list[str]:
        """Whose word that there are to be no more mails holds: the customer's, and whoever's has the mailbox."""
        return [self.person] if self.mailbox is None else [self.person, self.mailbox]


class ReviewPolicySnapshot(Snapshot, frozen=True, kw_only=True, tag="review_policy.snapshot.v1"):
    rules: ReviewRules


class OrderSnapshot(Snapshot, frozen=True, kw_only=True, tag="order.snapshot.v1"):
    """`reported` are the statuses, the oldest report first. `planned_from`: when it was placed and received, as it was
    known when the first mail was planned; `mode`: in which."""

    placing: Placing | None = None
    reported: list[tuple[OrderStatus, datetime]] = field(default_factory=list)
    plans: dict[Step, datetime] = field(default_factory=dict)
    planned_from: tuple[datetime | None, datetime | None] | None = None
    mode: Mode = "received"


class ReviewRequestSnapshot(Snapshot, frozen=True, kw_only=True, tag="review_request.snapshot.v1"):
    """`expires_at` is None for one that was withheld."""

    order: UUID
    step: Step
    expires_at: datetime | None = None
    opened: bool = False


class ReviewSnapshot(Snapshot, frozen=True, kw_only=True, tag="review.snapshot.v1"):
    """A review, without its texts."""

    state: ReviewState


class RecipientSnapshot(Snapshot, frozen=True, kw_only=True, tag="recipient.snapshot.v1"):
    unsubscribed: bool = False
    bounced: bool = False
