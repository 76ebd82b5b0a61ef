"""Commands about offline messages."""

from uuid import UUID

from contracts.command import Command
from contracts.personal import Personal


class LeaveOfflineMessage(Command, frozen=True, kw_only=True):
    """A visitor leaves a message while nobody can answer. `message` is derived from (shop, `visitor`, id)."""

    message: UUID
    visitor: str
    signed_in: bool = False
    locale: str = "en"
    customer: Personal | None = None
    first_name: Personal | None = None
    last_name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    text: Personal | None = None
    page: Personal | None = None
    consent: bool = False


class AnswerOfflineMessage(Command, frozen=True, kw_only=True):
    """An operator answers by mail, which needs the visitor's address."""

    message: UUID
    text: Personal


class MarkOfflineMessageCalled(Command, frozen=True, kw_only=True):
    """An operator has called the visitor."""

    message: UUID


class DeleteOfflineMessage(Command, frozen=True, kw_only=True):
    """Staff delete an offline message."""

    message: UUID


OfflineMessageCommand = LeaveOfflineMessage | AnswerOfflineMessage | MarkOfflineMessageCalled | DeleteOfflineMessage
