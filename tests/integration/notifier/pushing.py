"""Pushes noted and sent within a test's process, and a shop whose operators want them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg

from contracts import subjects
from contracts.conversations import events as happened
from contracts.ids import desk_id
from services.common.database import open_pool
from services.common.following import Pool, Step
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.vapid import VapidKey, vapid_key
from services.notifier.main import PUSHES
from services.notifier.noting import POSITIONS, noting
from services.notifier.push.attempts import DuePush, PushAttempts, push_queue
from services.notifier.push.services import PushServices
from services.notifier.sender import Sender
from tests.integration.notifier.sending import sending
from tests.support.push_service import Browser
from tests.support.told import Told, append, append_events

CONTACT = "mailto:bell@morrow.example"


class Pusher:
    """Call `note` to have it look for pushes."""

    def __init__(self, pool: Pool, sender: Sender[DuePush, PushServices], key: VapidKey) -> None:
        self.pool, self.key = pool, key
        self._noting = noting(pool, sender.wake, 600)

    async def note(self) -> None:
        """Read the log to its end."""
        async with self.pool.connection() as connection:
            await POSITIONS.create(connection)
        for partition in range(subjects.PARTITIONS):
            while await self._noting.advance(partition) is Step.MORE:
                pass


@asynccontextmanager
async def pusher(settings: Settings, *, private: bool = True, timeout: float = 15.0) -> AsyncIterator[Pusher]:
    """Sends while inside."""
    async with (
        await open_pool(settings.dsn_of("log"), "test", brisk=True) as pool,
        await open_pool(settings.dsn_of("keys"), "test", brisk=True) as keys_pool,
    ):
        master = MasterKey.load(settings)
        attempts = PushAttempts(pool, lambda: vapid_key(keys_pool, master), CONTACT, first_pause=0.1)
        services = PushServices(timeout=timeout, private=private)
        sender = Sender(push_queue(pool, 30.0), attempts, [services] * 2, PUSHES, "after_push")
        async with sending(sender):
            yield Pusher(pool, sender, await vapid_key(keys_pool, master))


class Desk:
    """A shop with operators; each call adds an event to its desk, at its time `now`, which goes on a second each."""

    def __init__(self, settings: Settings, shop: str = "morrow", start: datetime | None = None) -> None:
        self.settings, self.shop = settings, shop
        self.now = start or datetime.now(UTC)
        self._numbers: Iterator[int] = count(1)

    def hire(self, operator: str, browser: Browser, locale: str = "en") -> None:
        """An operator signed in with this browser, who wants to be pushed."""
        shown = browser.as_json(locale)
        with psycopg.connect(self.settings.dsn_of("log")) as connection:
            connection.execute(
                "INSERT INTO staff.account (id, email, password_hash, name) VALUES (%s, %s, '', 'Maja')"
                " ON CONFLICT DO NOTHING",
                [operator, f"{operator}@morrow.example"],
            )
            connection.execute(
                "INSERT INTO staff.membership (account, shop, role) VALUES (%s, %s, 'operator') ON CONFLICT DO NOTHING",
                [operator, self.shop],
            )
            token = shown["endpoint"].encode()
            connection.execute(
                "INSERT INTO staff.session (token_hash, account, shop) VALUES (%s, %s, %s)",
                [token, operator, self.shop],
            )
            connection.execute(
                "INSERT INTO push.subscription (account, session, endpoint, p256dh, auth, locale)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [operator, token, browser.endpoint, browser.point, browser.secret, locale],
            )

    def add(self, kind: type[happened.Event], **fields: Any) -> None:
        self.now += timedelta(seconds=1)
        append_events(
            self.settings,
            kind(
                originator_id=desk_id(self.shop),
                originator_version=next(self._numbers),
                timestamp=self.now,
                shop=self.shop,
                **fields,
            ),
        )

    def online(self, operator: str) -> None:
        self.add(happened.OperatorWentOnline, operator=operator, channels=[1], reopens=True)

    def away(self, operator: str) -> None:
        self.add(happened.OperatorMarkedAway, operator=operator)

    def back(self, operator: str) -> None:
        self.add(happened.OperatorMarkedBack, operator=operator)

    def offline(self, operator: str, reason: str) -> None:
        self.add(happened.OperatorWentOffline, operator=operator, reason=reason)

    def talk(self, operator: str = "o_maja") -> Told:
        """A conversation that an operator holds; it goes on from the desk's time."""
        told = Told(self.shop, start=self.now)
        told.add(happened.ConversationStarted, visitor=told.person, origin="origin")
        return told.add(happened.OperatorAssigned, operator=operator, channel=1)

    def say(self, told: Told, text: str = "Is anybody there?") -> None:
        """The visitor of a conversation writes."""
        append(self.settings, told.visitor_says(text))

    def pushes(self) -> list[Any]:
        """What the table of pushes says: operator, kind, status, error; in order of their making."""
        query = "SELECT operator, kind, status, error FROM push.message ORDER BY created_at, operator"
        with psycopg.connect(self.settings.dsn_of("log")) as connection:
            return connection.execute(query).fetchall()

    def execute(self, statement: str, *parameters: object) -> list[Any]:
        with psycopg.connect(self.settings.dsn_of("log")) as connection:
            cursor = connection.execute(statement.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []
