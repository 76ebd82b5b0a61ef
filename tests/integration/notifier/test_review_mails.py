"""Mails that ask for reviews: to whoever still wants them when they go out, and not to addresses that are not there."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.command import Command
from contracts.engagement.review_commands import NoteBounce
from contracts.event import topic_of
from contracts.ids import recipient_id
from services.common.database import open_pool
from services.common.following import Step
from services.common.installation_root import rooted
from services.common.key_store import owner_of
from services.common.log_pages import table_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey
from services.common.review_links import ReviewLink, ReviewLinks
from services.common.settings import Settings
from services.notifier.engagement import POSITIONS, engagement_noting
from services.notifier.reviews.bouncing import Bounces
from tests.integration.notifier.conftest import Notifier, Rows, notifier, shop
from tests.support.mail_server import MailServer, mail_server
from tests.support.waiting import eventually
from tests.unit.engagement.shop_with_orders import HANNAH, Orders
from tests.unit.engagement.world import SHOP

ADDRESS = "hannah.weiss@posteo.example"
MAILBOX = "m_hannah"


class Reported(Orders):
    """Orders whose events are in a log, sealed under Hannah's key."""

    def __init__(self, settings: Settings, name: str = SHOP) -> None:
        super().__init__(name, mode="placed", days=2)
        self.settings, secret = settings, os.urandom(KEY_BYTES)
        self.key = PersonKey(self.shop, HANNAH, secret)
        shop(settings, self.shop)
        wrapped = MasterKey.load(settings).wrap(secret, owner_of(self.shop, HANNAH))
        with psycopg.connect(settings.dsn_of("keys")) as keys:
            keys.execute(
                "INSERT INTO person_key (shop, person, wrapped) VALUES (%s, %s, %s)", [self.shop, HANNAH, wrapped]
            )

    def ask(self) -> None:
        """Hannah is to get a mail."""
        said: dict[str, Any] = {"email": self.key.seal(ADDRESS, "email"), "name": self.key.seal("Hannah Weiss", "name")}
        self.place(**said, mailbox=MAILBOX)
        self.now += timedelta(days=3)
        assert "ReviewRequestIssued" in self.fire()

    def store(self) -> None:
        """Put into the log what is not in it yet."""
        query = SQL("INSERT INTO {} VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING").format(
            SQL("{} (originator_id, originator_version, topic, state)").format(table_of(self.shop, subjects.ENGAGEMENT))
        )
        with psycopg.connect(self.settings.dsn_of("log")) as log:
            for event in (event for events in self.log.values() for event in events):
                row = [event.originator_id, event.originator_version, topic_of(event), registry.encode(event)]
                log.execute(query, row)


async def note(running: Notifier) -> None:
    """Read the log of engagement to its end."""
    sieve = engagement_noting(running.pool, running.sender.wake)
    async with running.pool.connection() as connection:
        await POSITIONS.create(connection)
    for partition in range(subjects.PARTITIONS):
        while await sieve.advance(partition) is Step.MORE:
            pass


def tokens_in(text: str) -> list[str]:
    """Those of its links to forms."""
    return re.findall(r"https://bell\.morrow\.example/review#([\w-]+)", text)


async def test_mail_goes_to_the_customer_with_links_that_open_and_the_way_out(settings: Settings, mails: Rows) -> None:
    world, partly = Reported(settings), Reported(settings, "partly")
    for one in (world, partly):
        one.ask()
    partly.do(partly.write_command("mug"))
    for one in (world, partly):
        one.store()
    async with mail_server() as server, notifier(settings, server.url) as running:
        await note(running)
        await note(running)
        await eventually(lambda: [row[:2] for row in mails()] == [("review_request", "sent")] * 2)
    rest, sent = sorted(server.taken, key=lambda mail: len(tokens_in(mail.body())))
    assert sent.recipients == [ADDRESS]
    assert sent.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "How are they, Hannah?" in sent.body()
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        links = ReviewLinks(await rooted(MasterKey.load(settings), pool))
    found = [links.read(ReviewLink, token) for token in [*tokens_in(sent.body()), *tokens_in(rest.body())]]
    assert [(link.shop, link.product) for link in found if link] == [
        (world.shop, "mug"),
        (world.shop, "bowl"),
        ("partly", "bowl"),
    ]


