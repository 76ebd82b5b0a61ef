"""Who holds a conversation, and how it ends, goes on and goes away."""

from contracts.conversations.commands import (
    DeleteConversation,
    EndConversation,
    ReopenConversation,
    TakeOverConversation,
    TransferConversation,
)
from services.conversations.domain.aggregate import Cause
from services.conversations.domain.conversation import Conversation
from services.conversations.handlers.steps import desk_of, finish, serve_line, take_place
from services.conversations.handlers.unit import Unit


def end_conversation(command: EndConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Either side ends it; its channel serves the head of the line."""
    desk = desk_of(unit, command.shop)
    party = conversation.check_party(command)
    conversation.check_may_end(party, command.sender, holder_online=desk.is_online(conversation.operator))
    operator = command.sender if party == "operator" else None
    finish(desk, conversation, party, "asked", cause, operator=operator)
    serve_line(desk, unit, cause)


def reopen_conversation(command: ReopenConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """An operator takes up an ended conversation on a free channel of theirs."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_may_reopen()
    desk.check_not_elsewhere(conversation.visitor, conversation.origin)
    channel = desk.check_can_reopen(command.sender)
    conversation.reopen("operator", cause)
    take_place(desk, conversation, channel, cause)


def transfer_conversation(command: TransferConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """The holder hands it to a colleague who has a free channel."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_open()
    conversation.check_holder(command.sender)
    conversation.check_may_move(command.to)
    channel = desk.check_can_take(command.to)
    conversation.transfer(command.to, channel, "transfer", cause)
    desk.move(conversation.id, channel, cause)
    serve_line(desk, unit, cause)


def take_over_conversation(command: TakeOverConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """An operator with a free channel takes a colleague's conversation."""
    desk = desk_of(unit, command.shop)
    conversation.check_party(command)
    conversation.check_may_move(command.sender)
    channel = desk.check_can_take(command.sender, themselves=True)
    conversation.transfer(command.sender, channel, "take_over", cause)
    desk.move(conversation.id, channel, cause)
    serve_line(desk, unit, cause)


def delete_conversation(command: DeleteConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Staff delete it from history."""
    conversation.check_party(command)
    conversation.check_may_delete()
    conversation.delete(command.sender, cause)
