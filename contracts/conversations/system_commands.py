"""Commands that the owner of a partition gives to itself: deadlines and presence, so that what follows is an event."""

from uuid import UUID

from contracts.command import Command


class MarkVisitorAway(Command, frozen=True, kw_only=True):
    """No connection of the conversation's visitor for the time of the rules; in line, for a moment."""

    conversation: UUID


class MarkVisitorBack(Command, frozen=True, kw_only=True):
    """A visitor marked away is connected again."""

    conversation: UUID


class EndForgottenConversation(Command, frozen=True, kw_only=True):
    """The visitor is away for long and the last word is the operator's."""

    conversation: UUID


class DropFromLine(Command, frozen=True, kw_only=True):
    """A waiting visitor was too long without a connection."""

    conversation: UUID


class NoticeUnanswered(Command, frozen=True, kw_only=True):
    """A visitor's word has stood unanswered for the time of the rules."""

    conversation: UUID


class TurnHours(Command, frozen=True, kw_only=True):
    """Opening hours have begun (`open`) or ended."""

    open: bool


class MarkOperatorAway(Command, frozen=True, kw_only=True):
    """No connection of an online operator: new conversations pass on."""

    operator: str


class MarkOperatorBack(Command, frozen=True, kw_only=True):
    """An operator marked away is connected again."""

    operator: str


class MarkOperatorGone(Command, frozen=True, kw_only=True):
    """An operator's grace time is over: as if they had gone offline."""

    operator: str


class ApplyRetention(Command, frozen=True, kw_only=True):
    """It is time to delete what is older than the settings allow."""


SystemCommand = (
    MarkVisitorAway
    | MarkVisitorBack
    | EndForgottenConversation
    | DropFromLine
    | MarkOperatorAway
    | MarkOperatorBack
    | MarkOperatorGone
    | NoticeUnanswered
    | TurnHours
    | ApplyRetention
)
