"""From events of push subscriptions and campaigns to rows. Pure: rows as they stood before a page go in.

A row knows the `seq` it has come to, so that an event applied again changes nothing.
"""

from datetime import datetime
from typing import Final, assert_never
from uuid import UUID

import msgspec

from contracts.engagement import campaign_events as happened
from contracts.engagement.campaigns import Outcome, OutcomeKind
from services.projections.engagement.campaign_rows import CampaignRow, MinuteRow, SubscriberRow
from services.projections.shop_lists import storable

COUNTED_AS: Final[dict[OutcomeKind, str]] = {
    "sent": "sent",
    "failed": "failed",
    "too_large": "failed",
    "expired": "failed",
    "gone": "gone",
    "held_back": "held_back",
    "cancelled": "cancelled",
    "clicked": "clicked",
    "unsubscribed": "unsubscribed",
}
_BY_MINUTE: Final = frozenset(("sent", "clicked", "failed", "gone"))

_encode: Final = msgspec.json.Encoder().encode

_Added = happened.PushSubscriptionAdded


class SubscribersFold:
    """Takes events in log order; `rows` are the subscribers as they stand then."""

    def __init__(self, rows: dict[UUID, SubscriberRow]) -> None:
        self.rows = rows

    def apply(self, event: happened.PushSubscriptionEvent) -> None:
        row = self.rows.get(event.originator_id)
        if row is not None and event.originator_version <= row.seq:
            return
        if isinstance(event, _Added):
            self.rows[event.originator_id] = _subscriber(event)
        elif row is not None:
            row.seq = event.originator_version
            if isinstance(event, happened.PushSubscriptionRenewed):
                row.language, row.zone, row.groups = event.language, storable(event.zone), list(event.groups)
            else:
                row.left_at, row.left_reason = event.timestamp, event.reason


def _subscriber(event: _Added) -> SubscriberRow:
    return SubscriberRow(
        id=event.originator_id,
        shop=event.shop,
        person=event.person,
        service=storable(event.service),
        language=event.language,
        zone=storable(event.zone),
        groups=[event.group] if event.group is not None else [],
        since=event.timestamp,
        seq=event.originator_version,
    )


class CampaignsFold:
    """Takes events in log order. `rows` are the campaigns as they stand then, `removed` those that were discarded,
    `minutes` what is to be added to theirs."""

    def __init__(self, rows: dict[UUID, CampaignRow]) -> None:
        self.rows = rows
        self.removed: set[UUID] = set()
        self.minutes: dict[tuple[UUID, datetime, str, str], MinuteRow] = {}

    def apply(self, event: happened.CampaignEvent) -> None:
        if isinstance(event, happened.CampaignDrafted):
            self._draft(event)
            return
        row = self.rows.get(event.originator_id)
        if row is None or event.originator_version <= row.seq:
            return
        row.seq = event.originator_version
        match event:
            case happened.CampaignOutcomesNoted():
                for outcome in event.outcomes:
                    self._count(row, outcome)
            case happened.CampaignAudienceNoted():
                row.audience = event.count
            case happened.CampaignDiscarded():
                del self.rows[row.id]
                self.removed.add(row.id)
            case _:
                row.changed_at = event.timestamp
                _change(row, event)

    def _draft(self, event: happened.CampaignDrafted) -> None:
        if event.originator_id not in self.rows:
            self.rows[event.originator_id] = CampaignRow(
                id=event.originator_id,
                shop=event.shop,
                status="draft",
                content=_encode(event.content).decode(),
                author=event.operator,
                created_at=event.timestamp,
                changed_at=event.timestamp,
                seq=event.originator_version,
            )

    def _count(self, row: CampaignRow, outcome: Outcome) -> None:
        name = COUNTED_AS[outcome.outcome]
        setattr(row, name, getattr(row, name) + 1)
        row.uncertain += outcome.uncertain
        if name not in _BY_MINUTE:
            return
        minute, service = outcome.at.replace(second=0, microsecond=0), storable(outcome.service)
        key = (row.id, minute, service, outcome.language)
        found = self.minutes.get(key)
        if found is None:
            found = self.minutes[key] = MinuteRow(
                campaign=row.id, minute=minute, service=service, language=outcome.language
            )
        setattr(found, name, getattr(found, name) + 1)


_Decision = (
    happened.CampaignChanged
    | happened.CampaignScheduled
    | happened.CampaignUnscheduled
    | happened.CampaignStarted
    | happened.CampaignPaused
    | happened.CampaignResumed
    | happened.CampaignCancelled
    | happened.CampaignFinished
)


def _change(row: CampaignRow, event: _Decision) -> None:
    match event:
        case happened.CampaignChanged():
            row.content = _encode(event.content).decode()
        case happened.CampaignScheduled():
            row.status = "scheduled"
            row.send_at, row.local, row.zone = event.send_at, event.local, storable(event.zone)
        case happened.CampaignUnscheduled():
            # Its time stays as what whoever plans it anew begins with.
            row.status = "draft"
        case happened.CampaignStarted():
            row.status, row.started_at = "sending", event.timestamp
        case happened.CampaignPaused():
            row.status = "paused"
        case happened.CampaignResumed():
            row.status = "sending"
        case happened.CampaignCancelled():
            row.status = "cancelled"
        case happened.CampaignFinished():
            row.status = "cancelled" if row.status == "cancelled" else "finished"
            row.finished_at = event.timestamp
        case _:
            assert_never(event)
