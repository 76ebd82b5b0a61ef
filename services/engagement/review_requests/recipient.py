"""The Recipient: a person as one who gets review mails of a shop, and maybe no more of them."""

from typing import Literal

from contracts.engagement.review_events import RecipientBounced, RecipientEvent, RecipientUnsubscribed
from contracts.engagement.reviews import Withheld
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.review_requests.snapshots import RecipientSnapshot


class Recipient(Aggregate):
    """Comes into being when somebody wants no more mails, or when they don't arrive."""

    def reset(self) -> None:
        self.unsubscribed = False
        self.bounced = False

    @property
    def stopped(self) -> Withheld | None:
        """Why there are no more mails."""
        return "unsubscribed" if self.unsubscribed else "bounced" if self.bounced else None

    def unsubscribe(self, person: str, by: Literal["link", "one_click", "staff"], cause: Cause) -> None:
        """Again is nothing new."""
        if not self.unsubscribed:
            self.record(RecipientUnsubscribed, cause, person=person, by=by)

    def bounce(self, person: str, cause: Cause) -> None:
        """Again is nothing new."""
        if not self.bounced:
            self.record(RecipientBounced, cause, person=person)

    def apply(self, event: RecipientEvent) -> None:
        match event:
            case RecipientUnsubscribed():
                self.unsubscribed = True
            case RecipientBounced():
                self.bounced = True

    def snapshot(self) -> RecipientSnapshot:
        return RecipientSnapshot(unsubscribed=self.unsubscribed, bounced=self.bounced, **self._snapshot_head())

    def restore(self, snapshot: RecipientSnapshot) -> None:
        self.unsubscribed, self.bounced = snapshot.unsubscribed, snapshot.bounced
