"""From a campaign's start to every browser once, whatever push services do, and back into the log."""

import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from starlette.responses import Response

from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignAudienceNoted, CampaignFinished, PushSubscriptionRemoved
from contracts.engagement.campaigns import Audience, FrequencyCap, QuietHours
from services.common.database import open_pool
from services.common.settings import Settings
from services.notifier.push.housekeeping import tidy
from tests.integration.conversations import harness
from tests.integration.engagement.harness import events_of, worker
from tests.integration.notifier.campaigning import URL, Shop, content, courier, shop, trials
from tests.integration.notifier.pushing import Desk
from tests.integration.notifier.test_processes import PATIENT, running
from tests.support.push_service import PushService
from tests.support.push_sink import push_sink
from tests.support.subscribers import start_campaign, subscribe_many
from tests.support.waiting import eventually

SOON = 60.0
PRIVATE = {"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on"}
TIMEOUT_SECONDS = 4.0
"""Of the one who waits for slow services, which take a second longer."""


@pytest.fixture
async def morrow(streams: Settings) -> AsyncIterator[Shop]:
    """A shop, and an engagement worker for it."""
    async with harness.client(streams) as client, worker(streams), shop(streams, client) as made:
        yield made


async def finished(morrow: Shop, campaign: UUID) -> None:
    await eventually(lambda: morrow.has(campaign, CampaignFinished), SOON, "the end of the campaign")


@pytest.mark.feature("F3")
async def test_campaign_reaches_every_browser_once_in_its_language_and_the_log_knows_of_each(
    morrow: Shop, service: PushService
) -> None:
    browsers = {
        language: await morrow.subscribe(service.subscribe(morrow.key), language=language)
        for language in ("en", "fr", "de")
    }
    async with courier(morrow.settings, morrow.client.broker, morrow.name) as first:
        campaign = await morrow.campaign(ttl=3_600, urgency="low", topic="mugs")
        async with courier(morrow.settings, morrow.client.broker, morrow.name):
            await finished(morrow, campaign)
        await first.keeper.round()
    assert sorted(taken.payload["title"] for taken in service.taken) == [
        "Le mug bleu est de retour",
        "The blue mug is back",
        "The blue mug is back",
    ]
    told = service.taken[0]
    assert (told.payload["kind"], told.payload["url"], told.payload["campaign"]) == ("campaign", URL, str(campaign))
    assert (told.headers["urgency"], told.headers["topic"]) == ("low", "mugs")
    assert 3_500 < int(told.headers["ttl"]) <= 3_600
    assert told.claims["sub"] == "mailto:bell@morrow.example"
    ids = {str(row[0]) for row in morrow.execute("SELECT id FROM push.delivery")}
    assert {taken.payload["delivery"] for taken in service.taken} == ids
    assert morrow.noted(campaign) == {browser: [("sent", False)] for browser in browsers.values()}
    (audience,) = (
        one for one in events_of(morrow.settings, morrow.name, campaign) if type(one) is CampaignAudienceNoted
    )
    assert audience.count == 3
    assert morrow.execute("SELECT count(*) FROM push.outcome") == [(0,)]


@pytest.mark.feature("F3")
async def test_what_push_services_answer_is_obeyed(morrow: Shop, service: PushService) -> None:
    names = ("busy", "broken", "gone", "large", "refused", "slow", "silent")
    browsers = {name: service.subscribe(morrow.key, "127.0.0.1" if name != "busy" else "localhost") for name in names}
    other = await morrow.subscribe(service.subscribe(morrow.key, "localhost"))
    ids = {name: await morrow.subscribe(browser) for name, browser in browsers.items()}
    statuses = {"broken": 503, "gone": 410, "large": 413, "refused": 400}
    service.answers = {browsers[name].path: [Response(status_code=status)] for name, status in statuses.items()}
    slow_down = Response(status_code=429, headers={"Retry-After": "3"})
    service.answers[browsers["busy"].path] = [slow_down]
    too_long = TIMEOUT_SECONDS + 1
    service.slow = {browsers["slow"].path: [too_long], browsers["silent"].path: [too_long] * 9}
    told = {"push_at_once_service": 2, "push_timeout": TIMEOUT_SECONDS}
    async with courier(morrow.settings, morrow.client.broker, morrow.name, **told):
        campaign = await morrow.campaign()
        await finished(morrow, campaign)
        (slowed,) = morrow.execute("SELECT service, until - since FROM push.slowed")
        assert (slowed[0], slowed[1]) == ("localhost", timedelta(seconds=3))
        assert morrow.execute("SELECT service, until - since FROM push.pause") == [slowed]
        await eventually(lambda: isinstance(morrow.last(ids["gone"]), PushSubscriptionRemoved), SOON)
        await eventually(lambda: morrow.execute("SELECT count(*) FROM push.subscriber") == [(7,)], SOON)
    expected = {"busy": "sent", "broken": "sent", "gone": "gone", "large": "too_large", "refused": "failed"}
    noted = morrow.noted(campaign)
    assert {name: noted[ids[name]] for name in expected} == {name: [(said, False)] for name, said in expected.items()}
    assert (noted[ids["slow"]], noted[ids["silent"]]) == ([("sent", True)], [("failed", True)])
    assert noted[other] == [("sent", False)]
    for name in ("slow", "silent"):
        assert sum(taken.path == browsers[name].path for taken in service.taken) == 2
    with psycopg.connect(morrow.settings.dsn_of("keys")) as keys:
        assert keys.execute("SELECT count(*) FROM person_key WHERE shop = %s", [morrow.name]).fetchone() == (7,)


