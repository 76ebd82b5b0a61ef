"""What a poll asks, checked beyond what its types say."""

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta, field

from contracts.engagement.polls import PollAnswer, PollContent
from services.gateway import forms
from services.gateway.rest.bodies import invalid
from services.gateway.rest.moments import is_possible
from services.gateway.sockets.texts import BadText

MOST_QUESTION = 200
MOST_ANSWER = 120


class WrittenAnswer(PollAnswer, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers to choose from; its id stays when the text or the order changes."""


class WrittenPoll(PollContent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a poll asks, as staff send it: what has another name is a mistake.

    `language`: only on pages in it, whether the shop speaks it or not; `groups`: only on pages of these groups. Absent
    or empty: on any. `opens_at`: at once, once it is started, if absent; without `closes_at` it stays open until staff
    close it. `results`: what a visitor sees after voting.
    """

    answers: Annotated[list[WrittenAnswer], Meta(max_length=12)] = field(default_factory=list)  # type: ignore[assignment]


def checked(content: WrittenPoll) -> PollContent:
    """The same in its one spelling: each text on one line, times in UTC. Raises Problem."""
    return PollContent(
        question=_line("content.question", content.question, MOST_QUESTION),
        answers=[
            PollAnswer(id=answer.id, text=_line(f"content.answers[{place}].text", answer.text, MOST_ANSWER))
            for place, answer in enumerate(content.answers)
        ],
        language=content.language,
        groups=content.groups,
        opens_at=_time("content.opens_at", content.opens_at),
        closes_at=_time("content.closes_at", content.closes_at),
        results=content.results,
    )


def _line(where: str, text: str, most: int) -> str:
    try:
        return forms.single_line(text.strip(), most)
    except BadText as bad:
        raise invalid(where, f"The text can't be taken: {bad.detail}.") from None


def _time(where: str, at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise invalid(where, "A time needs its zone.")
    if not is_possible(at):
        raise invalid(where, "This time is too far away.")
    return at.astimezone(UTC)
