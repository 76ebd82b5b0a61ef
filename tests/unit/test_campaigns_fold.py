"""From the events of push to rows, applied once or again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.engagement import campaign_events as happened
from contracts.engagement.campaigns import CampaignContent, Notice, Outcome, OutcomeKind
from contracts.event import Event
from services.projections.engagement.campaign_folds import CampaignsFold, SubscribersFold

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MUG = CampaignContent(notices={"en": Notice(subject="The blue mug is back")}, url="https://morrow.example/mug")


class Told:
    """One aggregate's events, a second apart."""

    def __init__(self) -> None:
        self.id: UUID = uuid4()
        self.events: list[Any] = []

    def add(self, kind: type[Event], **fields: Any) -> "Told":
        number = len(self.events) + 1
        at = START + timedelta(seconds=number)
        self.events.append(
            kind(originator_id=self.id, originator_version=number, timestamp=at, shop="morrow", **fields)
        )
        return self


def outcome(kind: OutcomeKind, minute: int = 0, service: str = "push.example", **fields: Any) -> Outcome:
    at = START + timedelta(minutes=minute, seconds=7)
    return Outcome(subscription=uuid4(), outcome=kind, at=at, language="en", service=service, **fields)


def started() -> Told:
    told = Told().add(happened.CampaignDrafted, operator="o_ann", content=MUG)
    told.add(happened.CampaignScheduled, operator="o_ann", send_at=START, starts_at=START)
    return told.add(happened.CampaignStarted, content=MUG, send_at=START)


def folded(events: Sequence[Any], fold: CampaignsFold | None = None) -> CampaignsFold:
    fold = fold or CampaignsFold({})
    for event in events:
        fold.apply(event)
    return fold


def test_outcomes_are_counted_by_kind_minute_and_service() -> None:
    kinds: list[OutcomeKind] = ["sent", "sent", "too_large", "expired", "failed", "gone", "held_back", "cancelled"]
    told = started().add(happened.CampaignAudienceNoted, count=8)
    told.add(happened.CampaignOutcomesNoted, batch=1, outcomes=[outcome(kind) for kind in kinds])
    later = [outcome("clicked", 3), outcome("unsubscribed", 3), outcome("sent", 3, "other.example", uncertain=True)]
    told.add(happened.CampaignFinished)
    told.add(happened.CampaignOutcomesNoted, batch=2, outcomes=later)
    fold = folded(told.events)
    row = fold.rows[told.id]
    counts = (row.sent, row.failed, row.gone, row.held_back, row.cancelled, row.clicked, row.unsubscribed)
    assert counts == (3, 3, 1, 1, 1, 1, 1)
    assert (row.audience, row.uncertain, row.status) == (8, 1, "finished")
    minutes = {
        (one.minute, one.service): (one.sent, one.clicked, one.failed, one.gone) for one in fold.minutes.values()
    }
    assert minutes == {
        (START, "push.example"): (2, 0, 3, 1),
        (START + timedelta(minutes=3), "push.example"): (0, 1, 0, 0),
        (START + timedelta(minutes=3), "other.example"): (1, 0, 0, 0),
    }
    before = repr(row)
    again = folded(told.events, CampaignsFold(fold.rows))
    assert (repr(again.rows[told.id]), again.minutes) == (before, {}), "a page applied again counts nothing twice"


def test_status_follows_what_staff_decide() -> None:
    told = started().add(happened.CampaignPaused, operator="o_ann")
    assert folded(told.events).rows[told.id].status == "paused"
    told.add(happened.CampaignResumed, operator="o_ann").add(happened.CampaignCancelled, operator="o_ann")
    told.add(happened.CampaignFinished)
    row = folded(told.events).rows[told.id]
    assert (row.status, row.finished_at) == ("cancelled", told.events[-1].timestamp)


def test_unscheduled_campaign_is_a_draft_that_keeps_its_time_and_a_discarded_one_is_no_more() -> None:
    told = Told().add(happened.CampaignDrafted, operator="o_ann", content=MUG)
    told.add(happened.CampaignScheduled, operator="o_ann", send_at=START, starts_at=START)
    told.add(happened.CampaignUnscheduled, operator="o_ann")
    row = folded(told.events).rows[told.id]
    assert (row.status, row.send_at) == ("draft", START)
    fold = folded(told.add(happened.CampaignDiscarded, operator="o_ann").events)
    assert (fold.rows, fold.removed) == ({}, {told.id})


def test_subscriber_comes_is_renewed_leaves_and_comes_again() -> None:
    address = {"person": "s_1", "address": "sealed", "service": "push.example", "language": "en"}
    told = Told().add(happened.PushSubscriptionAdded, **address, group="mugs")
    told.add(happened.PushSubscriptionRenewed, address="sealed", language="fr", zone="Asia/Tokyo", groups=["mugs", "a"])
    told.add(happened.PushSubscriptionRemoved, person="s_1", reason="gone")
    fold = SubscribersFold({})
    for event in told.events * 2:
        fold.apply(event)
    row = fold.rows[told.id]
    assert (row.language, row.zone, row.groups, row.left_reason) == ("fr", "Asia/Tokyo", ["mugs", "a"], "gone")
    assert row.left_at == told.events[-1].timestamp
    fold.apply(told.add(happened.PushSubscriptionAdded, **address).events[-1])
    row = fold.rows[told.id]
    assert (row.groups, row.left_at, row.since) == ([], None, told.events[-1].timestamp)
