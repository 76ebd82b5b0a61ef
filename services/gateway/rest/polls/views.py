"""Polls as REST shows them."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from contracts.engagement.polls import PollContent
from contracts.envelope import rfc3339
from contracts.sockets.common import Operator
from services.gateway.polls.rows import Bucket, PollRow, Tally

MOST_BUCKETS: Final = 240
WIDTHS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 6 * 60, 24 * 60))
"""How wide the buckets of a plot may be."""


class PollShown(Struct, kw_only=True, omit_defaults=True):
    """A poll of the list. `closes_at` stands in the content."""

    id: UUID
    state: str
    content: PollContent
    votes: int
    author: Operator
    created_at: str
    last_vote_at: str | UnsetType = UNSET
    opened_at: str | UnsetType = UNSET
    closed_at: str | UnsetType = UNSET


class PollBucket(Struct):
    """Votes that came from `at` on, until the next bucket begins."""

    at: str
    votes: int


class PollWithVotes(PollShown, kw_only=True):
    """The same whole: `counts` by answer; `plot` leaves out the buckets without votes, `width` is in seconds."""

    counts: dict[str, int]
    plot: list[PollBucket]
    width: int


class Polls(Struct):
    """A page of them, the newest first."""

    items: list[PollShown]
    next: str | None


class Recount(Struct, kw_only=True):
    """What the log itself says: `counts` by answer up to the event `counted_to`, and whether the shown ones agree."""

    counts: dict[str, int]
    votes: int
    agrees: bool
    counted_to: str


def shown(row: PollRow, tally: Tally | None, author: Operator) -> PollShown:
    """`tally` is None for one without votes."""
    return PollShown(
        id=row.id,
        state=row.state,
        content=row.content,
        votes=tally.votes if tally else 0,
        author=author,
        created_at=rfc3339(row.created_at),
        last_vote_at=_time(tally.last_at if tally else None),
        opened_at=_time(row.opened_at),
        closed_at=_time(row.closed_at),
    )


def whole(one: PollShown, counts: dict[str, int], plot: list[Bucket], width: timedelta) -> PollWithVotes:
    """Every answer is among the counts."""
    answers = [answer.id for answer in one.content.answers]
    buckets = [PollBucket(rfc3339(bucket.at), bucket.votes) for bucket in plot]
    return PollWithVotes(
        **{name: getattr(one, name) for name in one.__struct_fields__},
        counts={answer: counts.get(answer, 0) for answer in answers},
        plot=buckets,
        width=round(width.total_seconds()),
    )


def width_of(span: timedelta) -> timedelta:
    """The narrowest buckets of which not too many make up this time."""
    return next((width for width in WIDTHS if span <= width * MOST_BUCKETS), WIDTHS[-1])


def _time(at: datetime | None) -> str | UnsetType:
    return UNSET if at is None else rfc3339(at)
