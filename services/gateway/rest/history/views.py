"""How history looks over REST: items of lists, and conversations whole, in the sockets' shapes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.envelope import rfc3339
from contracts.sockets.common import EventFrame, Operator
from contracts.sockets.visitor import VisitorInfo
from services.common.attachments.details import details_in
from services.gateway.attachments.attachments import shown
from services.gateway.attachments.links import Links
from services.gateway.rest.history.store import ConversationRow, EventRow
from services.gateway.shops import StaffNames


class HistoryItem(Struct, kw_only=True):
    """A conversation in a list. `last_message_at` is null while nobody has written.

    `operator` is who had it last, `messages` how many were said, `locale` the visitor's language.
    """

    id: UUID
    customer: VisitorInfo
    status: str
    last_message: str | None
    last_message_at: str | None
    started_at: str
    operator: Operator | None
    rating: int | None
    messages: int
    locale: str


class Suggestion(Struct):
    """Other words that are in history where the ones searched for are not, and how many conversations have them."""

    q: str
    conversations: int
    more: bool


class HistoryPage(Struct):
    """`next` is the cursor of the following page, null on the last; `suggestion` may come with an empty first one."""

    items: list[HistoryItem]
    next: str | None
    suggestion: Suggestion | UnsetType = UNSET


class HistoryCount(Struct):
    """How many conversations there are; with `more` it is at least so many."""

    conversations: int
    more: bool


class ConversationRead(HistoryItem, kw_only=True):
    """One conversation whole; `events` as the operator's socket would show them, notes included."""

    ended_at: str | None
    archived_at: str | None
    seq: int
    events: list[EventFrame]


def item_shown(shop: str, row: ConversationRow, names: StaffNames) -> HistoryItem:
    return HistoryItem(**_item(shop, row, names))


def conversation_shown(
    shop: str, row: ConversationRow, events: list[EventRow], names: StaffNames, links: Links
) -> ConversationRead:
    """One conversation, with display names as they are now, and new links to its files."""
    return ConversationRead(
        **_item(shop, row, names),
        ended_at=_at(row.ended_at),
        archived_at=_at(row.archived_at),
        seq=row.seq,
        events=[event_shown(shop, event, names, links, row.locale) for event in events],
    )


def _item(shop: str, row: ConversationRow, names: StaffNames) -> dict[str, Any]:
    return {
        "id": row.id,
        "customer": _customer(row),
        "status": row.status,
        "last_message": row.last_message,
        "last_message_at": _at(row.last_message_at),
        "started_at": rfc3339(row.started_at),
        "operator": names.operator(shop, row.operator) if row.operator else None,
        "rating": row.rating,
        "messages": row.message_count,
        "locale": row.locale,
    }


def _customer(row: ConversationRow) -> VisitorInfo:
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


def event_shown(shop: str, row: EventRow, names: StaffNames, links: Links, locale: str) -> EventFrame:
    """An event as an operator's socket would have it; `locale`: the visitor's language."""
    operator = names.operator(shop, row.operator) if row.operator else None
    fields = _fields(shop, row, operator, names)
    if row.attachments is not None:
        fields["attachments"] = [shown(one, links) for one in details_in(row.attachments)]
    if row.kind == "started" and "visitor" in fields:
        fields["visitor"]["locale"] = locale
    return EventFrame(conversation=row.conversation, seq=row.seq, at=rfc3339(row.at), kind=row.kind, **fields)


def _fields(shop: str, row: EventRow, operator: Operator | None, names: StaffNames) -> dict[str, Any]:
    """What an event of its kind has besides."""
    match row.kind:
        case "transfer_asked" | "unanswered":
            return _called(shop, row, operator, names)
        case "message":
            author = {"author": operator.name} if operator else {}
            return {"sender": row.sender, "text": row.text, "id": row.message, **author}
        case "note" if operator:
            return {"operator": operator, "author": operator.name, "text": row.text}
        case "assigned" | "transferred" if operator:
            return {"operator": operator}
        case "started" | "identified" if row.visitor:
            department = {"department": row.department} if row.department else {}
            return {"visitor": msgspec.json.decode(row.visitor), **department}
        case "waiting":
            return {"place": row.number}
        case "ended" | "reopened" | "transcript":
            return {"by": row.sender}
        case "rated":
            return {"score": row.number, **({} if row.text is None else {"comment": row.text})}
        case _:
            return {}


def _called(shop: str, row: EventRow, operator: Operator | None, names: StaffNames) -> dict[str, Any]:
    """What calls upon the staff."""
    said: dict[str, Any] = {} if operator is None else {"operator": operator}
    if row.department is not None:
        said["department"] = names.department(shop, row.department)
    if row.since is not None:
        said["since"] = rfc3339(row.since)
    return said


def _at(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
