"""Polls and votes at rest."""

from datetime import datetime
from typing import Literal

from contracts.engagement.polls import PollContent
from services.common.eventlog.snapshot import Snapshot

State = Literal["draft", "planned", "open", "closed", "archived", "discarded"]


class PollSnapshot(Snapshot, frozen=True, kw_only=True, tag="poll.snapshot.v1"):
    """A poll, without its votes: those are on their own."""

    state: State
    content: PollContent
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class VoteSnapshot(Snapshot, frozen=True, kw_only=True, tag="vote.snapshot.v1"):
    """One visitor's vote."""

    answer: str
