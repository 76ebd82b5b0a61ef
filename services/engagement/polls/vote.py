"""The Vote: what one visitor has chosen in one poll. Its id, derived from both, is what makes it the only one."""

from uuid import UUID

from contracts.engagement.poll_events import VoteCast
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.polls.snapshots import VoteSnapshot


class Vote(Aggregate):
    """It never changes."""

    def reset(self) -> None:
        self.answer = ""

    def cast(self, poll: UUID, answer: str, cause: Cause) -> None:
        """It comes into being."""
        self.record(VoteCast, cause, poll=poll, answer=answer)

    def apply(self, event: VoteCast) -> None:
        self.answer = event.answer

    def snapshot(self) -> VoteSnapshot:
        return VoteSnapshot(answer=self.answer, **self._snapshot_head())

    def restore(self, snapshot: VoteSnapshot) -> None:
        self.answer = snapshot.answer
