"""Writes down to whom a campaign goes: each subscriber once, in pages, and any process goes on where one ended.

Who has had as many campaigns as the frequency cap allows is written down too, as held back.
"""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row

from contracts.engagement.campaigns import CampaignContent
from services.notifier.push.campaigns.timing import Plan

PAGE: Final = 2_000

_HOLD: Final = """
    SELECT id, shop, content::text AS content, send_at, local, zone, started_at, spread_to
    FROM push.campaign WHERE id = %s AND status IN ('sending', 'paused') AND spread_at IS NULL
    FOR UPDATE SKIP LOCKED
"""
_ONE_BY_ONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('campaigns ' || %s, 0))"
"""Of one shop: what another campaign is just writing down counts for the frequency cap."""
_CHOSEN: Final = """
    SELECT id, zone FROM push.subscriber
    WHERE shop = %(shop)s AND id > %(after)s AND since <= %(started_at)s
      AND (%(languages)s::text[] = '{}' OR ARRAY[language, split_part(language, '-', 1)] && %(languages)s)
      AND (%(groups)s::text[] = '{}' OR groups && %(groups)s)
      AND (%(older)s::int IS NULL OR since <= %(started_at)s - make_interval(days => %(older)s))
      AND (%(newer)s::int IS NULL OR since > %(started_at)s - make_interval(days => %(newer)s))
    ORDER BY id LIMIT %(page)s
"""
_WRITE: Final = """
    WITH written AS (
        INSERT INTO push.delivery
            (campaign, subscription, shop, service, language, zone, status, due_at, next_at, quiet)
        SELECT %(campaign)s, subscriber.id, shop, service, language, chosen.zone,
               CASE WHEN %(most)s <= (
                   SELECT count(*) FROM push.delivery AS had
                   WHERE had.subscription = subscriber.id AND had.campaign <> %(campaign)s
                     AND had.created_at > now() - interval '90 days'
                     AND had.status IN ('pending', 'sending', 'sent')
                     AND coalesce(had.sent_at, had.due_at) > now() - make_interval(days => %(days)s)
               ) THEN 'held_back' ELSE 'pending' END,
               chosen.at, chosen.at, chosen.quiet
        FROM push.subscriber
        JOIN unnest(%(ids)s::uuid[], %(zones)s::text[], %(ats)s::timestamptz[], %(quiets)s::boolean[])
            AS chosen (id, zone, at, quiet) ON chosen.id = subscriber.id
        ON CONFLICT (campaign, subscription) DO NOTHING
        RETURNING campaign, shop, subscription, status, language, service
    ), told AS (
        INSERT INTO push.outcome (campaign, shop, subscription, outcome, language, service)
        SELECT campaign, shop, subscription, status, language, service FROM written WHERE status = 'held_back'
    )
    UPDATE push.campaign
    SET spread_to = %(last)s, audience = audience + (SELECT count(*) FROM written),
        services = ARRAY(SELECT unnest(services) UNION SELECT service FROM written)
    WHERE id = %(campaign)s
"""
_ALL: Final = "UPDATE push.campaign SET spread_at = now(), asked_at = NULL WHERE id = %s"
NO_CAP: Final = 2**31 - 1

Connection = AsyncConnection[Any]


class Spread(Struct, frozen=True):
    """A campaign that is not written down whole yet."""

    id: UUID
    shop: str
    content: str
    send_at: datetime
    local: bool
    zone: str
    started_at: datetime
    spread_to: UUID


async def spread_page(connection: Connection, campaign: UUID) -> bool:
    """Write down the next page, in a transaction of its own. Returns whether there may be more to do here."""
    async with connection.transaction():
        async with connection.cursor(row_factory=class_row(Spread)) as cursor:
            await cursor.execute(_HOLD.encode(), [campaign])
            held = await cursor.fetchone()
        if held is None:
            return False
        await connection.execute(_ONE_BY_ONE, [held.shop])
        content = msgspec.json.decode(held.content, type=CampaignContent)
        chosen = await _chosen(connection, held, content)
        if chosen:
            await connection.execute(_WRITE.encode(), _written(held, content, chosen))
        if len(chosen) < PAGE:
            await connection.execute(_ALL, [campaign])
    return len(chosen) == PAGE


async def _chosen(connection: Connection, held: Spread, content: CampaignContent) -> list[tuple[UUID, str]]:
    """Subscribers, each with its zone."""
    wanted = content.audience
    parameters = {
        "shop": held.shop,
        "after": held.spread_to,
        "started_at": held.started_at,
        "languages": wanted.languages,
        "groups": wanted.groups,
        "older": wanted.older_than_days,
        "newer": wanted.newer_than_days,
        "page": PAGE,
    }
    return await (await connection.execute(_CHOSEN.encode(), parameters)).fetchall()


def _written(held: Spread, content: CampaignContent, chosen: list[tuple[UUID, str]]) -> dict[str, Any]:
    plan, now = Plan(held.send_at, held.local, held.zone, content.quiet_hours), datetime.now(UTC)
    moments = {zone: plan.moment(zone, now) for zone in {zone for _, zone in chosen}}
    return {
        "campaign": held.id,
        "last": chosen[-1][0],
        "ids": [one for one, _ in chosen],
        "zones": [zone for _, zone in chosen],
        "ats": [moments[zone].at for _, zone in chosen],
        "quiets": [moments[zone].quiet for _, zone in chosen],
        "most": content.cap.most if content.cap else NO_CAP,
        "days": content.cap.days if content.cap else 0,
    }
