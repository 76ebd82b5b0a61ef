"""Push subscriptions and campaigns at rest."""

from datetime import datetime
from typing import Literal

import msgspec

from contracts.engagement.campaigns import CampaignContent
from services.common.eventlog.snapshot import Snapshot

Status = Literal["draft", "discarded", "scheduled", "sending", "paused", "cancelled", "finished"]


class PushSubscriptionSnapshot(Snapshot, frozen=True, kw_only=True, tag="push_subscription.snapshot.v1"):
    """`said` tells its address from any other."""

    person: str
    there: bool
    said: str
    language: str
    zone: str
    visitor: str | None = None
    groups: list[str] = msgspec.field(default_factory=list)


class CampaignSnapshot(Snapshot, frozen=True, kw_only=True, tag="campaign.snapshot.v1"):
    """A campaign, without what became of it."""

    status: Status
    content: CampaignContent
    send_at: datetime | None
    starts_at: datetime | None
    local: bool
    zone: str
    audience: int | None
    batches: int
    over: bool
