"""What is left while nobody can answer, and what staff do about it."""

from datetime import datetime

from contracts.conversations.commands import (
    AnswerOfflineMessage,
    DeleteOfflineMessage,
    LeaveOfflineMessage,
    MarkOfflineMessageCalled,
)
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.refusals import IdReused
from services.common.eventlog.unit import Decided, Unit
from services.conversations.domain.offline_message import OfflineMessage
from services.conversations.handlers.steps import desk_of


def leave_offline_message(command: LeaveOfflineMessage, unit: Unit, now: datetime) -> Decided:
    """Taken whenever it comes: what was written on a form that has gone meanwhile must not be lost.

    But not of who is blocked.
    """
    existing = unit.get(command.message)
    if isinstance(existing, OfflineMessage):
        seq = existing.answer_to(command, sender=command.visitor)
        if seq is None:
            raise IdReused
        return Decided(existing.id, seq)
    desk_of(unit, command.shop).check_not_blocked(command.visitor, command.sender)
    cause = Cause(command, now, sender=command.visitor)
    message = OfflineMessage.blank(command.message, command.shop, now)
    cause.keeper = message
    message.leave(command, cause)
    unit.add(message)
    return Decided(message.id, cause.seq)


def answer_offline_message(command: AnswerOfflineMessage, message: OfflineMessage, cause: Cause) -> None:
    """Again and again, if need be."""
    message.check_can_be_answered()
    message.answer(command.sender, command.id, command.text, cause)


def mark_offline_message_called(command: MarkOfflineMessageCalled, message: OfflineMessage, cause: Cause) -> None:
    message.mark_called(command.sender, cause)


def delete_offline_message(command: DeleteOfflineMessage, message: OfflineMessage, cause: Cause) -> None:
    message.delete(command.sender, cause)
