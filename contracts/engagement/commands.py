"""All commands of the log `engagement`."""

from contracts.engagement.campaign_commands import CampaignCommand
from contracts.engagement.poll_commands import PollCommand
from contracts.engagement.review_commands import ReviewCommand

EngagementCommand = CampaignCommand | ReviewCommand | PollCommand
