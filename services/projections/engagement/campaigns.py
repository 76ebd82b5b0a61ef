"""The tables of push campaigns and subscribers, kept up with the log `engagement`."""

from typing import Any, Final, get_args

import msgspec

from contracts.engagement import campaign_events as happened
from contracts.event import topic_of
from services.common.key_store import KeyStore
from services.projections.engagement.campaign_folds import CampaignsFold, SubscribersFold
from services.projections.engagement.campaign_rows import CampaignRow, SubscriberRow
from services.projections.paging import Connection
from services.projections.tables import Table

_OF_SUBSCRIBERS: Final = frozenset(get_args(happened.PushSubscriptionEvent))
_OF_CAMPAIGNS: Final = frozenset(get_args(happened.CampaignEvent))
NAMES: Final = frozenset(map(topic_of, _OF_SUBSCRIBERS | _OF_CAMPAIGNS))
TABLES: Final = {
    "rm_push_subscriber": ("id",),
    "rm_campaign": ("id",),
    "rm_campaign_minute": ("campaign", "minute", "service", "language"),
}

_SUBSCRIBERS: Final = Table("rm_push_subscriber", SubscriberRow)
_CAMPAIGNS: Final = Table("rm_campaign", CampaignRow)
_ADD: Final = b"""
    INSERT INTO rm_campaign_minute AS known (campaign, minute, service, language, sent, clicked, failed, gone)
    SELECT campaign, minute, service, language, sent, clicked, failed, gone
    FROM json_populate_recordset(NULL::rm_campaign_minute, %s)
    ON CONFLICT (campaign, minute, service, language) DO UPDATE SET
        sent = known.sent + excluded.sent, clicked = known.clicked + excluded.clicked,
        failed = known.failed + excluded.failed, gone = known.gone + excluded.gone
"""

_encode: Final = msgspec.json.Encoder().encode


async def apply(connection: Connection, _keys: KeyStore, events: list[Any]) -> None:
    """What is sealed in these events, addresses of browsers, is not for these tables."""
    if subscriptions := [event for event in events if type(event) in _OF_SUBSCRIBERS]:
        subscribers = SubscribersFold(await _SUBSCRIBERS.rows(connection, {one.originator_id for one in subscriptions}))
        for event in subscriptions:
            subscribers.apply(event)
        await _SUBSCRIBERS.write(connection, list(subscribers.rows.values()))
    if campaigns := [event for event in events if type(event) in _OF_CAMPAIGNS]:
        fold = CampaignsFold(await _CAMPAIGNS.rows(connection, {one.originator_id for one in campaigns}))
        for event in campaigns:
            fold.apply(event)
        await _write(connection, fold)


async def _write(connection: Connection, fold: CampaignsFold) -> None:
    if fold.removed:
        await _CAMPAIGNS.remove(connection, fold.removed)
    await _CAMPAIGNS.write(connection, list(fold.rows.values()))
    if fold.minutes:
        await connection.execute(_ADD, [_encode(list(fold.minutes.values())).decode()])
