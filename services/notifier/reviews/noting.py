"""Review mails that the log calls for, written down in the transaction that moves the position."""

from typing import Any, Final

from psycopg import AsyncConnection

from contracts.engagement.review_events import ReviewRequestIssued
from contracts.event import topic_of
from services.common.sieve import Found
from services.notifier.letters import review
from services.notifier.new_mails import insert
from services.notifier.policy import NewMail, mail_id

NAMES: Final = [topic_of(ReviewRequestIssued).rpartition(".v")[0]]


async def note(connection: AsyncConnection[Any], found: Found) -> int:
    """How many there are."""
    mails = [_mail(event) for _, event in found if isinstance(event, ReviewRequestIssued)]
    if mails:
        await insert(connection, mails)
    return len(mails)


def _mail(event: ReviewRequestIssued) -> NewMail:
    kind = review.REMINDER if event.step == "reminder" else review.REQUEST
    aggregate, seq = event.originator_id, event.originator_version
    return NewMail(mail_id(aggregate, seq, kind), event.shop, kind, event.person, aggregate, seq)
