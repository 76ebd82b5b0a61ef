"""What follows from connections lost and found. Each holds only if it is still so when it is decided."""

from contracts.conversations.commands import (
    DropFromLine,
    EndForgottenConversation,
    MarkOperatorAway,
    MarkOperatorBack,
    MarkOperatorGone,
    MarkVisitorAway,
    MarkVisitorBack,
    NoticeUnanswered,
)
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.desk import Desk
from services.conversations.handlers.operators import leave
from services.conversations.handlers.steps import conversation_of, finish, on_desk, serve


def mark_visitor_away(command: MarkVisitorAway, desk: Desk, unit: Unit, cause: Cause) -> None:
    desk.mark_visitor_away(command.conversation, cause)


def mark_visitor_back(command: MarkVisitorBack, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Who has kept a place in line is served at once, if a channel has come free meanwhile."""
    desk.mark_visitor_back(command.conversation, cause)
    serve(desk, unit, cause)


def end_forgotten_conversation(command: EndForgottenConversation, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Only while the visitor is away and the last word is the operator's."""
    seat = desk.seats.all.get(command.conversation)
    if seat is None or seat.away_since is None:
        return
    conversation = on_desk(unit, command.conversation)
    if conversation.is_forgotten():
        finish(desk, conversation, "system", "forgotten", cause)
        serve(desk, unit, cause)


def drop_from_line(command: DropFromLine, desk: Desk, unit: Unit, cause: Cause) -> None:
    """The others move up."""
    seat = desk.seats.all.get(command.conversation)
    if seat is not None and seat.status == "waiting":
        finish(desk, on_desk(unit, command.conversation), "system", "forgotten", cause)


def notice_unanswered(command: NoticeUnanswered, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Also of a visitor who is away meanwhile: they will look for the answer."""
    conversation = conversation_of(unit, command.shop, command.conversation)
    due = conversation.alert_due(desk.rules.unanswered_after)
    if due is not None and due <= cause.at and conversation.unanswered_since is not None:
        conversation.leave_unanswered(conversation.unanswered_since, cause)


def mark_operator_away(command: MarkOperatorAway, desk: Desk, unit: Unit, cause: Cause) -> None:
    desk.mark_operator_away(command.operator, cause)


def mark_operator_back(command: MarkOperatorBack, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Their free channels serve the line again."""
    desk.mark_operator_back(command.operator, cause)
    serve(desk, unit, cause)


def mark_operator_gone(command: MarkOperatorGone, desk: Desk, unit: Unit, cause: Cause) -> None:
    if desk.is_online(command.operator):
        leave(command.operator, "gone", desk, unit, cause)
