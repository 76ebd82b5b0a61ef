"""Rows of push campaigns and subscribers; the fields are the columns."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class SubscriberRow(Struct, kw_only=True):
    """A browser that wants push, or wanted it until `left_at`."""

    id: UUID
    shop: str
    person: str
    service: str
    language: str
    zone: str
    groups: list[str]
    since: datetime
    left_at: datetime | None = None
    left_reason: str | None = None
    seq: int


class CampaignRow(Struct, kw_only=True):
    """A campaign; `content` is JSON, the last eight count outcomes."""

    id: UUID
    shop: str
    status: str
    content: str
    author: str
    created_at: datetime
    changed_at: datetime
    send_at: datetime | None = None
    local: bool = False
    zone: str = "UTC"
    started_at: datetime | None = None
    finished_at: datetime | None = None
    audience: int | None = None
    sent: int = 0
    clicked: int = 0
    failed: int = 0
    gone: int = 0
    held_back: int = 0
    cancelled: int = 0
    unsubscribed: int = 0
    uncertain: int = 0
    seq: int


class MinuteRow(Struct, kw_only=True):
    """What is to be added to a minute of a campaign."""

    campaign: UUID
    minute: datetime
    service: str
    language: str
    sent: int = 0
    clicked: int = 0
    failed: int = 0
    gone: int = 0
