"""How history looks over REST: items of lists, and conversations whole, in the sockets' shapes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.envelope import rfc3339
from contracts.sockets.common import EventFrame, Operator
from contracts.sockets.visitor import VisitorInfo
from services.gateway.rest.history_store import EventRow, Item, Whole
from services.gateway.shops import StaffNames


class HistoryItem(Struct, kw_only=True):
    """A conversation in a list. `last_message_at` is null while nobody has written."""

    id: UUID
    customer: VisitorInfo
    status: str
    last_message: str | None
    last_message_at: str | None


class HistoryPage(Struct):
    """`next` is the cursor of the following page, null on the last."""

    items: list[HistoryItem]
    next: str | None


class ConversationRead(HistoryItem, kw_only=True):
    """One conversation whole; `events` as the operator's socket would show them, notes included."""

    started_at: str
    ended_at: str | None
    archived_at: str | None
    operator: Operator | None
    rating: int | None
    messages: int
    seq: int
    events: list[EventFrame]


def item_shown(item: Item) -> HistoryItem:
    return HistoryItem(
        id=item.id,
        customer=_customer(item),
        status=item.status,
        last_message=item.last_message,
        last_message_at=_at(item.last_message_at),
    )


def _customer(row: Item | Whole) -> VisitorInfo:
    """Address and number only of who was signed in: the shop vouches for those."""

    def known(value: str | None) -> str | UnsetType:
        return value if value is not None else UNSET

    signed_in = row.signed_in
    return VisitorInfo(
        id=row.customer,
        signed_in=signed_in,
        name=known(row.name),
        email=known(row.email) if signed_in else UNSET,
        phone=known(row.phone) if signed_in else UNSET,
    )


def conversation_shown(shop: str, whole: Whole, events: list[EventRow], names: StaffNames) -> ConversationRead:
    """One conversation, with display names as they are now."""
    return ConversationRead(
        id=whole.id,
        customer=_customer(whole),
        status=whole.status,
        last_message=whole.last_message,
        last_message_at=_at(whole.last_message_at),
        started_at=rfc3339(whole.started_at),
        ended_at=_at(whole.ended_at),
        archived_at=_at(whole.archived_at),
        operator=names.operator(shop, whole.operator) if whole.operator else None,
        rating=whole.rating,
        messages=whole.message_count,
        seq=whole.seq,
        events=[event_shown(shop, whole.id, row, names) for row in events],
    )


def event_shown(shop: str, conversation: UUID, row: EventRow, names: StaffNames) -> EventFrame:
    """An event as an operator's socket would have it."""
    operator = names.operator(shop, row.operator) if row.operator else None
    fields = _fields(row, operator)
    return EventFrame(conversation=conversation, seq=row.seq, at=rfc3339(row.at), kind=row.kind, **fields)


def _fields(row: EventRow, operator: Operator | None) -> dict[str, Any]:
    """What an event of its kind has besides."""
    match row.kind:
        case "message":
            author = {"author": operator.name} if operator else {}
            return {"sender": row.sender, "text": row.text, "id": row.message, **author}
        case "note" if operator:
            return {"operator": operator, "author": operator.name, "text": row.text}
        case "assigned" | "transferred" if operator:
            return {"operator": operator}
        case "started" | "identified" if row.visitor:
            return {"visitor": msgspec.json.decode(row.visitor)}
        case "waiting":
            return {"place": row.number}
        case "ended" | "reopened" | "transcript":
            return {"by": row.sender}
        case "rated":
            return {"score": row.number, **({} if row.text is None else {"comment": row.text})}
        case _:
            return {}


def _at(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
