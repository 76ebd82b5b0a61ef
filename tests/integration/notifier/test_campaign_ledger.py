"""The ledger of campaigns while notifiers die, databases are away, and two campaigns start at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from unittest.mock import AsyncMock
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace

from contracts.engagement.campaigns import Audience, FrequencyCap, QuietHours
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.vapid import ShopKeys
from services.notifier.outcomes import Later, Outcome, Unanswered
from services.notifier.push.campaigns import cancelling
from services.notifier.push.campaigns.attempts import DeliveryAttempts
from services.notifier.push.campaigns.cancelling import cancel_page
from services.notifier.push.campaigns.keeping import Keeper
from services.notifier.push.campaigns.queue import DeliveryQueue
from services.notifier.push.campaigns.spreading import spread_page
from services.notifier.push.services import SlowDown
from services.notifier.sender import Sender
from tests.integration.notifier.sending import sending
from tests.support.subscribers import CONTENT, start_campaign, subscribe_many
from tests.support.waiting import eventually

SHOP = "morrow"
BROWSERS = 3


class Ledger:
    """That of a shop with a few subscribers, and two notifiers' ways to it."""

    def __init__(self, settings: Settings, pool: Pool, keys_pool: Pool) -> None:
        self.pool = pool
        self._dsn = settings.dsn_of("log")
        master = MasterKey.load(settings)
        self.keys, self.shop_keys = KeyStore(keys_pool, master), ShopKeys(keys_pool, master)
        self.queue = DeliveryQueue(pool, self.keys, 60.0, 256)
        self.attempts = DeliveryAttempts(pool, self.shop_keys.of, "mailto:bell@morrow.example")

    async def spread(self, *campaigns: UUID) -> None:
        """Each by a notifier of its own, at the same time."""

        async def one(campaign: UUID) -> None:
            async with self.pool.connection() as connection:
                assert not await spread_page(connection, campaign)

        await asyncio.gather(*map(one, campaigns))

    def die(self) -> None:
        """Whoever has taken something never comes back to it."""
        self.ask("UPDATE push.delivery SET next_at = now() - interval '1 second' WHERE status = 'sending'")

    def ask(self, statement: str) -> list[Any]:
        with psycopg.connect(self._dsn) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


class Wire:
    """The way to the database, which can be cut."""

    def __init__(self, pool: Pool) -> None:
        self._pool, self.cut = pool, False

    def connection(self) -> Any:
        if self.cut:
            raise psycopg.OperationalError("the database is away")
        return self._pool.connection()


class Unwell:
    """A push service that says 503 a few times. With the last of them the wire is cut; the next answers, 503 too, come
    after it was mended."""

    def __init__(self, wire: Wire) -> None:
        self.asked, self.taken = 0, list[str]()
        self.mended = asyncio.Event()
        self._wire = wire

    async def push(self, endpoint: str, _headers: object, _body: object) -> None:
        self.asked += 1
        self._wire.cut = self.asked >= 4 and not self.mended.is_set()
        if self._wire.cut and self.asked > 4:
            await self.mended.wait()
            raise Later("503")
        if not self.mended.is_set():
            raise Later("503")
        self.taken.append(endpoint)

    async def close_if_idle(self) -> None:
        pass

    close = close_if_idle


@pytest.fixture
async def ledger(settings: Settings) -> AsyncIterator[Ledger]:
    subscribe_many(settings, SHOP, "http://127.0.0.1:9", BROWSERS)
    async with (
        await open_pool(settings.dsn_of("log"), "test", brisk=True) as pool,
        await open_pool(settings.dsn_of("keys"), "test", brisk=True) as keys_pool,
    ):
        yield Ledger(settings, pool, keys_pool)


