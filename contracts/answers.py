"""What the owner of a partition answers to a gateway, several answers in one message."""

from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

Code = Literal[
    "invalid",
    "too_long",
    "no_capacity",
    "offline",
    "not_open",
    "not_found",
    "forbidden",
    "blocked",
    "rate_limited",
    "conflict",
    "unavailable",
]


class Stored(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="stored"):
    """Its events are committed.

    `seq` is the first of them in `conversation`, which may be an offline message; without one, on desk or shop.
    """

    n: int
    seq: int
    conversation: UUID | None = None


class Rejected(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="rejected"):
    """Refused; nothing has changed. `retry_after` in seconds; `field`: what was wrong, if it is one member."""

    n: int
    code: Code
    detail: str
    retry_after: float | None = None
    field: str | None = None


class InProgress(Struct, frozen=True, kw_only=True, tag_field="type", tag="in_progress"):
    """A start by a visitor who is in a conversation already: say it there, sealed for that conversation's person."""

    n: int
    conversation: UUID


Answer = Stored | Rejected | InProgress

encode_answers: Final = msgspec.json.Encoder().encode
answers_decoder: Final[msgspec.json.Decoder[list[Answer]]] = msgspec.json.Decoder(list[Answer])
