"""Events of a Conversation."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.conversations.commands import Score
from contracts.event import Event, Party
from contracts.personal import Personal


class ConversationStarted(Event, frozen=True, kw_only=True, tag="conversation.started.v3"):
    """A visitor rang. `visitor` is for good the person under whose key this conversation's texts are sealed.

    `department`: for which department, None for whoever is free. `consent`: the box beside the privacy notice was
    ticked. `invitation`: the rule whose invitation was taken up, or `operator` if one of the staff had invited.
    """

    visitor: str
    origin: str
    signed_in: bool = False
    locale: str = "en"
    customer: Personal | None = None
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    page: Personal | None = None
    fields: Personal | None = None
    department: str | None = None
    consent: bool = False
    invitation: str | None = None


class ConversationQueued(Event, frozen=True, kw_only=True, tag="conversation.queued.v1"):
    """The conversation waits in line; `place` (from 1) is the one it had on joining."""

    place: int


class ConversationLeftLine(Event, frozen=True, kw_only=True, tag="conversation.left_line.v1"):
    """It waits no more without having been served."""

    reason: Literal["ended", "absent", "closed"]


class OperatorAssigned(Event, frozen=True, kw_only=True, tag="conversation.operator_assigned.v1"):
    """An operator holds the conversation from here on: at its start, from the line, or on reopening."""

    operator: str
    channel: int


class MessageSaid(Event, frozen=True, kw_only=True, tag="conversation.message_said.v2"):
    """Somebody said something. `operator` is who, if an operator did; `message` is the id of its command.

    `attachments` names files in the object store; `attachment_details` is JSON, one `AttachmentDetails` for each.
    With files the text may be empty.
    """

    sender: Party
    message: str
    text: Personal
    operator: str | None = None
    attachments: tuple[UUID, ...] = ()
    attachment_details: Personal | None = None


class NoteAdded(Event, frozen=True, kw_only=True, tag="conversation.note_added.v1"):
    """An operator noted something that the visitor never sees."""

    operator: str
    text: Personal


class ConversationTransferred(Event, frozen=True, kw_only=True, tag="conversation.transferred.v1"):
    """Another operator holds it now, handed over (`transfer`) or taken (`take_over`)."""

    to: str
    channel: int
    how: Literal["transfer", "take_over"]
    operator: str | None = None


class TransferAsked(Event, frozen=True, kw_only=True, tag="conversation.transfer_asked.v1"):
    """Its holder hands it to a department in which no channel is free: it is the next that one takes."""

    operator: str
    department: str


class LeftUnanswered(Event, frozen=True, kw_only=True, tag="conversation.left_unanswered.v1"):
    """The visitor has waited for an answer `since`, longer than the rules allow: the staff are alerted.

    It comes once until an answer comes. `operator` holds the conversation; None: it waits in line.
    """

    since: datetime
    operator: str | None = None


class ConversationEnded(Event, frozen=True, kw_only=True, tag="conversation.ended.v1"):
    """It ended; until it is archived the visitor's next word reopens it."""

    by: Party
    reason: Literal["asked", "forgotten", "operator_left"] = "asked"
    operator: str | None = None


class ConversationReopened(Event, frozen=True, kw_only=True, tag="conversation.reopened.v1"):
    """It goes on; who holds it follows in the same transaction, or its place in line does."""

    by: Party


class ConversationRated(Event, frozen=True, kw_only=True, tag="conversation.rated.v1"):
    """The visitor's verdict; a later one takes the place of an earlier."""

    score: Score
    comment: Personal | None = None


class VisitorIdentified(Event, frozen=True, kw_only=True, tag="conversation.visitor_identified.v1"):
    """The guest signed in to the shop and is `visitor` from here on; the sealing key stays the guest's."""

    visitor: str
    customer: Personal
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None


class TranscriptRequested(Event, frozen=True, kw_only=True, tag="conversation.transcript_requested.v1"):
    """Somebody wants the conversation by mail to `email`; the notifier sends it as it stands then."""

    by: Party
    email: Personal
    operator: str | None = None


class ConversationArchived(Event, frozen=True, kw_only=True, tag="conversation.archived.v1"):
    """It is history: closed to talk, open to a rating for 24 h, to deletion and erasure."""


class ConversationDeleted(Event, frozen=True, kw_only=True, tag="conversation.deleted.v1"):
    """Staff `author` deleted it: no reader shows it again."""

    author: str


ConversationEvent = (
    ConversationStarted
    | ConversationQueued
    | ConversationLeftLine
    | OperatorAssigned
    | MessageSaid
    | NoteAdded
    | TransferAsked
    | ConversationTransferred
    | LeftUnanswered
    | ConversationEnded
    | ConversationReopened
    | ConversationRated
    | VisitorIdentified
    | TranscriptRequested
    | ConversationArchived
    | ConversationDeleted
)
