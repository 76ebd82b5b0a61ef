"""What a poll asks, checked beyond what its types say."""

from datetime import UTC, datetime

import msgspec

from contracts.engagement.polls import PollAnswer, PollContent
from services.gateway import forms
from services.gateway.rest.bodies import invalid
from services.gateway.sockets.texts import BadText

MOST_QUESTION = 200
MOST_ANSWER = 120


def checked(content: PollContent) -> PollContent:
    """The same in its one spelling: each text on one line, times in UTC. Raises Problem."""
    return msgspec.structs.replace(
        content,
        question=_line("content.question", content.question, MOST_QUESTION),
        answers=[
            PollAnswer(id=answer.id, text=_line("content.answers", answer.text, MOST_ANSWER))
            for answer in content.answers
        ],
        opens_at=_time("content.opens_at", content.opens_at),
        closes_at=_time("content.closes_at", content.closes_at),
    )


def _line(field: str, text: str, most: int) -> str:
    try:
        return forms.single_line(text.strip(), most)
    except BadText as bad:
        raise invalid(field, f"The text can't be taken: {bad.detail}.") from None


def _time(field: str, at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise invalid(field, "A time needs its zone.")
    return at.astimezone(UTC)
