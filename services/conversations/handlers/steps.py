"""Steps that several decisions share; each touches the desk and conversations alike, so that they agree."""

from functools import lru_cache
from typing import Final, Literal
from uuid import UUID

from contracts.conversations.events import Party
from contracts.ids import desk_id as derived_desk_id
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import NotFound, ShopNotFound

_LINE_REASON: Final[dict[str, Literal["ended", "absent", "closed"]]] = {
    "asked": "ended",
    "forgotten": "absent",
    "operator_left": "closed",
}


desk_id = lru_cache(maxsize=4_096)(derived_desk_id)


def desk_of(unit: Unit, shop: str) -> Desk:
    """Raises `ShopNotFound`, also for a shop that was removed."""
    desk = unit.get(desk_id(shop))
    if not isinstance(desk, Desk) or desk.closed:
        raise ShopNotFound
    return desk


def conversation_of(unit: Unit, shop: str, conversation_id: UUID) -> Conversation:
    """A conversation of this shop. Raises `NotFound`."""
    conversation = unit.get(conversation_id)
    if not isinstance(conversation, Conversation) or conversation.shop != shop:
        raise NotFound
    return conversation


def on_desk(unit: Unit, conversation_id: UUID) -> Conversation:
    """A conversation that the desk names. It is loaded, or the worker has asked `further_ids` too early."""
    conversation = unit.get(conversation_id)
    if not isinstance(conversation, Conversation):
        raise LookupError(f"conversation {conversation_id} is on the desk but was not loaded")
    return conversation


def take_place(desk: Desk, conversation: Conversation, channel: int | None, cause: Cause) -> None:
    """Seats a new or reopened conversation on a free channel, or at the end of the line."""
    who = conversation.id, conversation.visitor, conversation.origin, conversation.department
    if channel is None:
        conversation.queue(desk.line_up(*who, cause), cause)
    else:
        conversation.assign(desk.admit(*who, channel, cause), channel, cause)


def serve(desk: Desk, unit: Unit, cause: Cause) -> None:
    """Gives free channels to what is handed over, then to those who wait, in order, as far as the limit allows."""
    while True:
        if (move := desk.next_to_move()) is not None:
            hand_over(desk, on_desk(unit, move[0]), move[1], cause)
        elif (served := desk.next_to_serve()) is not None:
            take_place(desk, on_desk(unit, served[0]), served[1], cause)
        else:
            return


def hand_over(desk: Desk, conversation: Conversation, channel: int, cause: Cause) -> None:
    """An open conversation goes to a colleague's free channel."""
    conversation.transfer(desk.channels.open[channel].operator, channel, "transfer", cause)
    desk.move(conversation.id, channel, cause)


def close_line(desk: Desk, unit: Unit, cause: Cause) -> None:
    """Who waits for nobody waits no more."""
    for conversation in desk.unservable():
        finish(desk, on_desk(unit, conversation), "system", "operator_left", cause)


def finish(
    desk: Desk,
    conversation: Conversation,
    by: Party,
    reason: Literal["asked", "forgotten", "operator_left"],
    cause: Cause,
    *,
    operator: str | None = None,
) -> None:
    """Ends an open or waiting conversation; if nobody is at hand to reopen it, it goes to history."""
    if conversation.status == "waiting":
        why = _LINE_REASON[reason]
        desk.pass_over(conversation.id, why, cause)
        conversation.leave_line(why, cause)
    else:
        desk.release(conversation.id, cause)
    conversation.end(by, reason, operator, cause)
    if not desk.keeps_finished(conversation.operator):
        put_away(desk, conversation, cause)


def send_off(desk: Desk, conversation: Conversation, cause: Cause) -> None:
    """Whatever its state, a conversation on the desk ends and goes to history; the line is not served."""
    if conversation.status != "ended":
        finish(desk, conversation, "system", "asked", cause)
    if conversation.status != "archived":
        put_away(desk, conversation, cause)


def put_away(desk: Desk, conversation: Conversation, cause: Cause) -> None:
    """A finished conversation goes to history."""
    conversation.archive(cause)
    desk.put_away(conversation.id, cause)
