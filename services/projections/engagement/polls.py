"""Polls and votes: a row each, and how many votes came in each minute."""

from datetime import datetime
from typing import Any, Final, assert_never
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.engagement import poll_events as happened
from contracts.event import topic_of
from services.common.key_store import KeyStore
from services.projections.paging import Connection
from services.projections.tables import Table

POLL_EVENTS: Final = frozenset(happened.PollEvent.__args__)
NAMES: Final = frozenset(map(topic_of, (*POLL_EVENTS, happened.VoteCast)))
TABLES: Final = {
    "rm_poll": ("id",),
    "rm_vote": ("id",),
    "rm_vote_minute": ("poll", "minute", "answer"),
}

_encode: Final = msgspec.json.Encoder().encode

# Only what is new to the table of votes is counted, so that a page applied again counts nothing twice.
_ADD_VOTES: Final = b"""
    WITH added AS (
        INSERT INTO rm_vote (id, shop, poll, answer, at)
        SELECT id, shop, poll, answer, at FROM json_populate_recordset(NULL::rm_vote, %s)
        ON CONFLICT (id) DO NOTHING RETURNING poll, answer, at
    )
    INSERT INTO rm_vote_minute (poll, answer, minute, votes, last_at)
    SELECT poll, answer, date_trunc('minute', at, 'UTC'), count(*), max(at) FROM added GROUP BY 1, 2, 3
    ON CONFLICT (poll, minute, answer) DO UPDATE
    SET votes = rm_vote_minute.votes + excluded.votes, last_at = greatest(rm_vote_minute.last_at, excluded.last_at)
"""


class PollRow(Struct, kw_only=True):
    """A poll as its list shows it; `content` is JSON."""

    id: UUID
    shop: str
    content: str
    state: str
    author: str
    created_at: datetime
    opens_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    seq: int


class VoteRow(Struct, kw_only=True):
    """One visitor's vote; who that was cannot be told from it."""

    id: UUID
    shop: str
    poll: UUID
    answer: str
    at: datetime


_POLLS: Final = Table("rm_poll", PollRow)


class PollsFold:
    """Takes events in log order. `rows` are the polls as they stand then, `removed` those that were thrown away."""

    def __init__(self, rows: dict[UUID, PollRow]) -> None:
        """Rows as far as the page names them and they are there; they are updated."""
        self.rows = rows
        self.removed: set[UUID] = set()

    def apply(self, event: happened.PollEvent) -> None:
        if isinstance(event, happened.PollDrafted):
            self._draft(event)
            return
        row = self.rows.get(event.originator_id)
        if row is None or event.originator_version <= row.seq:
            return
        row.seq = event.originator_version
        match event:
            case happened.PollChanged():
                row.content = _encode(event.content).decode()
            case happened.PollPlanned():
                row.state, row.opens_at = "planned", event.opens_at
            case happened.PollOpened():
                row.state, row.opens_at, row.opened_at = "open", None, row.opened_at or event.timestamp
            case happened.PollClosed():
                row.state, row.closed_at = "closed", event.timestamp
            case happened.PollArchived():
                row.state = "archived"
            case happened.PollDiscarded():
                del self.rows[row.id]
                self.removed.add(row.id)
            case _:
                assert_never(event)

    def _draft(self, event: happened.PollDrafted) -> None:
        if event.originator_id not in self.rows:
            self.rows[event.originator_id] = PollRow(
                id=event.originator_id,
                shop=event.shop,
                content=_encode(event.content).decode(),
                state="draft",
                author=event.operator,
                created_at=event.timestamp,
                seq=event.originator_version,
            )


async def apply(connection: Connection, _keys: KeyStore, events: list[Any]) -> None:
    """Nothing in these events is sealed: they tell nothing about persons."""
    polls = [event for event in events if type(event) in POLL_EVENTS]
    fold = PollsFold(await _POLLS.rows(connection, {event.originator_id for event in polls}))
    for event in polls:
        fold.apply(event)
    if fold.removed:
        await _POLLS.remove(connection, fold.removed)
    if fold.rows:
        await _POLLS.write(connection, list(fold.rows.values()))
    if votes := [_vote(event) for event in events if isinstance(event, happened.VoteCast)]:
        await connection.execute(_ADD_VOTES, [_encode(votes).decode()])


def _vote(event: happened.VoteCast) -> VoteRow:
    return VoteRow(id=event.originator_id, shop=event.shop, poll=event.poll, answer=event.answer, at=event.timestamp)