async def test_nobody_gets_a_third_copy_and_what_never_went_out_is_no_copy(settings: Settings, ledger: Ledger) -> None:
    await ledger.spread(start_campaign(settings, SHOP))
    keys = AsyncMock(forget_all=lambda: None)
    keys.get_many.side_effect = psycopg.OperationalError
    with pytest.raises(psycopg.OperationalError):
        await DeliveryQueue(ledger.pool, keys, 60.0, 256).take(BROWSERS)
    await ledger.queue.give_back(await ledger.queue.take(BROWSERS))
    untouched = ledger.ask("SELECT status, attempts, uncertain, first_tried_at FROM push.delivery")
    assert untouched == [("pending", 0, False, None)] * BROWSERS
    lives = []
    for _ in range(3):
        lives.append(await ledger.queue.take(BROWSERS))
        ledger.die()
    known = [{(job.uncertain, job.spent) for job in taken} for taken in lives]
    assert known == [{(False, False)}, {(True, False)}, {(True, True)}]
    services = AsyncMock()
    services.push.side_effect = Unanswered("The push service closed the connection.")
    outcomes = [await ledger.attempts.make(taken[0], services) for taken in lives]
    assert [(one.status, one.uncertain) for one in outcomes] == [("pending", True), ("failed", True), ("failed", True)]
    assert services.push.await_count == 2


async def test_database_that_is_away_for_longer_than_a_lease_costs_no_delivery_and_casts_no_doubt(
    settings: Settings, ledger: Ledger
) -> None:
    count = 12
    subscribe_many(settings, "tidal", "http://127.0.0.1:9", count)
    await ledger.spread(start_campaign(settings, "tidal"))
    wire = Wire(ledger.pool)
    service, pool = Unwell(wire), cast("Pool", wire)
    queue = DeliveryQueue(pool, ledger.keys, 1.0, 256)
    attempts = DeliveryAttempts(pool, ledger.shop_keys.of, "", first_pause=0.1)
    sender: Sender[Any, Any] = Sender(queue, attempts, [service] * 2)
    async with sending(sender):
        await eventually(lambda: wire.cut)
        leased = "SELECT id FROM push.delivery WHERE status = 'sending' AND next_at > now()"
        await eventually(lambda: not ledger.ask(leased), what="every lease to run out")
        wire.cut = False
        service.mended.set()
        under_way = "SELECT id FROM push.delivery WHERE status IN ('pending', 'sending')"
        await eventually(lambda: not ledger.ask(under_way), 30)
    kinds = ledger.ask("SELECT status, error, uncertain, count(*) FROM push.delivery GROUP BY 1, 2, 3")
    assert kinds == [("sent", None, False, count)]
    assert len(service.taken) == len(set(service.taken)) == count
    assert ledger.ask("SELECT max(attempts) FROM push.delivery") == [(2,)]


async def test_who_came_back_under_another_key_is_not_let_go(ledger: Ledger) -> None:
    back, gone = ledger.ask("UPDATE push.subscriber SET gone_at = now() WHERE person <> 's_2' RETURNING person")
    await ledger.keys.destroy(SHOP, *back)
    await ledger.keys.get_or_create(SHOP, *back)
    await Keeper(ledger.pool, ledger.keys, Broker(), lambda: None).round()
    ledger.keys.forget_all()
    assert await ledger.keys.get(SHOP, *back) is not None
    assert await ledger.keys.get(SHOP, *gone) is None


async def test_two_campaigns_at_once_keep_the_frequency_cap(settings: Settings, ledger: Ledger) -> None:
    capped = replace(CONTENT, cap=FrequencyCap(most=1, days=7))
    await ledger.spread(*(start_campaign(settings, SHOP, capped) for _ in range(4)))
    counts = dict(ledger.ask("SELECT status, count(*) FROM push.delivery GROUP BY status"))
    assert counts == {"pending": BROWSERS, "held_back": 3 * BROWSERS}
    # What went out before those days is none too many any more, and what was held back never was one.
    ledger.ask("UPDATE push.delivery SET status = 'sent', sent_at = now() - interval '8 days' WHERE status = 'pending'")
    later = start_campaign(settings, SHOP, capped)
    await ledger.spread(later)
    assert ledger.ask(f"SELECT DISTINCT status FROM push.delivery WHERE campaign = '{later}'") == [("pending",)]
    ledger.ask("UPDATE push.delivery SET status = 'sent', sent_at = now() - interval '8 days'")
    one, other = (start_campaign(settings, SHOP, capped) for _ in range(2))
    waits = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'"
    async with ledger.pool.connection() as writing, writing.transaction():
        await spread_page(writing, one)
        second = asyncio.create_task(ledger.spread(other))
        await eventually(lambda: second.done() or ledger.ask(waits))
    await second
    assert ledger.ask(f"SELECT DISTINCT status FROM push.delivery WHERE campaign = '{other}'") == [("held_back",)]