@pytest.mark.feature("F2")
async def test_paused_campaign_rests_and_a_cancelled_one_sends_nothing_more(morrow: Shop, service: PushService) -> None:
    ids = [await morrow.subscribe(service.subscribe(morrow.key)) for _ in range(6)]
    service.on_push = lambda asked: Response(status_code=503) if asked >= 2 else None
    async with courier(morrow.settings, morrow.client.broker, morrow.name, push_at_once_service=1) as running:
        campaign = await morrow.campaign()
        await eventually(lambda: len(service.taken) == 2 and service.asked >= 3, SOON)
        await morrow.run(c.PauseCampaign, campaign=campaign)
        await eventually(lambda: morrow.execute("SELECT status FROM push.campaign") == [("paused",)], SOON)
        await eventually(lambda: "sending" not in morrow.ledger(campaign).values(), SOON)
        service.on_push = lambda _: None
        morrow.execute("UPDATE push.delivery SET next_at = now() WHERE status = 'pending'")
        await running.keeper.round()
        assert len(service.taken) == 2
        await morrow.run(c.CancelCampaign, campaign=campaign)
        await finished(morrow, campaign)
    outcomes = [outcome for ((outcome, _),) in morrow.noted(campaign).values()]
    assert sorted(outcomes) == ["cancelled"] * 4 + ["sent"] * 2
    assert set(morrow.ledger(campaign)) == set(ids)
    assert len(service.taken) == 2


@pytest.mark.feature("F4")
async def test_campaign_goes_to_its_audience_capped_and_not_at_night(morrow: Shop, service: PushService) -> None:
    now = datetime.now(UTC)
    quiet = QuietHours(start=f"{now - timedelta(hours=1):%H:%M}", end=f"{now + timedelta(hours=1):%H:%M}")
    night, cap = {"quiet_hours": quiet}, {"cap": FrequencyCap(most=1, days=7)}
    key = morrow.key
    mugs = await morrow.subscribe(service.subscribe(key), group="mugs", zone="Asia/Tokyo")
    asleep = await morrow.subscribe(service.subscribe(key), group="mugs", zone="UTC")
    lamps = await morrow.subscribe(service.subscribe(key), group="lamps")
    french = await morrow.subscribe(service.subscribe(key), group="mugs", language="fr")
    async with courier(morrow.settings, morrow.client.broker, morrow.name):
        some = await morrow.campaign(audience=Audience(languages=["en"], groups=["mugs"]), **night)
        await eventually(lambda: morrow.ledger(some) == {mugs: "sent", asleep: "pending"}, SOON)
        ((due, held),) = morrow.execute("SELECT due_at, quiet FROM push.delivery WHERE status = 'pending'")
        assert held
        assert timedelta(minutes=58) < due - now < timedelta(minutes=61)
        young = await morrow.campaign(audience=Audience(older_than_days=7))
        await finished(morrow, young)
        assert morrow.ledger(young) == {}
        every = await morrow.campaign(**cap)
        await finished(morrow, every)
    assert morrow.ledger(every) == {mugs: "held_back", asleep: "held_back", lamps: "sent", french: "sent"}
    assert morrow.noted(every)[mugs] == [("held_back", False)]


