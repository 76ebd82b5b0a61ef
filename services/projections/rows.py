"""The rows of history's two tables, field by field as the columns stand (`migrations/read/0001_history.sql`)."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from contracts.conversations.events import Party
from contracts.desks import Status


class ConversationRow(Struct, kw_only=True):
    """One conversation as history lists it."""

    id: UUID
    shop: str
    person: str
    customer: str
    signed_in: bool
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    status: Status
    operator: str | None = None
    started_at: datetime
    active_at: datetime
    last_message: str | None = None
    last_message_at: datetime | None = None
    last_from: Party | None = None
    ended_at: datetime | None = None
    archived_at: datetime | None = None
    rating: int | None = None
    message_count: int = 0
    seq: int


class MessageRow(NamedTuple):
    """One event of a conversation. `number` is a place in the line or a score, `visitor` a VisitorInfo as JSON."""

    conversation: UUID
    seq: int
    at: datetime
    kind: str
    sender: Party | None = None
    operator: str | None = None
    message: str | None = None
    text: str | None = None
    number: int | None = None
    visitor: str | None = None
