"""Notifiers die in the middle of a campaign, and every browser gets it once all the same."""

from __future__ import annotations

import subprocess
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from contracts.answers import Stored
from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignOutcomesNoted
from contracts.engagement.campaigns import Outcome
from services.common.settings import Settings
from tests.integration.conversations import harness
from tests.integration.engagement.harness import events_of, worker
from tests.integration.notifier.test_processes import running
from tests.support.push_sink import push_sink
from tests.support.subscribers import CONTENT, subscribe_many
from tests.support.waiting import eventually

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(300)]

SHOP = "morrow"
BROWSERS = 20_000
KILLED_AT = (4_000, 8_000, 12_000, 16_000)
"""At so many sent."""
PATIENCE_SECONDS = 200.0

Connection = psycopg.Connection[Any]

_SENT = "SELECT count(*) FROM push.delivery WHERE status = 'sent'"
_FINISHED = "SELECT count(*) FROM push.campaign WHERE status = 'finished'"
_LEDGER = "SELECT subscription, status, uncertain FROM push.delivery"


@pytest.mark.feature("F3")
async def test_notifiers_killed_amid_a_campaign_send_to_each_browser_once_and_mark_what_may_have_come_twice(
    streams: Settings,
) -> None:
    with push_sink() as sink, psycopg.connect(streams.dsn_of("log"), autocommit=True) as log, ExitStack() as processes:
        paths = subscribe_many(streams, SHOP, sink.origin, BROWSERS)
        async with harness.client(streams) as client, worker(streams):
            campaign = await begin(client)
            pair = [processes.enter_context(notifier(streams)) for _ in range(2)]
            for number, sent in enumerate(KILLED_AT):
                await eventually(partial(are_sent, log, sent), PATIENCE_SECONDS, f"{sent} sent")
                victim = pair[number % 2]
                assert victim.poll() is None, "it died by itself"
                victim.kill()
                victim.wait()
                pair[number % 2] = processes.enter_context(notifier(streams))
            await eventually(lambda: ask(log, _FINISHED), PATIENCE_SECONDS, "the end of the campaign")
        counts = {paths[path]: count for path, count in sink.counts().items()}
    check(streams, campaign, counts)


def notifier(settings: Settings) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """One that a busy machine may keep from its work for some seconds, before another takes what it holds."""
    told = {"PUSH_PRIVATE_NETWORKS": "on", "LOG_LEVEL": "warning", "MAIL_LEASE_SECONDS": "6"}
    return running(settings, "smtp://127.0.0.1:9", **{f"SHOPBELL_{name}": value for name, value in told.items()})


async def begin(client: harness.Client) -> UUID:
    """A campaign for all."""
    campaign = uuid4()
    head: dict[str, Any] = {"shop": SHOP, "sender_kind": "operator", "sender": "o_maja"}
    draft = c.DraftCampaign(**head, id=f"draft-{campaign.hex}", campaign=campaign, content=CONTENT)
    start = c.ScheduleCampaign(**head, id=f"start-{campaign.hex}", campaign=campaign)
    for command in (draft, start):
        assert isinstance(await client.insist(command), Stored)
    return campaign


def are_sent(log: Connection, count: int) -> bool:
    return ask(log, _SENT) >= count


def check(settings: Settings, campaign: UUID, counts: dict[UUID, int]) -> None:
    """Compare what browsers got, the ledger, and the log."""
    with psycopg.connect(settings.dsn_of("log")) as log:
        ledger = {row[0]: row[1:] for row in log.execute(_LEDGER).fetchall()}
    given_up = {one for one, (status, uncertain) in ledger.items() if (status, uncertain) == ("failed", True)}
    assert len(ledger) == BROWSERS
    assert {status for one, (status, _) in ledger.items() if one not in given_up} == {"sent"}
    assert set(ledger) - set(counts) <= given_up, "only who two have died over may have got nothing"
    assert max(counts.values()) <= 2
    twice = {one for one, count in counts.items() if count == 2}
    marked = {one for one, (_, uncertain) in ledger.items() if uncertain}
    assert twice <= marked
    assert len(marked) < BROWSERS / 20
    noted = outcomes(settings, campaign)
    assert Counter(one.subscription for one in noted) == Counter(list(ledger))
    assert {one.subscription for one in noted if one.uncertain} == marked


def outcomes(settings: Settings, campaign: UUID) -> list[Outcome]:
    """All that the log has noted, batch by batch without a hole."""
    events = [one for one in events_of(settings, SHOP, campaign) if isinstance(one, CampaignOutcomesNoted)]
    assert [event.batch for event in events] == list(range(1, len(events) + 1))
    return [outcome for event in events for outcome in event.outcomes]


def ask(log: Connection, query: str) -> int:
    row = log.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
