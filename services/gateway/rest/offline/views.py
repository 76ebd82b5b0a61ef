"""How offline messages look over REST: with what became of their mails."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.envelope import rfc3339
from contracts.sockets.common import Operator
from services.gateway.rest.offline.inbox_store import InboxCounts, MessageRow
from services.gateway.rest.offline.mail_store import MailRow, Queue
from services.gateway.shops import StaffNames

MailState = Literal["none", "pending", "mailed", "failed"]

_STATES: Final[dict[str, MailState]] = {
    "pending": "pending",
    "sending": "pending",
    "sent": "mailed",
    "failed": "failed",
    "dropped": "none",
}


class Leaver(Struct):
    """Who left the message: a guest id, or the shop's own customer id."""

    id: str
    signed_in: bool


class MailTrail(Struct):
    """One mail that an event of the message gave rise to, and how far it is. `error` names no address."""

    kind: str
    seq: int
    status: str
    attempts: int
    created_at: str
    first_tried_at: str | None
    next_at: str | None
    sent_at: str | None
    error: str | None


class AnswerShown(Struct):
    """What was answered; `mail` says how its mail stands."""

    id: str
    at: str
    operator: Operator
    text: str
    mail: MailState


class OfflineMessageShown(Struct, kw_only=True):
    """One message of the inbox. `mail` is how the mail to the shop stands, `mails` the trail of all of them."""

    id: UUID
    status: str
    left_at: str
    customer: Leaver
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    text: str | None
    page: Any
    locale: str
    mail: MailState
    answers: list[AnswerShown]
    answered_at: str | None
    answered_by: Operator | None
    called_at: str | None
    called_by: Operator | None
    mails: list[MailTrail]
    seq: int


class Counts(Struct):
    """How many messages the inbox has, in all and by how they stand."""

    all: int
    new: int
    answered: int
    called: int
    failed: int


class MailQueue(Struct):
    """Mails that were tried and wait: `since` when the first of them was, `next_at` when the next try is.

    `failed` are the messages with one that is not tried any more.
    """

    waiting: int
    failed: int
    since: str | None
    next_at: str | None


class InboxPage(Struct):
    """`next` is the cursor of the following page, null on the last."""

    items: list[OfflineMessageShown]
    next: str | None
    counts: Counts
    mail: MailQueue


def message_shown(shop: str, row: MessageRow, mails: Sequence[MailRow], names: StaffNames) -> OfflineMessageShown:
    """One message, with display names as they are now."""

    def named(operator: str | None) -> Operator | None:
        return names.operator(shop, operator) if operator else None

    return OfflineMessageShown(
        id=row.id,
        status=row.status,
        left_at=rfc3339(row.left_at),
        customer=Leaver(row.customer, row.signed_in),
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        text=row.text,
        page=None if row.page is None else msgspec.json.decode(row.page),
        locale=row.locale,
        mail=state_of(next((mail for mail in mails if mail.kind == "offline_message"), None)),
        answers=_answers(shop, row, mails, names),
        answered_at=_at(row.answered_at),
        answered_by=named(row.answered_by),
        called_at=_at(row.called_at),
        called_by=named(row.called_by),
        mails=[_trail(mail) for mail in mails],
        seq=row.seq,
    )


def counts_shown(counts: InboxCounts) -> Counts:
    return Counts(all=counts.new + counts.answered + counts.called, **counts._asdict())


def queue_shown(queue: Queue, counts: InboxCounts) -> MailQueue:
    return MailQueue(queue.waiting, counts.failed, _at(queue.since), _at(queue.next_at))


def state_of(mail: MailRow | None) -> MailState:
    """How a thing stands that is mailed; at first nobody has begun to."""
    return "pending" if mail is None else _STATES[mail.status]


def _answers(shop: str, row: MessageRow, mails: Sequence[MailRow], names: StaffNames) -> list[AnswerShown]:
    """Each answer makes one mail, in the same order, a moment later."""
    sent = [mail for mail in mails if mail.kind == "answer"]
    return [
        AnswerShown(
            id=answer["id"],
            at=answer["at"],
            operator=names.operator(shop, answer["operator"]),
            text=answer["text"],
            mail=state_of(mail),
        )
        for answer, mail in zip_longest(row.answers, sent[: len(row.answers)])
    ]


def _trail(mail: MailRow) -> MailTrail:
    return MailTrail(
        kind=mail.kind,
        seq=mail.seq,
        status=mail.status,
        attempts=mail.attempts,
        created_at=rfc3339(mail.created_at),
        first_tried_at=_at(mail.first_tried_at),
        next_at=_at(mail.next_at) if mail.status == "pending" else None,
        sent_at=_at(mail.sent_at),
        error=mail.error,
    )


def _at(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