def _unsubscribed(world: Reported) -> None:
    world.unsubscribe()


def _unsubscribed_elsewhere(world: Reported) -> None:
    world.unsubscribe(MAILBOX)


def _bounced(world: Reported) -> None:
    world.system(NoteBounce, recipient=recipient_id(world.shop, MAILBOX), person=MAILBOX)


def _cancelled(world: Reported) -> None:
    world.report("cancelled")


def _off(world: Reported) -> None:
    world.rules(on=False)


def _reviewed(world: Reported) -> None:
    for sku in ("mug", "bowl"):
        world.do(world.write_command(sku))


async def test_it_is_looked_at_again_right_before_a_mail_goes(settings: Settings, mails: Rows) -> None:
    """What has happened since it was decided that the mail is due."""
    ends = [_unsubscribed, _unsubscribed_elsewhere, _bounced]
    changes: list[Callable[[Reported], None]] = [*ends, _cancelled, _off, _reviewed]
    for number, change in enumerate(changes):
        world = Reported(settings, f"shop-{number}")
        world.ask()
        change(world)
        world.store()
    async with mail_server() as server, notifier(settings, server.url) as running:
        await note(running)
        await eventually(lambda: [row[1] for row in mails()] == ["dropped"] * len(changes))
    assert server.taken == []
    assert sorted(row[3] for row in mails()) == [
        "Everything in the order is reviewed already.",
        "Mails to the customer don't arrive.",
        *["The customer wants no more review mails."] * 2,
        "The order was cancelled or came back.",
        "The shop asks for no reviews now.",
    ]


async def _execute(running: Notifier, statement: LiteralString) -> None:
    async with running.pool.connection() as connection:
        await connection.execute(statement)


async def test_addresses_that_are_not_there_are_told_until_the_log_has_it(settings: Settings, mails: Rows) -> None:
    world = Reported(settings)
    world.ask()
    world.store()
    told: list[Command] = []

    async def send(commands: Any) -> None:
        told.extend(commands)

    server = MailServer(on_recipient=lambda _: "550 5.1.1 No such user here")
    async with mail_server(server), notifier(settings, server.url) as running:
        await note(running)
        await eventually(lambda: [row[1] for row in mails()] == ["failed"])
        bounces = Bounces(running.pool, send)
        await _execute(running, "ALTER TABLE mail.bounce RENAME TO elsewhere")  # it can't be written down just now
        with pytest.raises(psycopg.errors.UndefinedTable):
            await bounces.round()
        await _execute(running, "ALTER TABLE mail.elsewhere RENAME TO bounce")
        await bounces.round()
        noted = {one.person: one.recipient for one in told if isinstance(one, NoteBounce)}
        assert noted == {MAILBOX: recipient_id(world.shop, MAILBOX)}, "the customer may come with another address"
        await bounces.round()  # a moment ago is not long ago
        assert len(told) == 1
        for command in told:
            world.do(command)
        world.store()
        await _execute(running, "UPDATE mail.bounce SET told_at = NULL")
        await bounces.round()
        assert len(told) == 1
        async with running.pool.connection() as connection:
            left = await (await connection.execute("SELECT count(*) FROM mail.bounce")).fetchone()
        assert left == (0,)


async def test_a_refusal_of_the_mail_itself_says_nothing_of_the_address(settings: Settings, mails: Rows) -> None:
    world = Reported(settings)
    world.ask()
    world.store()
    told: list[Command] = []

    async def send(commands: Any) -> None:
        told.extend(commands)

    server = MailServer(on_sender=lambda: "553 No such mailbox")
    async with mail_server(server), notifier(settings, server.url) as running:
        await note(running)
        await eventually(lambda: [row[1] for row in mails()] == ["failed"])
        await Bounces(running.pool, send).round()
    assert told == []
