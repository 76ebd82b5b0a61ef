"""Campaigns as REST shows them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.engagement.campaigns import CampaignContent
from contracts.envelope import rfc3339
from services.gateway.rest.campaigns.at_work import Pause, Waiting
from services.gateway.rest.campaigns.deliveries import DeliveryRow
from services.gateway.rest.campaigns.services import maker_of
from services.gateway.rest.campaigns.store import CampaignRow, PlotRow

BUCKETS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60, 180, 720, 1_440, 10_080))
MOST_POINTS: Final = 120
AT_ONCE: Final = timedelta(seconds=10)
"""After a pause: so soon a push service may ask for the next."""

_content: Final = msgspec.json.Decoder(CampaignContent)


class CampaignAuthor(Struct):
    """One of the staff."""

    id: str
    name: str


class CampaignCounts(Struct, kw_only=True):
    """What is known of it. `audience` is null until everybody has been written down. Of each subscription one of
    `sent`, `failed` (too large and expired among them), `gone`, `held_back` and `cancelled` comes true."""

    audience: int | None
    sent: int
    clicked: int
    failed: int
    gone: int
    held_back: int
    cancelled: int
    unsubscribed: int
    uncertain: int


class CampaignShown(Struct, kw_only=True, omit_defaults=True):
    """A campaign. `status`: draft, scheduled, sending, paused, cancelled or finished."""

    id: UUID
    status: str
    content: CampaignContent
    author: CampaignAuthor
    created_at: str
    changed_at: str
    local: bool
    zone: str
    counts: CampaignCounts
    send_at: str | UnsetType = UNSET
    started_at: str | UnsetType = UNSET
    finished_at: str | UnsetType = UNSET


class ServiceShown(Struct, kw_only=True, omit_defaults=True):
    """A push service; `slowed_until`: it asked to wait."""

    service: str
    name: str
    sent: int
    gone: int
    failed: int
    slowed_until: str | UnsetType = UNSET


class LanguageShown(Struct, kw_only=True):
    language: str
    sent: int
    clicked: int


class PlotPoint(Struct, kw_only=True):
    """What came of it from `at` on until the next point."""

    at: str
    sent: int
    clicked: int
    failed: int
    gone: int


class PauseShown(Struct, kw_only=True):
    """A push service asked to be left alone from `since` to `until`; while it was, others had their turn."""

    service: str
    name: str
    since: str
    until: str


class CampaignDetails(CampaignShown, kw_only=True, omit_defaults=True):
    """A campaign with how it goes. `waiting` were not tried yet, `retrying` will be tried again; `quiet` of them wait
    for the end of quiet hours. `rate`: sent a minute, lately; `left_seconds`: until the others are tried, at that pace;
    `plot` has points a minute, or longer, apart, `pauses` those of push services meanwhile. `usual_unsubscribed`: how
    many of those delivered unsubscribed after earlier campaigns, from 0 to 1; absent where there are few."""

    waiting: int
    retrying: int
    quiet: int
    by_service: list[ServiceShown]
    by_language: list[LanguageShown]
    plot: list[PlotPoint]
    pauses: list[PauseShown]
    rate: int
    left_seconds: int | UnsetType = UNSET
    usual_unsubscribed: float | UnsetType = UNSET


class Campaigns(Struct):
    """A page, the newest first."""

    items: list[CampaignShown]
    next: str | None


class DeliveryShown(Struct, kw_only=True, omit_defaults=True):
    """One subscription's. `outcome`: waiting, sending, retrying, sent, failed, gone, too_large, expired, held_back or
    cancelled; `at`: since when. `uncertain`: it may have gone out twice."""

    subscription: UUID
    outcome: str
    service: str
    language: str
    attempts: int
    at: str
    uncertain: bool
    clicked: bool
    unsubscribed: bool
    next_at: str | UnsetType = UNSET
    error: str | UnsetType = UNSET


class Deliveries(Struct):
    """A page of the ledger, by subscription."""

    items: list[DeliveryShown]
    next: str | None


def counts(row: CampaignRow) -> CampaignCounts:
    return CampaignCounts(**{name: getattr(row, name) for name in CampaignCounts.__struct_fields__})


def members(row: CampaignRow, author: str) -> dict[str, object]:
    """Those of `CampaignShown`; `author` is a name."""
    times = {name: getattr(row, name) for name in ("send_at", "started_at", "finished_at")}
    return {
        "id": row.id,
        "status": row.status,
        "content": _content.decode(row.content),
        "author": CampaignAuthor(row.author, author),
        "created_at": rfc3339(row.created_at),
        "changed_at": rfc3339(row.changed_at),
        "local": row.local,
        "zone": row.zone,
        "counts": counts(row),
        **{name: rfc3339(at) for name, at in times.items() if at is not None},
    }


def services_shown(
    hosts: Iterable[str], known: Iterable[tuple[str, int, int, int]], slowed: Mapping[str, datetime]
) -> list[ServiceShown]:
    """Hosts of one maker together, the largest first; also those of which nothing is known yet."""
    found: dict[str, ServiceShown] = {}
    for host, sent, gone, failed in [*known, *((host, 0, 0, 0) for host in hosts)]:
        domain, name = maker_of(host)
        one = found.setdefault(domain, ServiceShown(service=domain, name=name, sent=0, gone=0, failed=0))
        one.sent, one.gone, one.failed = one.sent + sent, one.gone + gone, one.failed + failed
        if host in slowed:
            until = rfc3339(slowed[host])
            one.slowed_until = until if one.slowed_until is UNSET else max(one.slowed_until, until)
    return sorted(found.values(), key=lambda one: (-one.sent, one.name))


def bucket_of(first: datetime, last: datetime) -> timedelta:
    """The shortest stretch of which no more than `MOST_POINTS` are needed."""
    return next((bucket for bucket in BUCKETS if (last - first) / bucket < MOST_POINTS), BUCKETS[-1])


def plot_shown(rows: Iterable[PlotRow]) -> list[PlotPoint]:
    return [
        PlotPoint(at=rfc3339(row.at), sent=row.sent, clicked=row.clicked, failed=row.failed, gone=row.gone)
        for row in rows
    ]


def pauses_shown(pauses: Iterable[Pause]) -> list[PauseShown]:
    """Given in order: those of one maker that follow each other at once are one."""
    found: list[Pause] = []
    open_by: dict[str, int] = {}
    for one in pauses:
        maker, _ = maker_of(one.service)
        at = open_by.get(maker)
        if at is not None and one.since - found[at].until <= AT_ONCE:
            found[at] = found[at]._replace(until=max(found[at].until, one.until))
        else:
            open_by[maker] = len(found)
            found.append(one._replace(service=maker))
    return [
        PauseShown(
            service=one.service, name=maker_of(one.service)[1], since=rfc3339(one.since), until=rfc3339(one.until)
        )
        for one in found
    ]


def rate_of(lately: int, started: datetime | None, now: datetime) -> int:
    """Sent a minute, by what was sent since the beginning of the minute before this one."""
    begun = now.replace(second=0, microsecond=0) - timedelta(minutes=1)
    seconds = (now - max(begun, started or begun)).total_seconds()
    return round(lately * 60 / max(seconds, 1.0))


def left_of(work: Waiting, rate: int) -> int | None:
    """In how many seconds all is tried that waits for no quiet hours; None where that can't be known.

    What push services asked to wait with can't go out before that.
    """
    left = work.waiting + work.retrying - work.quiet
    if not rate or left <= 0:
        return None
    return round(max((left - work.held) * 60 / rate, work.seconds + work.held * 60 / rate))


def delivery_shown(row: DeliveryRow) -> DeliveryShown:
    return DeliveryShown(
        subscription=row.subscription,
        outcome=row.outcome,
        service=row.service,
        language=row.language,
        attempts=row.attempts,
        at=rfc3339(row.at),
        uncertain=row.uncertain,
        clicked=row.clicked,
        unsubscribed=row.unsubscribed,
        next_at=rfc3339(row.next_at) if row.outcome in ("waiting", "retrying") else UNSET,
        error=row.error if row.error is not None else UNSET,
    )