async def test_what_is_late_is_not_sent_and_who_left_meanwhile_gets_nothing(morrow: Shop, service: PushService) -> None:
    late, left = [await morrow.subscribe(service.subscribe(morrow.key)) for _ in range(2)]
    service.on_push = lambda _: Response(status_code=503)
    async with courier(morrow.settings, morrow.client.broker, morrow.name):
        campaign = await morrow.campaign(ttl=600)
        await eventually(lambda: service.asked >= 2, SOON)
        await eventually(lambda: set(morrow.ledger(campaign).values()) == {"pending"}, SOON)
        await morrow.run(c.RemovePushSubscription, "visitor", subscription=left, reason="visitor")
        await eventually(lambda: morrow.execute("SELECT id FROM push.subscriber") == [(late,)], SOON)
        hour_ago = "due_at = due_at - interval '1 hour', first_tried_at = first_tried_at - interval '1 hour'"
        at_rest = "NOT EXISTS (SELECT FROM push.delivery WHERE status = 'sending')"  # whose attempt knows nothing of it
        aged = f"UPDATE push.delivery SET {hour_ago} WHERE subscription = %s AND {at_rest} RETURNING id"
        await eventually(lambda: morrow.execute(aged, late), SOON)
        service.on_push = lambda _: None
        await finished(morrow, campaign)
    assert morrow.noted(campaign) == {late: [("expired", False)], left: [("gone", False)]}
    assert service.taken == []


async def test_trial_shows_the_campaign_in_the_browsers_of_who_composes_it_and_nobody_elses(
    settings: Settings, service: PushService
) -> None:
    desk = Desk(settings)
    desk.hire("o_maja", service.subscribe())
    desk.hire("o_bob", service.subscribe())
    ended = service.subscribe()
    desk.hire("o_maja", ended)
    service.answers = {ended.path: [Response(status_code=410)]}
    campaign, notices = uuid4(), msgspec.json.encode(content()).decode()
    desk.execute(
        "INSERT INTO push.trial (shop, campaign, account, subscription, language, content)"
        " SELECT 'morrow', %s, 'o_maja', id, 'fr', %s FROM push.subscription",
        campaign,
        notices,
    )
    async with trials(settings):
        await eventually(lambda: "pending" not in _trials(desk) and "sending" not in _trials(desk), SOON)
    assert sorted(_trials(desk)) == ["dropped", "dropped", "sent"]
    (taken,) = service.taken
    shown = {"kind": "trial", "title": "Le mug bleu est de retour", "body": "Quarante sortent du four.", "lang": "fr"}
    assert taken.payload == {**shown, "url": URL, "tag": taken.payload["tag"]}


def _trials(desk: Desk) -> list[str]:
    return [status for (status,) in desk.execute("SELECT status FROM push.trial")]


async def test_ledgers_are_kept_for_as_long_as_frequency_caps_look_back(
    settings: Settings, service: PushService
) -> None:
    desk = Desk(settings)
    subscribe_many(settings, "morrow", service.origin, 1)
    old, young = start_campaign(settings, "morrow"), start_campaign(settings, "morrow")
    desk.execute(
        "INSERT INTO push.delivery (campaign, subscription, shop, service, language, zone, status, created_at)"
        " SELECT campaign.id, subscriber.id, 'morrow', service, language, subscriber.zone, 'sent',"
        "        now() - CASE WHEN campaign.id = %s THEN interval '91 days' ELSE interval '89 days' END"
        " FROM push.campaign, push.subscriber",
        old,
    )
    desk.execute(
        "UPDATE push.campaign SET status = 'finished', started_at = now() - interval '91 days' WHERE id = %s", old
    )
    async with await open_pool(settings.dsn_of("log"), "test", brisk=True) as pool:
        await tidy(pool)
    assert (
        desk.execute("SELECT campaign FROM push.delivery") == desk.execute("SELECT id FROM push.campaign") == [(young,)]
    )


@pytest.mark.slow
async def test_one_killed_between_the_services_yes_and_its_own_note_sends_second_copies_and_marks_them(
    streams: Settings,
) -> None:
    with push_sink() as sink:
        paths = subscribe_many(streams, "morrow", sink.origin, 40)
        start_campaign(streams, "morrow")
        with running(streams, "smtp://127.0.0.1:9", **PRIVATE, SHOPBELL_FAILPOINTS="after_delivery:kill:20") as first:
            await eventually(lambda: first.poll() == -signal.SIGKILL, SOON, "the kill")
        with running(streams, "smtp://127.0.0.1:9", **PRIVATE, **PATIENT):
            await eventually(lambda: _ledger(streams, "sent") == 40, SOON, "all sent")
        counts = {paths[path]: count for path, count in sink.counts().items()}
    twice = {one for one, count in counts.items() if count > 1}
    assert len(counts) == 40
    assert max(counts.values()) == 2
    with psycopg.connect(streams.dsn_of("log")) as log:
        marked = {row[0] for row in log.execute("SELECT subscription FROM push.delivery WHERE uncertain").fetchall()}
    assert twice <= marked


def _ledger(settings: Settings, status: str) -> int:
    with psycopg.connect(settings.dsn_of("log")) as log:
        row = log.execute("SELECT count(*) FROM push.delivery WHERE status = %s", [status]).fetchone()
    return row[0] if row else 0
