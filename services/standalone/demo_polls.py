"""What the demo shop asks its visitors: a poll that is over, one that is open on its first page, one that waits."""

import asyncio
from collections.abc import Iterator
from functools import partial
from itertools import chain, repeat
from typing import Any, Final
from uuid import UUID

from contracts.command import Command
from contracts.engagement.poll_commands import CastVote, ClosePoll, DraftPoll, StartPoll
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.ids import poll_id, vote_id
from services.common.broker import Broker
from services.common.settings import Settings
from services.standalone.shops import is_logged, send

_SATURDAYS: Final = PollContent(
    question="Open studio on Saturdays?",
    answers=[PollAnswer(id="morning", text="Yes, in the morning"), PollAnswer(id="afternoon", text="Yes, after lunch"),
             PollAnswer(id="no", text="Rather not")],
    groups=["visit-us"],
)  # fmt: skip
_GLAZE: Final = PollContent(
    question="Which glaze shall we bring back this winter?",
    answers=[PollAnswer(id="moss", text="Moss"), PollAnswer(id="tide", text="Tide blue"),
             PollAnswer(id="salt", text="Salt white"), PollAnswer(id="plum", text="Plum")],
    groups=["home"],
)  # fmt: skip
_SIZES: Final = PollContent(
    question="Which size of mug do you reach for?",
    answers=[PollAnswer(id="small", text="240 ml"), PollAnswer(id="large", text="340 ml"),
             PollAnswer(id="huge", text="Half a litre")],
    groups=["mugs"],
)  # fmt: skip
_SATURDAY_VOTES: Final = {"morning": 19, "afternoon": 11, "no": 4}
_GLAZE_VOTES: Final = {"moss": 7, "tide": 12, "salt": 4, "plum": 3}


async def prepare(settings: Settings, broker: Broker, shop: str, owner: str, seconds: float) -> None:
    """Make them on behalf of `owner`, unless that was done at a start before.

    Raises shops.Unanswered if no worker comes up within `seconds`, shops.Refused.
    """
    over, here, waiting = (poll_id(shop, owner, draft) for draft in ("demo-saturdays", "demo-glaze", "demo-sizes"))
    if is_logged(settings, shop, waiting):
        return
    by_owner: dict[str, Any] = {"shop": shop, "sender_kind": "operator", "sender": owner}

    async def tell(kind: type[Command], **fields: Any) -> None:
        await send(broker, partial(_command, kind, fields), seconds)

    await tell(DraftPoll, id="demo-saturdays", poll=over, content=_SATURDAYS, **by_owner)
    await tell(StartPoll, id="demo-start", poll=over, **by_owner)
    await tell(DraftPoll, id="demo-glaze", poll=here, content=_GLAZE, **by_owner)
    await tell(StartPoll, id="demo-start", poll=here, **by_owner)
    votes = chain(_votes(over, _SATURDAY_VOTES), _votes(here, _GLAZE_VOTES))
    await asyncio.gather(*(tell(CastVote, shop=shop, **vote) for vote in votes))
    await tell(ClosePoll, id="demo-close", poll=over, **by_owner)
    await tell(DraftPoll, id="demo-sizes", poll=waiting, content=_SIZES, **by_owner)


def _command(kind: type[Command], fields: dict[str, Any], gateway: str) -> Command:
    return kind(gateway=gateway, **fields)


def _votes(poll: UUID, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Of visitors who are nobody."""
    for number, answer in enumerate(chain.from_iterable(repeat(answer, votes) for answer, votes in counts.items())):
        voter = f"g_demo{number}"
        vote = {"poll": poll, "vote": vote_id(poll, voter), "answer": answer}
        yield {"id": f"demo-vote-{number}", "sender_kind": "visitor", "sender": voter, **vote}
