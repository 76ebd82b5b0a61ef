"""Campaigns, from their draft to their last outcome."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignScheduled
from contracts.engagement.campaigns import CampaignContent, Notice, Outcome
from contracts.ids import campaign_id
from services.common.eventlog.refusals import IdReused, Refusal, WrongSender
from services.engagement.campaigns.errors import (
    NoDraft,
    NoPage,
    NoSuchZone,
    NotScheduled,
    NotSending,
    TimeIsOver,
    TooFarAhead,
)
from services.engagement.slice import NotFound
from tests.unit.engagement.world import NOON, World, at

MUG = CampaignContent(notices={"en": Notice(subject="The blue mug is back")}, url="https://morrow.example/mug")


def drafted() -> tuple[World, UUID]:
    world = World()
    campaign = campaign_id(world.shop, "o_ann", "draft-1234")
    world.staff(c.DraftCampaign, id="draft-1234", digest="mug", campaign=campaign, content=MUG)
    return world, campaign


def sending() -> tuple[World, UUID]:
    world, campaign = drafted()
    world.staff(c.ScheduleCampaign, campaign=campaign)
    return world, campaign


def outcome(kind: Any = "sent", **fields: Any) -> Outcome:
    return Outcome(subscription=uuid4(), outcome=kind, at=NOON, language="en", service="push.example", **fields)


def test_draft_is_made_once_and_changed_only_where_it_differs() -> None:
    world, campaign = drafted()
    again = world.command(c.DraftCampaign, id="draft-1234", digest="mug", campaign=campaign, content=MUG)
    assert world.do(again) == (campaign, 1)
    with pytest.raises(IdReused):
        world.do(msgspec.structs.replace(again, digest="another"))
    world.staff(c.ChangeCampaign, campaign=campaign, content=MUG)
    assert world.names == []
    world.staff(c.ChangeCampaign, campaign=campaign, content=msgspec.structs.replace(MUG, ttl=60))
    assert world.names == ["CampaignChanged"]
    world.check_replay()


def test_campaign_for_now_starts_at_once() -> None:
    world, _campaign = sending()
    assert world.names == ["CampaignScheduled", "CampaignStarted"]
    assert world.timers == {}
    world.check_replay()


def test_scheduled_campaign_starts_when_its_time_comes_and_not_before() -> None:
    world, campaign = drafted()
    world.staff(c.ScheduleCampaign, campaign=campaign, at=at("2026-03-03 09:00"), zone="Europe/Warsaw")
    world.system(c.StartCampaign, campaign=campaign)
    assert world.names == []
    assert world.fire() == []
    for kind in (c.PauseCampaign, c.ResumeCampaign, c.CancelCampaign):
        with pytest.raises(NotSending):
            world.staff(kind, campaign=campaign)
    world.now = at("2026-03-03 09:00")
    assert world.fire() == ["CampaignStarted"]
    assert world.timers == {}
    world.check_replay()


def test_campaign_that_is_taken_back_does_not_start() -> None:
    world, campaign = drafted()
    world.staff(c.ScheduleCampaign, campaign=campaign, at=at("2026-03-03 09:00"))
    world.staff(c.UnscheduleCampaign, campaign=campaign)
    assert world.timers == {}
    world.now = at("2026-03-04 09:00")
    world.system(c.StartCampaign, campaign=campaign)
    assert world.names == []
    world.staff(c.ChangeCampaign, campaign=campaign, content=msgspec.structs.replace(MUG, ttl=60))
    assert world.names == ["CampaignChanged"]
    with pytest.raises(NotScheduled):
        world.staff(c.UnscheduleCampaign, campaign=campaign)
    world.check_replay()


@pytest.mark.parametrize(
    ("send_at", "zone", "starts_at"),
    [
        # Nine in Warsaw, and so nine everywhere: first on Kiritimati, fourteen hours ahead of UTC.
        ("2026-03-05 08:00", "Europe/Warsaw", "2026-03-04 19:00"),
        ("2026-07-05 07:00", "Europe/Warsaw", "2026-07-04 19:00"),
        ("2026-03-02 20:00", "UTC", "2026-03-02 12:00"),  # there it is over by noon: at once
    ],
)
def test_campaign_in_local_time_starts_where_it_is_first(send_at: str, zone: str, starts_at: str) -> None:
    world, campaign = drafted()
    world.staff(c.ScheduleCampaign, campaign=campaign, at=at(send_at), zone=zone, local=True)
    scheduled = world.happened[0]
    assert isinstance(scheduled, CampaignScheduled)
    assert (scheduled.send_at, scheduled.starts_at) == (at(send_at), at(starts_at))


@pytest.mark.parametrize(
    ("when", "zone", "refusal"),
    [
        (at("2026-03-02 11:58"), "UTC", TimeIsOver),
        (at("2027-03-03 12:01"), "UTC", TooFarAhead),
        (at("2026-03-03 09:00"), "Europe/Atlantis", NoSuchZone),
    ],
)
def test_times_and_zones_that_make_no_sense_are_refused(when: datetime, zone: str, refusal: type[Refusal]) -> None:
    world, campaign = drafted()
    with pytest.raises(refusal):
        world.staff(c.ScheduleCampaign, campaign=campaign, at=when, zone=zone)


def test_campaign_that_opens_no_page_is_not_sent() -> None:
    world, campaign = drafted()
    world.staff(c.ChangeCampaign, campaign=campaign, content=msgspec.structs.replace(MUG, url=""))
    with pytest.raises(NoPage):
        world.staff(c.ScheduleCampaign, campaign=campaign)


def test_what_is_sent_is_no_draft_any_more() -> None:
    world, campaign = sending()
    for kind, fields in ((c.ChangeCampaign, {"content": MUG}), (c.DiscardCampaign, {}), (c.ScheduleCampaign, {})):
        with pytest.raises(NoDraft):
            world.staff(kind, campaign=campaign, **fields)


def test_discarded_draft_is_gone_for_whoever_comes_later() -> None:
    world, campaign = drafted()
    discard = world.command(c.DiscardCampaign, campaign=campaign)
    first = world.do(discard)
    assert world.do(discard) == first
    for kind in (c.DiscardCampaign, c.ScheduleCampaign, c.CancelCampaign, c.PauseCampaign, c.UnscheduleCampaign):
        with pytest.raises(NotFound):
            world.staff(kind, campaign=campaign)
    world.check_replay()


def test_pause_resume_and_cancel() -> None:
    world, campaign = sending()
    steps = [
        (c.PauseCampaign, ["CampaignPaused"]),
        (c.PauseCampaign, []),
        (c.ResumeCampaign, ["CampaignResumed"]),
        (c.ResumeCampaign, []),
        (c.CancelCampaign, ["CampaignCancelled"]),
        (c.CancelCampaign, []),
    ]
    for kind, names in steps:
        world.staff(kind, campaign=campaign)
        assert world.names == names
    for kind in (c.PauseCampaign, c.ResumeCampaign):
        with pytest.raises(NotSending):
            world.staff(kind, campaign=campaign)
    world.system(c.FinishCampaign, campaign=campaign)
    assert world.names == ["CampaignFinished"]
    world.staff(c.CancelCampaign, campaign=campaign)
    assert world.names == [], "it ended cancelled"
    world.check_replay()


def test_outcomes_are_noted_batch_by_batch_each_once_and_also_after_the_end() -> None:
    world, campaign = sending()
    told = []
    for batch in (2, 1, 1, 3, 2):
        world.system(c.NoteOutcomes, campaign=campaign, batch=batch, outcomes=[outcome()])
        told.append(world.names)
    assert told == [[], ["CampaignOutcomesNoted"], [], [], ["CampaignOutcomesNoted"]]
    world.system(c.FinishCampaign, campaign=campaign)
    world.system(c.FinishCampaign, campaign=campaign)
    assert world.names == []
    world.system(c.NoteOutcomes, campaign=campaign, batch=3, outcomes=[outcome("clicked")])
    assert world.names == ["CampaignOutcomesNoted"]
    world.check_replay()


def test_audience_is_noted_once_and_not_before_the_start() -> None:
    world, campaign = drafted()
    world.system(c.NoteAudience, campaign=campaign, count=3)
    assert world.names == []
    world.staff(c.ScheduleCampaign, campaign=campaign)
    world.system(c.NoteAudience, campaign=campaign, count=3)
    world.system(c.NoteAudience, campaign=campaign, count=4)
    assert world.events_of(campaign).count("CampaignAudienceNoted") == 1


def test_nobody_else_decides() -> None:
    world, campaign = sending()
    with pytest.raises(WrongSender):
        world.staff(c.NoteAudience, campaign=campaign, count=3)
    with pytest.raises(WrongSender):
        world.do(world.command(c.CancelCampaign, "visitor", "g_1", campaign=campaign))
    other = msgspec.structs.replace(world.command(c.CancelCampaign, campaign=campaign), shop="other")
    with pytest.raises(NotFound):
        world.do(other)
