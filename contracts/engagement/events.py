"""All events of the log `engagement`."""

from contracts.engagement.campaign_events import CampaignEvent, PushSubscriptionEvent
from contracts.engagement.poll_events import PollEvent, VoteEvent
from contracts.engagement.review_events import (
    OrderEvent,
    RecipientEvent,
    ReviewEvent,
    ReviewPolicyEvent,
    ReviewRequestEvent,
)

EngagementEvent = (
    PushSubscriptionEvent
    | CampaignEvent
    | ReviewPolicyEvent
    | OrderEvent
    | ReviewRequestEvent
    | ReviewEvent
    | RecipientEvent
    | PollEvent
    | VoteEvent
)
