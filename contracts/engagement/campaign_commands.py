"""Commands about campaigns and push subscriptions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from contracts.command import Command
from contracts.conversations.appearance import Language
from contracts.engagement.campaign_events import Departure
from contracts.engagement.campaigns import CampaignContent, Outcome, Slug, Zone
from contracts.personal import Personal

MOST_OUTCOMES = 500
"""In one command."""


class AddPushSubscription(Command, frozen=True, kw_only=True):
    """A browser wants push, or says again how it is reached. `subscription` is derived from (shop, its address).

    `address` is JSON: {"endpoint", "p256dh", "auth"}, sealed under a key of `person`, which is the subscription's
    own and goes with it. `visitor` is who chats in this browser, if anybody does.
    """

    subscription: UUID
    person: str
    address: Personal
    service: str
    language: Language
    zone: Zone = "UTC"
    group: Slug | None = None
    visitor: str | None = None


class RemovePushSubscription(Command, frozen=True, kw_only=True):
    """It is over. `campaign` is that which was shown last, if it was the visitor's wish after one."""

    subscription: UUID
    reason: Departure
    campaign: UUID | None = None


class DraftCampaign(Command, frozen=True, kw_only=True):
    """`campaign` is derived from (shop, `sender`, id)."""

    campaign: UUID
    content: CampaignContent


class ChangeCampaign(Command, frozen=True, kw_only=True):
    """Only a draft."""

    campaign: UUID
    content: CampaignContent


class DiscardCampaign(Command, frozen=True, kw_only=True):
    """Only a draft."""

    campaign: UUID


class ScheduleCampaign(Command, frozen=True, kw_only=True):
    """A draft is to go out at `at`, or now. `local`: at the time that `at` is in `zone`, in each subscriber's zone."""

    campaign: UUID
    at: datetime | None = None
    local: bool = False
    zone: Zone = "UTC"


class UnscheduleCampaign(Command, frozen=True, kw_only=True):
    """What is scheduled is a draft again."""

    campaign: UUID


class PauseCampaign(Command, frozen=True, kw_only=True):
    """Sending rests; what is under way still arrives."""

    campaign: UUID


class ResumeCampaign(Command, frozen=True, kw_only=True):
    """Sending goes on."""

    campaign: UUID


class CancelCampaign(Command, frozen=True, kw_only=True):
    """Nothing more of it goes out."""

    campaign: UUID


class StartCampaign(Command, frozen=True, kw_only=True):
    """Of the system: its time has come."""

    campaign: UUID


class NoteAudience(Command, frozen=True, kw_only=True):
    """Of the system: everybody whom it is for has been written down."""

    campaign: UUID
    count: Annotated[int, Meta(ge=0)]


class NoteOutcomes(Command, frozen=True, kw_only=True):
    """Of the system: batch number `batch`, from 1 without holes. Another number changes nothing."""

    campaign: UUID
    batch: Annotated[int, Meta(ge=1)]
    outcomes: Annotated[list[Outcome], Meta(min_length=1, max_length=MOST_OUTCOMES)]


class FinishCampaign(Command, frozen=True, kw_only=True):
    """Of the system: every subscription has its outcome, and all are noted."""

    campaign: UUID


CampaignCommand = (
    AddPushSubscription
    | RemovePushSubscription
    | DraftCampaign
    | ChangeCampaign
    | DiscardCampaign
    | ScheduleCampaign
    | UnscheduleCampaign
    | PauseCampaign
    | ResumeCampaign
    | CancelCampaign
    | StartCampaign
    | NoteAudience
    | NoteOutcomes
    | FinishCampaign
)
