"""The ReviewPolicy: how a shop asks for reviews."""

from contracts.engagement.review_events import ReviewPolicyEvent, ReviewRulesSet
from contracts.engagement.reviews import ReviewRules
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.review_requests.snapshots import ReviewPolicySnapshot

COMMANDS_KEPT = 100


class ReviewPolicy(Aggregate):
    """One a shop; before it is set, nobody is asked."""

    def reset(self) -> None:
        self.rules = ReviewRules()

    def set(self, rules: ReviewRules, operator: str, cause: Cause) -> None:
        """The same rules again are nothing new."""
        if self.version and rules == self.rules:
            return
        self.record(ReviewRulesSet, cause, operator=operator, rules=rules)

    def apply(self, event: ReviewPolicyEvent) -> None:
        self.rules = event.rules
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> ReviewPolicySnapshot:
        return ReviewPolicySnapshot(rules=self.rules, **self._snapshot_head())

    def restore(self, snapshot: ReviewPolicySnapshot) -> None:
        self.rules = snapshot.rules
