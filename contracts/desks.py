"""The desk as it stands: what gateways watch, ask for and show. Derived; the truth is the Desk's events."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from contracts.conversations.events import Party
from contracts.personal import Personal

Availability = Literal["online", "line", "form", "hidden"]
Status = Literal["waiting", "open", "ended", "archived"]


class OperatorView(Struct, frozen=True, omit_defaults=True):
    """An operator who is online, or who left but still holds conversations (`online` false)."""

    id: str
    online: bool = True
    away: bool = False


class ChannelView(Struct, frozen=True, array_like=True, omit_defaults=True):
    """One open channel, and which conversation sits on it. An array on the wire: a message holds 10,000 of them."""

    channel: int
    operator: str
    conversation: UUID | None = None


class Handover(Struct, frozen=True, array_like=True):
    """A conversation on a channel that waits for a channel of a department."""

    conversation: UUID
    department: str


class DeskView(Struct, frozen=True, kw_only=True):
    """The whole desk at a version of the Desk; published on change, newest within 250 ms."""

    shop: str
    version: int
    availability: Availability
    operators: list[OperatorView]
    channels: list[ChannelView]
    limit: int
    busy: int
    line: list[UUID]
    """Who waits, in the order in which they will be served."""
    open: bool = True
    """By the opening hours."""
    absent: list[UUID] = []
    """Of these conversations, on channels or in line, the visitor has no connection and is marked away."""
    handovers: list[Handover] = []


class DeskSummary(Struct, frozen=True, kw_only=True):
    """What the bucket `desks` holds of a shop: counts and what a new visitor finds."""

    version: int
    availability: Availability
    operators: int
    busy: int
    limit: int
    waiting: int


class ConversationSummary(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conversation that is not archived yet. Personal fields are sealed under the key of `person`."""

    id: UUID
    person: str
    visitor: str
    status: Status
    seq: int
    signed_in: bool = False
    operator: str | None = None
    last_from: Party | None = None
    last_text: Personal | None = None
    last_files: Personal | None = None
    """As `attachment_details` of the last message."""
    last_at: datetime | None = None
    customer: Personal | None = None
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    department: str | None = None
    waiting_since: datetime | None = None
    """Since when it has been in line."""
    unanswered_since: datetime | None = None
    """Since when the visitor's word stands unanswered; None: the last word is ours, or nothing was said."""


class DeskQuery(Struct, frozen=True, kw_only=True, tag_field="type", tag="desk"):
    """Asks for the desk and its conversations, `after` the conversation that ended the page before."""

    shop: str
    after: UUID | None = None
    limit: int = 500


class DeskReply(Struct, frozen=True, kw_only=True):
    """One page. `desk` is None if the shop is unknown."""

    desk: DeskView | None
    conversations: list[ConversationSummary]
    next: UUID | None = None


class VisitorQuery(Struct, frozen=True, kw_only=True, tag_field="type", tag="visitor"):
    """Asks which conversation a visitor is in; `origin` as in `StartConversation`."""

    shop: str
    visitor: str
    origin: str


class VisitorReply(Struct, frozen=True, kw_only=True):
    """The visitor's conversation that is not archived, if there is one, and its place (from 1) in the line.

    `blocked`: staff want to hear no more of them.
    """

    conversation: ConversationSummary | None
    place: int | None = None
    blocked: bool = False


Query = DeskQuery | VisitorQuery


class VisitorLease(Struct, frozen=True, array_like=True):
    """A visitor of a live conversation is connected to this gateway."""

    shop: str
    conversation: UUID


class OperatorLease(Struct, frozen=True, array_like=True):
    """An operator is connected to this gateway."""

    shop: str
    operator: str


class Leases(Struct, frozen=True, kw_only=True):
    """Who is connected to a gateway, of one partition; complete each time, every 10 s and on change.

    The owner takes as connected whom any gateway named in the last 25 s.
    """

    gateway: str
    visitors: list[VisitorLease]
    operators: list[OperatorLease]
