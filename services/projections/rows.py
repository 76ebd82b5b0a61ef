"""The rows of history's tables, field by field as the columns stand (`services/common/migrations/read`)."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

from contracts.conversations.events import Party
from contracts.desks import Status


class ConversationRow(Struct, kw_only=True):
    """One conversation as history lists it. `words` are those of `services.common.words`."""

    id: UUID
    shop: str
    person: str
    customer: str
    signed_in: bool
    locale: str
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
    words: str = ""
    seq: int


class MessageRow(NamedTuple):
    """One event of a conversation. `number` is a place in the line or a score, `visitor` a VisitorInfo as JSON,
    `since` from when on the visitor waits for an answer, `attachments` what is known of its files, as JSON."""

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
    department: str | None = None
    since: datetime | None = None
    attachments: str | None = None


class Answer(Struct):
    """One answer to an offline message; `id` is that of the command."""

    id: str
    operator: str
    at: datetime
    text: str


class OfflineMessageRow(Struct, kw_only=True):
    """One offline message as the inbox lists it. `page` is JSON, as the event has it."""

    id: UUID
    shop: str
    person: str
    customer: str
    signed_in: bool
    locale: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    text: str | None = None
    page: str | None = None
    status: Literal["new", "answered", "called"] = "new"
    left_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    called_at: datetime | None = None
    called_by: str | None = None
    answers: list[Answer] = []
    seq: int


class CannedReplyRow(Struct, kw_only=True):
    """A canned reply of a shop; `texts` by language, `author` who changed it last."""

    shop: str
    id: UUID
    shortcut: str
    texts: dict[str, str]
    author: str
    changed_at: datetime
    seq: int


class BlockRow(Struct, kw_only=True):
    """A visitor whom a shop has blocked, and in which conversation."""

    shop: str
    visitor: str
    conversation: UUID
    author: str
    at: datetime
    seq: int


class ShopRow(Struct):
    """Topic and JSON of the event that last told a shop's settings; None before there was any."""

    id: UUID
    shop: str
    topic: str | None = None
    state: str | None = None
    seq: int = 0


class ChangeRow(Struct, kw_only=True):
    """A setting or a canned reply that event `seq` of the Shop changed; `before` and `after` are JSON.

    `command` led to the event; `undoes_seq` and `undoes_number` name the change that this one undid. `among` are the
    ids, as JSON, of the list that something was taken out of, as it was before.
    """

    shop: str
    seq: int
    number: int
    at: datetime
    author: str
    what: str
    before: str
    after: str
    undoes_seq: int | None = None
    undoes_number: int | None = None
    command: str | None = None
    among: str | None = None
