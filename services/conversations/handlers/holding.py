"""Who holds a conversation, and how it ends, goes on and goes away."""

from contracts.conversations.commands import (
    DeleteConversation,
    EndConversation,
    ReopenConversation,
    TakeOverConversation,
    TransferConversation,
)
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.handlers.steps import desk_of, finish, hand_over, serve, take_place


def end_conversation(command: EndConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Either side ends it; its channel serves the head of the line."""
    desk = desk_of(unit, command.shop)
    party = conversation.check_party(command)
    conversation.check_may_end(party, command.sender, holder_online=desk.is_online(conversation.operator))
    operator = command.sender if party == "operator" else None
    finish(desk, conversation, party, "asked", cause, operator=operator)
    serve(desk, unit, cause)


def reopen_conversation(command: ReopenConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """An operator takes up an ended conversation on a free channel of theirs."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_may_reopen()
    desk.check_not_blocked(conversation.visitor, conversation.origin)
    desk.check_not_elsewhere(conversation.visitor, conversation.origin)
    channel = desk.check_can_reopen(command.sender)
    conversation.reopen("operator", cause)
    take_place(desk, conversation, channel, cause)


def transfer_conversation(command: TransferConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """The holder hands it to a colleague who has a free channel, or to a department; or keeps it after all."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_open()
    conversation.check_holder(command.sender)
    if command.to == conversation.operator and conversation.id in desk.handovers.all:
        desk.drop_handover(conversation.id, cause)
        return
    conversation.check_may_move(command.to)
    if _is_operator(command.to):
        hand_over(desk, conversation, desk.check_can_take(command.to), cause)
    else:
        _to_department(desk, conversation, command, cause)
    serve(desk, unit, cause)


def _is_operator(name: str) -> bool:
    """Ids of departments have no underscore, those of operators begin with a letter and one."""
    return "_" in name


def _to_department(desk: Desk, conversation: Conversation, command: TransferConversation, cause: Cause) -> None:
    """At once if a channel of the department is free; else it stays with its holder until one is."""
    channel = desk.check_can_hand_over(conversation.id, command.to)
    if channel is not None:
        hand_over(desk, conversation, channel, cause)
        return
    conversation.ask_transfer(command.sender, command.to, cause)
    desk.ask_handover(conversation.id, command.to, cause)


def take_over_conversation(command: TakeOverConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """An operator with a free channel takes a colleague's conversation."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_may_move(command.sender)
    channel = desk.check_can_take(command.sender, themselves=True)
    conversation.transfer(command.sender, channel, "take_over", cause)
    desk.move(conversation.id, channel, cause)
    serve(desk, unit, cause)


def delete_conversation(command: DeleteConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Staff delete it from history."""
    conversation.check_party(command)
    conversation.check_may_delete()
    conversation.delete(command.sender, cause)
