"""Events of a PushSubscription and of a Campaign."""

from datetime import datetime
from typing import Literal

from msgspec import field

from contracts.conversations.appearance import Language
from contracts.engagement.campaigns import CampaignContent, Outcome, Slug, Zone
from contracts.event import Event
from contracts.personal import Personal

Departure = Literal["visitor", "gone", "erased"]
"""Why a subscription is over: the visitor turned it off, its push service does not know it any more, or erasure."""


class PushSubscriptionAdded(Event, frozen=True, kw_only=True, tag="push_subscription.added.v1"):
    """A browser wants push; also again, after it was removed. `address` and `person`: see the command."""

    person: str
    address: Personal
    service: str
    language: Language
    zone: Zone = "UTC"
    group: Slug | None = None
    visitor: str | None = None


class PushSubscriptionRenewed(Event, frozen=True, kw_only=True, tag="push_subscription.renewed.v1"):
    """Something about it has changed; `groups`: all on which it was seen, the newest last, at most 20."""

    address: Personal
    language: Language
    zone: Zone = "UTC"
    groups: list[Slug] = field(default_factory=list)
    visitor: str | None = None


class PushSubscriptionRemoved(Event, frozen=True, kw_only=True, tag="push_subscription.removed.v1"):
    """It is over; the key under which its address is sealed is destroyed."""

    person: str
    reason: Departure


class CampaignDrafted(Event, frozen=True, kw_only=True, tag="campaign.drafted.v1"):
    """Somebody of the staff has begun one."""

    operator: str
    content: CampaignContent


class CampaignChanged(Event, frozen=True, kw_only=True, tag="campaign.changed.v1"):
    """A draft says something else now."""

    operator: str
    content: CampaignContent


class CampaignDiscarded(Event, frozen=True, kw_only=True, tag="campaign.discarded.v1"):
    """A draft was thrown away."""

    operator: str


class CampaignScheduled(Event, frozen=True, kw_only=True, tag="campaign.scheduled.v1"):
    """It starts at `starts_at`: if `local`, when `send_at` is there in the first time zone on earth."""

    operator: str
    send_at: datetime
    starts_at: datetime
    local: bool = False
    zone: Zone = "UTC"


class CampaignUnscheduled(Event, frozen=True, kw_only=True, tag="campaign.unscheduled.v1"):
    """It is a draft again."""

    operator: str


class CampaignStarted(Event, frozen=True, kw_only=True, tag="campaign.started.v1"):
    """Its audience is written down now and the notices go out. `content` is repeated for whoever reads from here."""

    content: CampaignContent
    send_at: datetime
    local: bool = False
    zone: Zone = "UTC"


class CampaignPaused(Event, frozen=True, kw_only=True, tag="campaign.paused.v1"):
    """Nothing more goes out until it is resumed."""

    operator: str


class CampaignResumed(Event, frozen=True, kw_only=True, tag="campaign.resumed.v1"):
    """It goes on where it was paused."""

    operator: str


class CampaignCancelled(Event, frozen=True, kw_only=True, tag="campaign.cancelled.v1"):
    """Nothing more of it goes out, for good."""

    operator: str


class CampaignAudienceNoted(Event, frozen=True, kw_only=True, tag="campaign.audience_noted.v1"):
    """Everybody whom it is for is written down; `count` subscriptions."""

    count: int


class CampaignOutcomesNoted(Event, frozen=True, kw_only=True, tag="campaign.outcomes_noted.v1"):
    """Batches are numbered from 1 without holes. Clicks and unsubscriptions may come after the campaign is finished."""

    batch: int
    outcomes: list[Outcome]


class CampaignFinished(Event, frozen=True, kw_only=True, tag="campaign.finished.v1"):
    """Every subscription has its outcome. After a cancellation, too: it is over then."""


PushSubscriptionEvent = PushSubscriptionAdded | PushSubscriptionRenewed | PushSubscriptionRemoved
CampaignEvent = (
    CampaignDrafted
    | CampaignChanged
    | CampaignDiscarded
    | CampaignScheduled
    | CampaignUnscheduled
    | CampaignStarted
    | CampaignPaused
    | CampaignResumed
    | CampaignCancelled
    | CampaignAudienceNoted
    | CampaignOutcomesNoted
    | CampaignFinished
)
