"""The desk and its conversations as others see them."""

from uuid import UUID

from contracts.desks import (
    Availability,
    ChannelView,
    ConversationSummary,
    DeskSummary,
    DeskView,
    Handover,
    OperatorView,
    Status,
)
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk


def availability(desk: Desk) -> Availability:
    """What a new visitor finds: a channel, else the line if there is one, else the form, if the shop has one."""
    if desk.closed:
        return "hidden"
    if desk.open and desk.anybody_there():
        if desk.room() is not None:
            return "online"
        if desk.rules.line:
            return "line"
    return "form" if desk.rules.offline_mode else "hidden"


def desk_view(desk: Desk) -> DeskView:
    """The whole desk; operators and channels in the order in which they came."""
    return DeskView(
        shop=desk.shop,
        version=desk.version,
        availability=availability(desk),
        operators=[
            OperatorView(operator, there.online, there.away_since is not None)
            for operator, there in desk.operators.items()
        ],
        channels=[
            ChannelView(number, channel.operator, channel.conversation)
            for number, channel in desk.channels.open.items()
        ],
        limit=desk.rules.limit,
        busy=desk.channels.busy,
        line=list(desk.seats.line),
        open=desk.open,
        absent=desk.seats.absent(),
        handovers=[Handover(conversation, department) for conversation, department in desk.handovers.all.items()],
    )


def desk_summary(desk: Desk) -> DeskSummary:
    """Its counts; `operators` are those online."""
    return DeskSummary(
        version=desk.version,
        availability=availability(desk),
        operators=sum(there.online for there in desk.operators.values()),
        busy=desk.channels.busy,
        limit=desk.rules.limit,
        waiting=len(desk.seats.line),
    )


def conversation_summary(conversation: Conversation) -> ConversationSummary | None:
    """A conversation as lists show it; None once it is deleted."""
    status = _shown(conversation)
    if status is None:
        return None
    return ConversationSummary(
        id=conversation.id,
        person=conversation.person,
        visitor=conversation.visitor,
        status=status,
        seq=conversation.version,
        signed_in=conversation.signed_in,
        operator=conversation.operator,
        last_from=conversation.last_from,
        last_text=conversation.last_text,
        last_files=conversation.last_files,
        last_at=conversation.last_at,
        customer=conversation.customer,
        name=conversation.name,
        email=conversation.email,
        phone=conversation.phone,
        department=conversation.department,
        waiting_since=conversation.waiting_since,
        unanswered_since=conversation.unanswered_since,
    )


def _shown(conversation: Conversation) -> Status | None:
    return None if conversation.status == "deleted" else conversation.status


def place_in_line(desk: Desk, conversation: UUID) -> int | None:
    """The place of a waiting conversation, from 1."""
    return desk.seats.line.place(conversation)


def conversation_of_visitor(desk: Desk, visitor: str, origin: str) -> UUID | None:
    """The visitor's conversation on the desk: the one that goes on, else the last that came and has ended."""
    active = desk.seats.active_of(visitor, origin)
    if active is not None:
        return active
    return next(reversed(desk.seats.of(visitor, origin)), None)
