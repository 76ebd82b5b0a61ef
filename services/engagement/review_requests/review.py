"""The Review: what a customer says about one product, and what the shop makes of it."""

from typing import Any

from contracts.engagement.review_events import (
    ReviewEvent,
    ReviewPublished,
    ReviewRejected,
    ReviewReplied,
    ReviewWritten,
)
from contracts.engagement.reviews import ReviewState
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.review_requests.snapshots import ReviewSnapshot

COMMANDS_KEPT = 100


class Review(Aggregate):
    """Its id derives from order and product: each can be reviewed once."""

    def reset(self) -> None:
        self.state: ReviewState = "waiting"

    def write(self, cause: Cause, **facts: Any) -> None:
        self.record(ReviewWritten, cause, **facts)

    def publish(self, operator: str, cause: Cause) -> None:
        """Again is nothing new."""
        if self.state != "published":
            self.record(ReviewPublished, cause, operator=operator)

    def reject(self, operator: str, cause: Cause) -> None:
        """Again is nothing new."""
        if self.state != "rejected":
            self.record(ReviewRejected, cause, operator=operator)

    def reply(self, operator: str, text: str, cause: Cause) -> None:
        self.record(ReviewReplied, cause, operator=operator, text=text)

    def apply(self, event: ReviewEvent) -> None:
        match event:
            case ReviewPublished():
                self.state = "published"
            case ReviewRejected():
                self.state = "rejected"
            case ReviewWritten() | ReviewReplied():
                pass  # readers' matter: nothing is decided by it
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> ReviewSnapshot:
        return ReviewSnapshot(state=self.state, **self._snapshot_head())

    def restore(self, snapshot: ReviewSnapshot) -> None:
        self.state = snapshot.state
