"""What has become of a conversation, folded from its events: for when its owner can't be asked."""

from msgspec import Struct

from contracts.conversations.events import (
    ConversationArchived,
    ConversationEnded,
    ConversationEvent,
    ConversationQueued,
    ConversationReopened,
    ConversationTransferred,
    OperatorAssigned,
)
from contracts.desks import Status
from services.gateway.log_reader import LogReader


class Outline(Struct, frozen=True):
    """Status, holder and newest `seq`."""

    status: Status = "open"
    operator: str | None = None
    seq: int = 0


async def read(log_reader: LogReader, shop: str, conversation: str) -> Outline:
    """Page through the conversation. Raises psycopg's errors while the database is away."""
    outline = Outline()
    while events := await log_reader.page(shop, conversation, outline.seq):
        for event in events:
            outline = fold(outline, event)
    return outline


def fold(outline: Outline, event: ConversationEvent) -> Outline:
    """The outline after one more event."""
    status, operator = outline.status, outline.operator
    match event:
        case ConversationQueued():
            status = "waiting"
        case OperatorAssigned():
            status, operator = "open", event.operator
        case ConversationTransferred():
            operator = event.to
        case ConversationEnded():
            status = "ended"
        case ConversationReopened():
            status = "open"
        case ConversationArchived():
            status = "archived"
        case _:
            pass
    return Outline(status, operator, event.originator_version)
