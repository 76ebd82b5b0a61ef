"""From each kind of command to who may send it, who decides it, and what it touches."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, get_args
from uuid import UUID

from contracts.conversations import commands as c
from contracts.ids import shop_aggregate_id
from services.common.eventlog.aggregate import Aggregate, Cause
from services.common.eventlog.refusals import WrongSender
from services.common.eventlog.unit import Decided, Unit
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import MessageNotFound
from services.conversations.domain.offline_message import OfflineMessage
from services.conversations.handlers import (
    blocks,
    holding,
    hours,
    offline_messages,
    operators,
    presence,
    retention,
    shops,
    talking,
)
from services.conversations.handlers.steps import conversation_of, desk_id, desk_of

_FOUNDING: Final[dict[type[c.Command], Callable[[Any, Unit, datetime], Decided]]] = {
    c.StartConversation: talking.start_conversation,
    c.CreateShop: shops.create_shop,
    c.ChangeSettings: shops.change_settings,
    c.SaveCannedReply: shops.save_canned_reply,
    c.DeleteCannedReply: shops.delete_canned_reply,
    c.ErasePerson: shops.erase_person,
    c.RemoveShop: shops.remove_shop,
    c.LeaveOfflineMessage: offline_messages.leave_offline_message,
}
_IN_CONVERSATION: Final[dict[type[c.Command], Callable[[Any, Any, Unit, Cause], None]]] = {
    c.SayMessage: talking.say_message,
    c.AddNote: talking.add_note,
    c.EndConversation: holding.end_conversation,
    c.ReopenConversation: holding.reopen_conversation,
    c.RateConversation: talking.rate_conversation,
    c.IdentifyVisitor: talking.identify_visitor,
    c.TransferConversation: holding.transfer_conversation,
    c.TakeOverConversation: holding.take_over_conversation,
    c.DeleteConversation: holding.delete_conversation,
    c.RequestTranscript: talking.request_transcript,
}
_ABOUT_MESSAGE: Final[dict[type[c.Command], Callable[[Any, OfflineMessage, Cause], None]]] = {
    c.AnswerOfflineMessage: offline_messages.answer_offline_message,
    c.MarkOfflineMessageCalled: offline_messages.mark_offline_message_called,
    c.DeleteOfflineMessage: offline_messages.delete_offline_message,
}
_AT_DESK: Final[dict[type[c.Command], Callable[[Any, Desk, Unit, Cause], None]]] = {
    c.GoOnline: operators.go_online,
    c.GoOffline: operators.go_offline,
    c.OpenChannel: operators.open_channel,
    c.CloseChannel: operators.close_channel,
    c.BlockVisitor: blocks.block_visitor,
    c.UnblockVisitor: blocks.unblock_visitor,
    c.MarkVisitorAway: presence.mark_visitor_away,
    c.MarkVisitorBack: presence.mark_visitor_back,
    c.EndForgottenConversation: presence.end_forgotten_conversation,
    c.DropFromLine: presence.drop_from_line,
    c.NoticeUnanswered: presence.notice_unanswered,
    c.TurnHours: hours.turn_hours,
    c.MarkOperatorAway: presence.mark_operator_away,
    c.MarkOperatorBack: presence.mark_operator_back,
    c.MarkOperatorGone: presence.mark_operator_gone,
    c.ApplyRetention: retention.apply_retention,
}

_SENDERS: Final[dict[type[c.Command], tuple[c.SenderKind, ...]]] = {
    **dict.fromkeys((c.StartConversation, c.RateConversation, c.IdentifyVisitor, c.LeaveOfflineMessage), ("visitor",)),
    **dict.fromkeys((c.SayMessage, c.RequestTranscript), ("visitor", "operator")),
    **dict.fromkeys(_ABOUT_MESSAGE, ("operator",)),
    c.EndConversation: ("visitor", "operator", "system"),
    **dict.fromkeys(
        (c.AddNote, c.ReopenConversation, c.TransferConversation, c.TakeOverConversation, c.DeleteConversation),
        ("operator",),
    ),
    **dict.fromkeys((c.BlockVisitor, *get_args(c.DeskCommand)), ("operator",)),
    **dict.fromkeys((c.SaveCannedReply, c.DeleteCannedReply), ("operator",)),
    **dict.fromkeys((c.CreateShop, c.ChangeSettings, c.ErasePerson), ("operator", "system")),
    c.RemoveShop: ("system",),
    **dict.fromkeys(get_args(c.SystemCommand), ("system",)),
}


_DESK_ALONE: Final = frozenset(_AT_DESK) - {
    c.BlockVisitor,
    c.EndForgottenConversation,
    c.DropFromLine,
    c.NoticeUnanswered,
}
_SHOP: Final = frozenset(get_args(c.ShopCommand))
_MESSAGE: Final = frozenset(get_args(c.OfflineMessageCommand))
_SERVES_NOBODY: Final = _MESSAGE | {c.SayMessage, c.SaveCannedReply, c.DeleteCannedReply}
_WITHOUT_SHOP: Final = frozenset((c.CreateShop, c.RemoveShop))
"""All others presuppose a shop, and one that was not removed: also to be answered again as before."""


def target_ids(command: c.AnyCommand) -> tuple[UUID, ...]:
    """What must be loaded before anything else: the conversation, the shop's desk, the shop."""
    kind, desk = type(command), desk_id(command.shop)
    if kind in _DESK_ALONE:
        return (desk,)
    if kind in _SHOP:
        return shop_aggregate_id(command.shop), desk
    if kind in _MESSAGE:
        return command.message, desk  # type: ignore[union-attr] # each of them has one
    return command.conversation, desk  # type: ignore[union-attr] # all that are left have one


