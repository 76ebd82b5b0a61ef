"""What the log says of subscribers and campaigns, written down in the transaction that moves the position."""

from typing import Any, Final

import msgspec
from psycopg import AsyncConnection

from contracts.engagement.campaign_events import (
    CampaignAudienceNoted,
    CampaignCancelled,
    CampaignFinished,
    CampaignOutcomesNoted,
    CampaignPaused,
    CampaignResumed,
    CampaignStarted,
    PushSubscriptionAdded,
    PushSubscriptionRemoved,
    PushSubscriptionRenewed,
)
from contracts.event import topic_of
from contracts.logs import AnyEvent
from services.common.sieve import Found

NAMES: Final = [
    topic_of(event).rpartition(".v")[0]
    for event in (
        PushSubscriptionAdded,
        PushSubscriptionRenewed,
        PushSubscriptionRemoved,
        CampaignStarted,
        CampaignPaused,
        CampaignResumed,
        CampaignCancelled,
        CampaignAudienceNoted,
        CampaignOutcomesNoted,
        CampaignFinished,
    )
]

_ADDED: Final = """
    INSERT INTO push.subscriber (id, shop, person, address, service, language, zone, groups, visitor, since)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET (person, address, service, language, zone, groups, visitor, since, gone_at) = (
        excluded.person, excluded.address, excluded.service, excluded.language, excluded.zone, excluded.groups,
        excluded.visitor, excluded.since, NULL
    )
"""
_RENEWED: Final = """
    UPDATE push.subscriber SET address = %s, language = %s, zone = %s, groups = %s, visitor = %s, gone_at = NULL
    WHERE id = %s
"""
_REMOVED: Final = "DELETE FROM push.subscriber WHERE id = %s"
_STARTED: Final = """
    INSERT INTO push.campaign (id, shop, content, send_at, local, zone, started_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING
"""
_STATUS: Final = "UPDATE push.campaign SET status = %s WHERE id = %s AND status <> 'finished'"
_AUDIENCE: Final = "UPDATE push.campaign SET audience_noted = true, asked_at = NULL WHERE id = %s"
_NOTED: Final = """
    WITH noted AS (
        UPDATE push.campaign SET noted = greatest(noted, %(batch)s),
            asked_at = CASE WHEN greatest(noted, %(batch)s) < batch THEN asked_at END
        WHERE id = %(id)s RETURNING id, noted
    )
    DELETE FROM push.outcome USING noted WHERE outcome.campaign = noted.id AND batch <= noted.noted
"""

Connection = AsyncConnection[Any]


async def note(connection: Connection, found: Found) -> None:
    """Event by event, in log order."""
    async with connection.pipeline():
        for _, event in found:
            if (said := _statement(event)) is not None:
                await connection.execute(said[0].encode(), said[1])


def _statement(event: AnyEvent) -> tuple[str, list[Any] | dict[str, Any]] | None:
    about = event.originator_id
    match event:
        case PushSubscriptionAdded():
            return _ADDED, _subscriber(event)
        case PushSubscriptionRenewed():
            renewed = [event.address, event.language, event.zone, event.groups, event.visitor]
            return _RENEWED, [*renewed, about]
        case PushSubscriptionRemoved():
            return _REMOVED, [about]
        case CampaignStarted():
            return _STARTED, _campaign(event)
        case CampaignPaused():
            return _STATUS, ["paused", about]
        case CampaignResumed():
            return _STATUS, ["sending", about]
        case CampaignCancelled():
            return _STATUS, ["cancelled", about]
        case CampaignFinished():
            return _STATUS, ["finished", about]
        case CampaignAudienceNoted():
            return _AUDIENCE, [about]
        case CampaignOutcomesNoted():
            return _NOTED, {"batch": event.batch, "id": about}
    return None


def _subscriber(added: PushSubscriptionAdded) -> list[Any]:
    groups = [added.group] if added.group else []
    place = [added.originator_id, added.shop, added.person, added.address, added.service]
    return [*place, added.language, added.zone, groups, added.visitor, added.timestamp]


def _campaign(started: CampaignStarted) -> list[Any]:
    content = msgspec.json.encode(started.content).decode()
    plan = [started.send_at, started.local, started.zone, started.timestamp]
    return [started.originator_id, started.shop, content, *plan]
