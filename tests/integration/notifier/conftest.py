"""The parts of a notifier on real databases, and events for it to find."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from contracts import subjects
from contracts.conversations import events as happened
from contracts.conversations.settings import MailSettings, ShopSettings
from contracts.ids import shop_aggregate_id
from services.common.database import open_pool
from services.common.dkim_keys import DkimKeys
from services.common.following import Pool, Step
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import NotifierSettings, Settings
from services.notifier.attempts import Attempts
from services.notifier.noting import POSITIONS, noting
from services.notifier.queue import Due, Queue, mail_queue
from services.notifier.reading import Reader
from services.notifier.reviews.source import ReviewMails
from services.notifier.sender import Sender
from services.notifier.smtp import Connection
from services.notifier.smtp_url import mail_server
from services.notifier.staff_mails import StaffMails
from tests.integration.notifier.pushing import Desk
from tests.integration.notifier.sending import sending
from tests.support.push_service import PushService, push_service
from tests.support.told import Told, append

MAIL = MailSettings(notify="counter@morrow.example", from_address="counter@morrow.example", from_name="Morrow")


class Notifier:
    """Notes and sends within this process."""

    def __init__(
        self, pool: Pool, sender: Sender[Due, Connection], queue: Queue[Due], dkim: DkimKeys, keys: KeyStore
    ) -> None:
        self.pool, self.noting, self.sender, self.queue, self.dkim, self.keys = (
            pool,
            noting(pool, sender.wake, 600),
            sender,
            queue,
            dkim,
            keys,
        )

    async def note(self) -> None:
        """Read the log to its end."""
        async with self.pool.connection() as connection:
            await POSITIONS.create(connection)
        for partition in range(subjects.PARTITIONS):
            while await self.noting.advance(partition) is Step.MORE:
                pass


@asynccontextmanager
async def notifier(settings: Settings, url: str, **more: Any) -> AsyncIterator[Notifier]:
    """Sends while inside; call `note` to have it look for mails."""
    wanted = {
        "smtp_url": url,
        "smtp_timeout": 15,
        "mail_retry_seconds": 0.1,
        "public_url": "https://bell.morrow.example",
    }
    told = NotifierSettings(**{**settings.model_dump(), **wanted, **more})
    async with (
        await open_pool(told.dsn_of("log"), "test") as pool,
        await open_pool(told.dsn_of("keys"), "test") as keys,
    ):
        master = MasterKey.load(told)
        store, dkim, queue = KeyStore(keys, master), DkimKeys(keys, master), mail_queue(pool, told.mail_lease_seconds)
        attempts = Attempts(
            Reader(
                pool,
                store,
                StaffMails(keys, master),
                ReviewMails(keys, master),
                public_url=told.public_url,
                mail_from=told.mail_from,
            ),
            dkim,
            first_pause=told.mail_retry_seconds,
            give_up_after=told.mail_give_up_hours * 3_600,
        )
        connections = [Connection(mail_server(told), hello="test", timeout=told.smtp_timeout) for _ in range(2)]
        sender = Sender(queue, attempts, connections)
        async with sending(sender):
            yield Notifier(pool, sender, queue, dkim, store)


Rows = Callable[[], list[Any]]


@pytest.fixture
def mails(settings: Settings) -> Rows:
    """What the table of mails says: kind, status, attempts, error; in order of their making."""

    def read() -> list[Any]:
        with psycopg.connect(settings.dsn_of("log")) as connection:
            query = "SELECT kind, status, attempts, error FROM mail.mail ORDER BY created_at, seq"
            return connection.execute(query).fetchall()

    return read


def shop(settings: Settings, name: str = "morrow", **more: Any) -> str:
    """A shop in the log, with Maja, who works there; its id."""
    told = Told(name)
    told.id = shop_aggregate_id(name)
    wanted = {"mail": MAIL, "name": "Morrow Ceramics", "time_zone": "Europe/Warsaw", **more}
    told.add(happened.ShopCreated, settings=ShopSettings(**wanted), author="o_maja")
    append(settings, told, keys=False)
    with psycopg.connect(settings.dsn_of("log")) as connection:
        connection.execute(
            "WITH made AS (INSERT INTO staff.account (id, email, password_hash, name)"
            " VALUES ('o_maja', 'maja@morrow.example', '', 'Maja') ON CONFLICT DO NOTHING)"
            " INSERT INTO staff.membership (account, shop, role) VALUES ('o_maja', %s, 'owner') ON CONFLICT DO NOTHING",
            [name],
        )
    return name


def message(shop: str = "morrow", **fields: Any) -> Told:
    """An offline message; append it."""
    told = Told(shop, person=f"g_{uuid4().hex[:22]}")
    wanted = {"first_name": "Mateusz", "email": "m.zielinski@poczta.example", "text": "Dzień dobry!", "locale": "pl"}
    return told.add(happened.OfflineMessageLeft, visitor=told.person, **{**wanted, **fields})


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    """A push service, to which nothing wrong may be sent."""
    async with push_service() as running:
        yield running
    assert running.wrong == []


@pytest.fixture
def desk(settings: Settings, service: PushService) -> Desk:
    """Maja is online, and wants to be pushed to in Polish."""
    made = Desk(settings)
    made.hire("o_maja", service.subscribe(), "pl-PL")
    made.online("o_maja")
    return made
