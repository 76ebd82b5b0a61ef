"""Polls as the read tables have them."""

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from contracts.engagement.polls import PollContent
from services.gateway.rest.paging import Place

_content: Final = msgspec.json.Decoder(PollContent)

COLUMNS: Final = "id, shop, content, state, author, created_at, opens_at, opened_at, closed_at, seq"


class PollRow(NamedTuple):
    """A poll, as its event `seq` left it. `json` is its content."""

    id: UUID
    shop: str
    json: str
    state: str
    author: str
    created_at: datetime
    opens_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    seq: int

    @property
    def content(self) -> PollContent:
        return _content.decode(self.json)

    def is_votable(self, now: datetime) -> bool:
        """The end counts to the moment, however late it is noted."""
        closes_at = self.content.closes_at
        return self.state == "open" and (closes_at is None or closes_at > now)


class Tally(NamedTuple):
    """How many votes a poll has, and when the last one came."""

    poll: UUID
    votes: int
    last_at: datetime | None


class PollPlace(Place, frozen=True, array_like=True):
    """The last poll of a page."""

    at: datetime
    id: UUID


class Bucket(NamedTuple):
    """Votes from `at` on, until the next one begins."""

    at: datetime
    votes: int
