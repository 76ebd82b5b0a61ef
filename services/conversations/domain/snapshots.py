"""Aggregates of this log at rest."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.conversations.events import Party
from contracts.conversations.settings import DeskRules, ShopSettings
from services.common.eventlog.snapshot import Snapshot


class Channel(Struct):
    """One slot for one conversation. `reopens`: it is free again afterwards; `closing`: it is not, in any case."""

    operator: str
    reopens: bool
    closing: bool = False
    conversation: UUID | None = None


class Seat(Struct, omit_defaults=True):
    """A conversation on the desk; `origin` is empty once its guest has signed in, and `guest` is who that was.

    `operator` holds it, or held it when it ended; `since` is when `status` began. `department`: for which it came.
    """

    visitor: str
    origin: str
    status: Literal["waiting", "open", "ended"]
    since: datetime
    channel: int | None = None
    operator: str | None = None
    away_since: datetime | None = None
    guest: str = ""
    department: str | None = None


class Attendance(Struct):
    """An operator who is online, or left but still holds conversations. `since` is when `online` last changed."""

    since: datetime
    online: bool = True
    away_since: datetime | None = None


class DeskSnapshot(Snapshot, frozen=True, kw_only=True, tag="desk.snapshot.v1"):
    """A desk. `free` are the free channels, of each operator the longest free first.

    `turns`: of the operators online, by which they take conversations; `blocked`: origins by visitor, the oldest
    first.
    """

    rules: DeskRules
    next_channel: int
    operators: dict[str, Attendance]
    channels: dict[int, Channel]
    free: list[int]
    seats: dict[UUID, Seat]
    line: list[UUID]
    turned_away_hour: int
    turned_away: list[str]
    retention_at: datetime | None = None
    closed: bool = False
    turns: dict[str, int] = msgspec.field(default_factory=dict)
    handovers: list[tuple[UUID, str]] = msgspec.field(default_factory=list)
    blocked: dict[str, str] = msgspec.field(default_factory=dict)
    open: bool = True


class ConversationSnapshot(Snapshot, frozen=True, kw_only=True, tag="conversation.snapshot.v1"):
    """A conversation, without its texts but the last."""

    status: Literal["waiting", "open", "ended", "archived", "deleted"]
    person: str
    visitor: str
    origin: str
    signed_in: bool
    operator: str | None = None
    last_from: Party | None = None
    last_text: str | None = None
    last_at: datetime | None = None
    archived_at: datetime | None = None
    customer: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    transcripts: int = 0
    department: str | None = None
    waiting_since: datetime | None = None
    unanswered_since: datetime | None = None
    alerted: bool = False
    last_files: str | None = None


class ShopSnapshot(Snapshot, frozen=True, kw_only=True, tag="shop.snapshot.v1"):
    """A shop's settings, and the shortcuts of its canned replies."""

    settings: ShopSettings
    erasures: int = 0
    removed: bool = False
    shortcuts: dict[UUID, str] = msgspec.field(default_factory=dict)


class OfflineMessageSnapshot(Snapshot, frozen=True, kw_only=True, tag="offline_message.snapshot.v1"):
    """An offline message, without its texts."""

    person: str
    has_address: bool
    deleted: bool


AnySnapshot = DeskSnapshot | ConversationSnapshot | ShopSnapshot | OfflineMessageSnapshot

_decoder: Final[msgspec.json.Decoder[AnySnapshot]] = msgspec.json.Decoder(AnySnapshot)


def decode_snapshot(state: bytes) -> AnySnapshot | None:
    """The snapshot, or None if it is of a format that this release does not know."""
    try:
        return _decoder.decode(state)
    except msgspec.ValidationError:
        return None
