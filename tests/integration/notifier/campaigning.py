"""A shop whose visitors want push, and a notifier's parts that send its campaigns within a test's process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
import psycopg

from contracts import subjects
from contracts.answers import Stored
from contracts.command import Command
from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import CampaignOutcomesNoted
from contracts.engagement.campaigns import CampaignContent, Notice
from contracts.ids import push_subscription_id
from contracts.logs import AnyEvent
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.following import Pool, Step
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import NotifierSettings, Settings
from services.common.vapid import ShopKeys, base64url
from services.notifier.engagement import POSITIONS, engagement_noting
from services.notifier.main import delivery_sender, push_services, trial_sender
from services.notifier.push.campaigns.keeping import Keeper
from tests.integration.conversations import harness
from tests.integration.engagement.harness import events_of
from tests.integration.notifier.sending import sending
from tests.support.push_service import Browser

NOTICES = {
    "en": Notice(subject="The blue mug is back", text="Forty came out of the kiln."),
    "fr": Notice(subject="Le mug bleu est de retour", text="Quarante sortent du four."),
}
URL = "https://morrow.example/tide-blue"


def content(**more: Any) -> CampaignContent:
    return CampaignContent(**{"notices": NOTICES, "url": URL, **more})


class Courier:
    """Reads the log and keeps campaigns going all the while."""

    def __init__(self, pool: Pool, keeper: Keeper, partition: int) -> None:
        self.keeper = keeper
        self._pool, self._partition = pool, partition
        self._noting = engagement_noting(pool, keeper.wake)

    async def run(self) -> None:
        async with self._pool.connection() as connection:
            await POSITIONS.create(connection)
        while True:
            while await self._noting.advance(self._partition) is Step.MORE:
                pass
            await asyncio.sleep(0.05)


@asynccontextmanager
async def courier(settings: Settings, broker: Broker, shop: str, **more: Any) -> AsyncIterator[Courier]:
    """Sends while inside."""
    wanted = {"push_private_networks": True, "push_timeout": 15.0, "mail_from": "bell@morrow.example", **more}
    told = NotifierSettings(**{**settings.model_dump(), **wanted})
    async with (
        await open_pool(told.dsn_of("log"), "test", brisk=True, max_size=8) as pool,
        await open_pool(told.dsn_of("keys"), "test", brisk=True) as keys_pool,
    ):
        master = MasterKey.load(told)
        sender = delivery_sender(told, pool, keys_pool, master, push_services(told))
        keeper = Keeper(pool, KeyStore(keys_pool, master), broker, sender.wake)
        made = Courier(pool, keeper, subjects.partition_of(shop))
        async with sending(sender, keeper.run(), made.run()):
            yield made


@dataclass
class Shop:
    """With a key of its own for push services, and subscribers."""

    settings: Settings
    client: harness.Client
    key: str
    keys: KeyStore
    name: str = "morrow"
    subscriptions: dict[UUID, Browser] = field(default_factory=dict)

    async def run(self, kind: type[Command], sender: str = "operator", **fields: Any) -> None:
        head = {"id": f"test-{uuid4().hex}", "shop": self.name, "sender_kind": sender, "sender": "o_maja"}
        answer = await self.client.insist(kind(**head, **fields))  # type: ignore[arg-type]  # they are the command's
        assert isinstance(answer, Stored), answer

    async def subscribe(self, browser: Browser, **about: Any) -> UUID:
        """A visitor turns push on."""
        subscription = push_subscription_id(self.name, browser.endpoint)
        person = f"s_{subscription.hex[:26]}"
        key = await self.keys.get_or_create(self.name, person)
        address = {"endpoint": browser.endpoint, "p256dh": base64url(browser.point), "auth": base64url(browser.secret)}
        await self.run(
            c.AddPushSubscription,
            "visitor",
            subscription=subscription,
            person=person,
            address=key.seal(msgspec.json.encode(address).decode(), "address"),
            service=urlsplit(browser.endpoint).hostname,
            **{"language": "en", "zone": "UTC", **about},
        )
        self.subscriptions[subscription] = browser
        return subscription

    async def campaign(self, **more: Any) -> UUID:
        """Composed, and to go out now."""
        campaign = uuid4()
        await self.run(c.DraftCampaign, campaign=campaign, content=content(**more))
        await self.run(c.ScheduleCampaign, campaign=campaign)
        return campaign

    def noted(self, campaign: UUID) -> dict[UUID, list[tuple[str, bool]]]:
        """What the log says of each subscription: outcomes, and whether they are uncertain."""
        found: dict[UUID, list[tuple[str, bool]]] = {}
        for event in events_of(self.settings, self.name, campaign):
            if isinstance(event, CampaignOutcomesNoted):
                for one in event.outcomes:
                    found.setdefault(one.subscription, []).append((one.outcome, one.uncertain))
        return found

    def has(self, campaign: UUID, kind: type[Any]) -> bool:
        """Whether the log has an event of this kind of the campaign."""
        return any(isinstance(event, kind) for event in events_of(self.settings, self.name, campaign))

    def last(self, aggregate: UUID) -> AnyEvent:
        """What happened to it last."""
        return events_of(self.settings, self.name, aggregate)[-1]

    def ledger(self, campaign: UUID) -> dict[UUID, str]:
        """The statuses of its deliveries."""
        return dict(self.execute("SELECT subscription, status FROM push.delivery WHERE campaign = %s", campaign))

    def execute(self, statement: str, *parameters: object) -> list[Any]:
        with psycopg.connect(self.settings.dsn_of("log")) as connection:
            cursor = connection.execute(statement.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []


@asynccontextmanager
async def shop(settings: Settings, client: harness.Client) -> AsyncIterator[Shop]:
    """The engagement worker must be at work."""
    master = MasterKey.load(settings)
    async with await open_pool(settings.dsn_of("keys"), "test", brisk=True) as pool:
        vapid = await ShopKeys(pool, master).of("morrow")
        yield Shop(settings, client, vapid.public, KeyStore(pool, master))


@asynccontextmanager
async def trials(settings: Settings) -> AsyncIterator[None]:
    """Trials are sent while inside."""
    told = NotifierSettings(**{**settings.model_dump(), "push_private_networks": True})
    async with (
        await open_pool(told.dsn_of("log"), "test", brisk=True) as pool,
        await open_pool(told.dsn_of("keys"), "test", brisk=True) as keys_pool,
    ):
        sender = trial_sender(told, pool, keys_pool, MasterKey.load(told), push_services(told))
        async with sending(sender):
            yield
