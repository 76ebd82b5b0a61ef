"""Which events call for a mail, and when a mail that was not taken is tried again. Pure."""

from typing import Final, NamedTuple
from uuid import UUID, uuid5

from contracts.conversations.events import (
    Event,
    OfflineMessageAnswered,
    OfflineMessageLeft,
    PersonErased,
    TranscriptRequested,
)
from contracts.ids import NAMESPACE

KIND_OF: Final[dict[type[Event], str]] = {
    OfflineMessageLeft: "offline_message",
    OfflineMessageAnswered: "answer",
    TranscriptRequested: "transcript",
    PersonErased: "receipt",
}
LONGEST_PAUSE: Final = 3_600.0
"""Seconds."""


class NewMail(NamedTuple):
    """A mail to write down; `person` is still to be found out for events that don't say whose they are."""

    id: UUID
    shop: str
    kind: str
    person: str | None
    aggregate: UUID
    seq: int


def mail_id(aggregate: UUID, seq: int, kind: str) -> UUID:
    """The same event never makes two mails of a kind, and a mail sent twice has one Message-ID."""
    return uuid5(NAMESPACE, f"mail\n{aggregate}\n{seq}\n{kind}")


def mail_for(event: Event) -> NewMail | None:
    """The mail that this event calls for, if any."""
    kind = KIND_OF.get(type(event))
    if kind is None:
        return None
    person = {"offline_message": getattr(event, "visitor", None), "receipt": ""}.get(kind)
    aggregate, seq = event.originator_id, event.originator_version
    return NewMail(mail_id(aggregate, seq, kind), event.shop, kind, person, aggregate, seq)


def pause_after(attempts: int, first: float, chance: float) -> float:
    """Seconds until the next attempt: twice as long each time, an hour at most, and somewhere in the upper half.

    `chance` is from 0 to 1: mails that failed together don't all come back together.
    """
    doubled = min(LONGEST_PAUSE, first * 2.0 ** min(attempts - 1, 30))
    return doubled * (0.5 + chance / 2)
