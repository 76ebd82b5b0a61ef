"""Visitors are blocked and let in again."""

from contracts.conversations.commands import BlockVisitor, UnblockVisitor
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.desk import Desk
from services.conversations.handlers.steps import conversation_of, finish, on_desk, serve


def block_visitor(command: BlockVisitor, desk: Desk, unit: Unit, cause: Cause) -> None:
    """What the visitor is in the middle of ends; whoever waits takes their place."""
    conversation = conversation_of(unit, command.shop, command.conversation)
    conversation.check_party(command)
    desk.block(conversation.visitor, conversation.origin, conversation.id, command.sender, cause)
    active = desk.seats.active_of(conversation.visitor, conversation.origin)
    if active is not None:
        finish(desk, on_desk(unit, active), "operator", "asked", cause, operator=command.sender)
    serve(desk, unit, cause)


def unblock_visitor(command: UnblockVisitor, desk: Desk, unit: Unit, cause: Cause) -> None:
    desk.unblock(command.visitor, command.sender, cause)
