"""What the demo shop asks its visitors: a poll that is over, with votes, and one that waits to be opened."""

import asyncio
from collections.abc import Iterator
from functools import partial
from itertools import chain, repeat
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.sql import SQL

from contracts import subjects
from contracts.command import Command
from contracts.engagement.poll_commands import CastVote, ClosePoll, DraftPoll, StartPoll
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.ids import poll_id, vote_id
from services.common.broker import Broker
from services.common.log_pages import table_of
from services.common.settings import Settings
from services.standalone.shops import send

_SATURDAYS: Final = PollContent(
    question="Open studio on Saturdays?",
    answers=[PollAnswer(id="morning", text="Yes, in the morning"), PollAnswer(id="afternoon", text="Yes, after lunch"),
             PollAnswer(id="no", text="Rather not")],
)  # fmt: skip
_VOTES: Final = {"morning": 19, "afternoon": 11, "no": 4}
_GLAZE: Final = PollContent(
    question="Which glaze shall we bring back this winter?",
    answers=[PollAnswer(id="moss", text="Moss"), PollAnswer(id="tide", text="Tide blue"),
             PollAnswer(id="salt", text="Salt white"), PollAnswer(id="plum", text="Plum")],
)  # fmt: skip


async def prepare(settings: Settings, broker: Broker, shop: str, owner: str, seconds: float) -> None:
    """Make them on behalf of `owner`, unless that was done at a start before.

    Raises shops.Unanswered if no worker comes up within `seconds`, shops.Refused.
    """
    over, waiting = poll_id(shop, owner, "demo-saturdays"), poll_id(shop, owner, "demo-glaze")
    if _is_done(settings, shop, waiting):
        return
    by_owner: dict[str, Any] = {"shop": shop, "sender_kind": "operator", "sender": owner}

    async def tell(kind: type[Command], **fields: Any) -> None:
        await send(broker, partial(_command, kind, fields), seconds)

    await tell(DraftPoll, id="demo-saturdays", poll=over, content=_SATURDAYS, **by_owner)
    await tell(StartPoll, id="demo-start", poll=over, **by_owner)
    await asyncio.gather(*(tell(CastVote, shop=shop, **vote) for vote in _votes(over)))
    await tell(ClosePoll, id="demo-close", poll=over, **by_owner)
    await tell(DraftPoll, id="demo-glaze", poll=waiting, content=_GLAZE, **by_owner)


def _command(kind: type[Command], fields: dict[str, Any], gateway: str) -> Command:
    return kind(gateway=gateway, **fields)


def _votes(poll: UUID) -> Iterator[dict[str, Any]]:
    """Of visitors who are nobody."""
    for number, answer in enumerate(chain.from_iterable(repeat(answer, votes) for answer, votes in _VOTES.items())):
        voter = f"g_demo{number}"
        vote = {"poll": poll, "vote": vote_id(poll, voter), "answer": answer}
        yield {"id": f"demo-vote-{number}", "sender_kind": "visitor", "sender": voter, **vote}


def _is_done(settings: Settings, shop: str, last: UUID) -> bool:
    """Whether the log has the last poll."""
    query = SQL("SELECT FROM {} WHERE originator_id = %s LIMIT 1").format(table_of(shop, subjects.ENGAGEMENT))
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        try:
            return connection.execute(query, [last]).fetchone() is not None
        except psycopg.errors.UndefinedTable:  # before the first worker has come up
            return False
