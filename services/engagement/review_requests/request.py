"""The ReviewRequest: one mail of an order, or that none goes."""

from datetime import datetime
from uuid import UUID

from contracts.engagement.review_events import (
    ReviewFormOpened,
    ReviewRequestEvent,
    ReviewRequestIssued,
    ReviewRequestWithheld,
)
from contracts.engagement.reviews import Step
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.review_requests.errors import LinkOver
from services.engagement.review_requests.snapshots import ReviewRequestSnapshot


class ReviewRequest(Aggregate):
    """Its id derives from order and step: what is there can't come into being a second time."""

    def reset(self) -> None:
        self.order = UUID(int=0)
        self.step: Step = "request"
        self.expires_at: datetime | None = None
        self.opened = False

    def check_open(self, order: UUID, now: datetime) -> None:
        """Whether its link is good for this order. Raises `LinkOver`."""
        if self.order != order or self.expires_at is None or self.expires_at <= now:
            raise LinkOver

    def open_form(self, cause: Cause) -> None:
        """Kept once."""
        if not self.opened and self.expires_at is not None:
            self.record(ReviewFormOpened, cause, order=self.order)

    def apply(self, event: ReviewRequestEvent) -> None:
        match event:
            case ReviewRequestIssued():
                self.order, self.step, self.expires_at = event.order, event.step, event.expires_at
            case ReviewRequestWithheld():
                self.order, self.step = event.order, event.step
            case ReviewFormOpened():
                self.opened = True

    def snapshot(self) -> ReviewRequestSnapshot:
        return ReviewRequestSnapshot(
            order=self.order,
            step=self.step,
            expires_at=self.expires_at,
            opened=self.opened,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: ReviewRequestSnapshot) -> None:
        self.order, self.step = snapshot.order, snapshot.step
        self.expires_at, self.opened = snapshot.expires_at, snapshot.opened
