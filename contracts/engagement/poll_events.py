"""Events of a Poll and of a Vote."""

from datetime import datetime
from uuid import UUID

from contracts.engagement.polls import AnswerId, PollContent
from contracts.event import Event


class PollDrafted(Event, frozen=True, kw_only=True, tag="poll.drafted.v1"):
    """Somebody of the staff has begun one."""

    operator: str
    content: PollContent


class PollChanged(Event, frozen=True, kw_only=True, tag="poll.changed.v1"):
    """What it asks, or when it closes, is different now."""

    operator: str
    content: PollContent


class PollPlanned(Event, frozen=True, kw_only=True, tag="poll.planned.v1"):
    """It opens by itself."""

    operator: str
    opens_at: datetime


class PollOpened(Event, frozen=True, kw_only=True, tag="poll.opened.v1"):
    """Votes count from now on, until `closes_at` if there is one. `operator` is empty if its time had come.

    Comes again when staff give an open one another end.
    """

    operator: str = ""
    closes_at: datetime | None = None


class PollClosed(Event, frozen=True, kw_only=True, tag="poll.closed.v1"):
    """Votes count no more. `operator` is empty if its time had come."""

    operator: str = ""


class PollArchived(Event, frozen=True, kw_only=True, tag="poll.archived.v1"):
    """It is out of sight."""

    operator: str


class PollDiscarded(Event, frozen=True, kw_only=True, tag="poll.discarded.v1"):
    """A draft or a planned one was thrown away."""

    operator: str


class VoteCast(Event, frozen=True, kw_only=True, tag="vote.cast.v1"):
    """One visitor's, once; who that was cannot be told from it."""

    poll: UUID
    answer: AnswerId


PollEvent = PollDrafted | PollChanged | PollPlanned | PollOpened | PollClosed | PollArchived | PollDiscarded
VoteEvent = VoteCast