def further_ids(command: c.AnyCommand, find: Callable[[UUID], Aggregate | None]) -> Iterable[UUID]:
    """Conversations that the decision may touch beside its targets, which `find` finds as they stand at the decision.

    Such are those that a freed channel will serve, from the line or handed over, and the finished ones of an
    operator who goes offline. May name more than is used. Must be asked right before `decide`, after all earlier
    decisions.
    """
    desk = find(desk_id(command.shop))
    if not isinstance(desk, Desk) or type(command) in _SERVES_NOBODY:
        return ()
    match command:
        case c.StartConversation():
            return desk.seats.of(command.visitor, command.sender, command.origin)
        case c.RemoveShop():
            return list(desk.seats.all)
        case c.BlockVisitor():
            return [*_of_same_visitor(find(command.conversation), desk), *_served(1, desk)]
        case c.ErasePerson():
            _, theirs = desk.seats.all_of(command.persons)
            return [*theirs, *_served(2 * len(theirs), desk)]
        case c.GoOffline():
            return _touched_by_leaving(command.sender, desk)
        case c.MarkOperatorGone():
            return _touched_by_leaving(command.operator, desk)
        case c.ChangeSettings() | c.TurnHours():
            return [*desk.handovers.all, *desk.seats.line]
        case c.MarkVisitorBack():
            return [command.conversation] if command.conversation in desk.seats.line else ()
    return _served(_freed_at_most(command, desk), desk)


def _served(freed: int, desk: Desk) -> list[UUID]:
    """Who is served at most. A handover frees a channel for another, and so on; only the last goes to the line."""
    return [*desk.handovers.all, *desk.seats.line.first_ones(freed)]


def _freed_at_most(command: c.AnyCommand, desk: Desk) -> int:
    match command:
        case c.GoOnline():
            return desk.rules.channels_per_operator if command.channels is None else command.channels
        case c.MarkOperatorBack():
            return len(desk.channels.free_of(command.operator))
    return 1


def _of_same_visitor(conversation: Aggregate | None, desk: Desk) -> list[UUID]:
    if not isinstance(conversation, Conversation):
        return []
    return desk.seats.of(conversation.visitor, conversation.origin)


def _touched_by_leaving(operator: str, desk: Desk) -> list[UUID]:
    """The operator's own, who is served or waits in vain then, and what is at hand only as long as anybody is."""
    own = [*desk.seats.finished_of(operator), *desk.channels.held_by(operator)]
    return [*own, *desk.handovers.all, *desk.seats.line, *desk.seats.finished_of(None)]


def decide(command: c.AnyCommand, unit: Unit, now: datetime) -> Decided:
    """Does what the command asks. `now` is aware, UTC.

    Raises `Refusal` (`code`, `detail`), or `InProgress` for a start by a visitor who is in a conversation already.
    """
    kind = type(command)
    if command.sender_kind not in _SENDERS[kind]:
        raise WrongSender
    if kind not in _WITHOUT_SHOP:
        desk_of(unit, command.shop)
    if kind in _IN_CONVERSATION:
        return _decide_in_conversation(command, unit, now)
    if kind in _AT_DESK:
        return _decide_at_desk(command, unit, now)
    if kind in _ABOUT_MESSAGE:
        return _decide_about_message(command, unit, now)
    return _FOUNDING[kind](command, unit, now)


def _decide_in_conversation(command: Any, unit: Unit, now: datetime) -> Decided:
    conversation = conversation_of(unit, command.shop, command.conversation)
    seq = conversation.answer_to(command)
    if seq is None:
        cause = Cause(command, now)
        cause.keeper = conversation
        _IN_CONVERSATION[type(command)](command, conversation, unit, cause)
        seq = cause.seq or conversation.version
    return Decided(conversation.id, seq)


def _decide_about_message(command: Any, unit: Unit, now: datetime) -> Decided:
    message = unit.get(command.message)
    if not isinstance(message, OfflineMessage) or message.shop != command.shop:
        raise MessageNotFound
    seq = message.answer_to(command)
    if seq is None:
        message.check_there()
        cause = Cause(command, now)
        cause.keeper = message
        _ABOUT_MESSAGE[type(command)](command, message, cause)
        seq = cause.seq
    return Decided(message.id, seq)


def _decide_at_desk(command: Any, unit: Unit, now: datetime) -> Decided:
    desk = desk_of(unit, command.shop)
    seq = desk.answer_to(command)
    if seq is None:
        cause = Cause(command, now)
        cause.keeper = desk
        _AT_DESK[type(command)](command, desk, unit, cause)
        seq = cause.seq or desk.version
    return Decided(None, seq)