async def test_campaign_is_for_its_audience_among_who_had_subscribed_when_it_began(
    settings: Settings, ledger: Ledger
) -> None:
    subscribe_many(settings, "tidal", "http://127.0.0.1:9", 1)
    ledger.ask("UPDATE push.subscriber SET language = 'fr-CA', since = now() - interval '3 days' WHERE person = 's_1'")
    ledger.ask("UPDATE push.subscriber SET since = now() + interval '1 minute' WHERE person = 's_2'")
    for audience, expected in (
        (Audience(), ["s_0", "s_1"]),
        (Audience(newer_than_days=7), ["s_1"]),
        (Audience(older_than_days=7), ["s_0"]),
        (Audience(languages=["fr"]), ["s_1"]),
        (Audience(languages=["fr-FR"]), []),
    ):
        campaign = start_campaign(settings, SHOP, replace(CONTENT, audience=audience))
        await ledger.spread(campaign)
        theirs = "SELECT person FROM push.delivery JOIN push.subscriber ON subscriber.id = subscription"
        assert ledger.ask(f"{theirs} WHERE campaign = '{campaign}' ORDER BY person") == [(one,) for one in expected]


async def test_turn_that_comes_in_quiet_hours_or_while_the_service_asks_for_time_waits(
    settings: Settings, ledger: Ledger
) -> None:
    now, services = datetime.now(UTC), AsyncMock()
    quiet = QuietHours(start=f"{now - timedelta(hours=1):%H:%M}", end=f"{now + timedelta(hours=1):%H:%M}")
    await ledger.spread(start_campaign(settings, SHOP, replace(CONTENT, quiet_hours=quiet)))
    assert await ledger.queue.take(BROWSERS) == []
    ledger.ask("UPDATE push.delivery SET next_at = now()")  # as one that was tried before they began
    (late,) = await ledger.queue.take(1)
    waits = await ledger.attempts.make(late, services)
    assert (waits.status, services.push.await_count) == ("quiet", 0)
    assert 3_300 < waits.seconds <= 3_600
    ledger.ask("UPDATE push.campaign SET status = 'paused'")
    await ledger.spread(start_campaign(settings, SHOP))
    services.push.side_effect = SlowDown("429 The push service asks to slow down.", 300.0)
    taken = await ledger.queue.take(BROWSERS)
    outcomes = [await ledger.attempts.make(job, services) for job in taken]
    assert [one.status for one in outcomes] == ["pending", "not_yet", "not_yet"]
    assert outcomes[0].seconds == 300.0
    assert services.push.await_count == 1
    await ledger.queue.give_back(taken)
    assert await ledger.queue.take(BROWSERS) == [], "nor does any other notifier speak to it"


async def test_cancelled_campaign_ends_page_by_page_but_for_what_is_under_way(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = start_campaign(settings, SHOP)
    await ledger.spread(campaign)
    (under_way,) = await ledger.queue.take(1)
    monkeypatch.setattr(cancelling, "PAGE", 1)
    async with ledger.pool.connection() as connection:
        assert not await cancel_page(connection, campaign)
        await connection.execute("UPDATE push.campaign SET status = 'cancelled'")
        assert [await cancel_page(connection, campaign) for _ in range(BROWSERS)] == [True, True, False]
        await ledger.queue.settle(under_way, Outcome("pending", "503", 0.0))
        assert await cancel_page(connection, campaign)
    told = ledger.ask("SELECT outcome, uncertain FROM push.outcome")
    assert told == [("cancelled", False)] * BROWSERS
