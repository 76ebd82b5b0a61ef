"""What a poll asks."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from contracts.conversations.appearance import Language
from contracts.engagement.campaigns import Slug

AnswerId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]


class PollAnswer(Struct, frozen=True, kw_only=True):
    """One of the answers to choose from; its id stays when the text or the order changes."""

    id: AnswerId
    text: Annotated[str, Meta(min_length=1, max_length=120)]


class PollContent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question, and its answers in their order, no two of which read the same. A draft may have fewer than two.

    `language`: only on pages in it; `groups`: only on pages of these groups, as Audience has them; empty: of any.
    `opens_at`: at once, once it is started, if absent; without `closes_at` it stays open until staff close it.
    `results`: what a visitor sees after voting.
    """

    question: Annotated[str, Meta(min_length=1, max_length=200)]
    answers: Annotated[list[PollAnswer], Meta(max_length=12)] = []
    language: Language | None = None
    groups: Annotated[list[Slug], Meta(max_length=20)] = []
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    results: Literal["after_vote", "never"] = "after_vote"
