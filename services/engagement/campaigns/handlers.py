"""Push subscriptions and campaigns: what the log `engagement` has of them."""

from collections.abc import Callable, Sequence
from typing import Any, Final, get_args
from uuid import UUID

from contracts.command import Command, SenderKind
from contracts.engagement import campaign_commands as c
from contracts.engagement import campaign_events as e
from services.common.eventlog.aggregate import Cause
from services.engagement.campaigns.campaign import Campaign
from services.engagement.campaigns.errors import Unsubscribed
from services.engagement.campaigns.push_subscription import PushSubscription
from services.engagement.campaigns.snapshots import CampaignSnapshot, PushSubscriptionSnapshot
from services.engagement.slice import Handler, Slice, on_any, on_existing
from services.engagement.timers.timer import Change, ClearTimer, SetTimer, Timer

START: Final = "start_campaign"

_STAFF: Final[tuple[SenderKind, ...]] = ("operator",)
_SYSTEM: Final[tuple[SenderKind, ...]] = ("system",)


def _subscription(command: c.AddPushSubscription | c.RemovePushSubscription) -> UUID:
    return command.subscription


def _campaign(command: Any) -> UUID:
    campaign: UUID = command.campaign
    return campaign


# What the commands do, each to its aggregate


def _add(command: c.AddPushSubscription, subscription: PushSubscription, cause: Cause) -> None:
    subscription.add(command, cause)


def _remove(command: c.RemovePushSubscription, subscription: PushSubscription, cause: Cause) -> None:
    if not subscription.there and command.sender_kind == "visitor":
        raise Unsubscribed
    subscription.remove(command.reason, cause)


def _draft(command: c.DraftCampaign, campaign: Campaign, cause: Cause) -> None:
    campaign.draft(command.content, command.sender, cause)


def _change(command: c.ChangeCampaign, campaign: Campaign, cause: Cause) -> None:
    campaign.change(command.content, command.sender, cause)


def _schedule(command: c.ScheduleCampaign, campaign: Campaign, cause: Cause) -> None:
    campaign.schedule(command.at, command.zone, command.sender, cause, local=command.local)


def _note_audience(command: c.NoteAudience, campaign: Campaign, cause: Cause) -> None:
    campaign.note_audience(command.count, cause)


def _note_outcomes(command: c.NoteOutcomes, campaign: Campaign, cause: Cause) -> None:
    campaign.note_outcomes(command.batch, command.outcomes, cause)


def _by_staff(act: Callable[[Campaign, str, Cause], None]) -> Handler:
    """A decision that needs nothing but who took it."""

    def do(command: Command, campaign: Campaign, cause: Cause) -> None:
        act(campaign, command.sender, cause)

    return on_existing(Campaign, _campaign, do, _STAFF)


def _by_itself(act: Callable[[Any, Campaign, Cause], None]) -> Handler:
    return on_existing(Campaign, _campaign, act, _SYSTEM)


# Timers


def _set(event: e.CampaignScheduled) -> Sequence[Change]:
    return [SetTimer(START, event.originator_id, START, event.starts_at)]


def _clear(event: e.CampaignUnscheduled | e.CampaignStarted) -> Sequence[Change]:
    return [ClearTimer(event.originator_id, START)]


def _start(timer: Timer) -> Command:
    return c.StartCampaign(campaign=timer.key, **timer.command_head())


SLICE: Final = Slice(
    commands={
        c.AddPushSubscription: on_any(PushSubscription, _subscription, _add, ("visitor",)),
        c.RemovePushSubscription: on_existing(PushSubscription, _subscription, _remove, ("visitor", "system")),
        c.DraftCampaign: on_any(Campaign, _campaign, _draft, _STAFF),
        c.ChangeCampaign: on_existing(Campaign, _campaign, _change, _STAFF),
        c.ScheduleCampaign: on_existing(Campaign, _campaign, _schedule, _STAFF),
        c.DiscardCampaign: _by_staff(Campaign.discard),
        c.UnscheduleCampaign: _by_staff(Campaign.unschedule),
        c.PauseCampaign: _by_staff(Campaign.pause),
        c.ResumeCampaign: _by_staff(Campaign.resume),
        c.CancelCampaign: _by_staff(Campaign.cancel),
        c.StartCampaign: _by_itself(lambda _command, campaign, cause: campaign.start(cause)),
        c.NoteAudience: _by_itself(_note_audience),
        c.NoteOutcomes: _by_itself(_note_outcomes),
        c.FinishCampaign: _by_itself(lambda _command, campaign, cause: campaign.finish(cause)),
    },
    aggregates={
        **dict.fromkeys(get_args(e.PushSubscriptionEvent), PushSubscription),
        **dict.fromkeys(get_args(e.CampaignEvent), Campaign),
    },
    snapshots={PushSubscriptionSnapshot: PushSubscription, CampaignSnapshot: Campaign},
    timers={e.CampaignScheduled: _set, e.CampaignUnscheduled: _clear, e.CampaignStarted: _clear},
    fire={START: _start},
)
