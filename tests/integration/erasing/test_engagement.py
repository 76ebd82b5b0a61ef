"""Erasing reaches orders, reviews and push, and tables that were cleared are those that a replay makes."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.conversations.events import Event as AnEvent
from contracts.engagement import campaign_events as push
from contracts.engagement import poll_events as poll
from contracts.engagement import review_events as e
from contracts.engagement.campaigns import Outcome
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.engagement.reviews import OrderItem
from contracts.event import Event, topic_of
from contracts.ids import order_id, push_subscription_id, recipient_id, review_id, review_request_id
from services.common.following import Step
from services.common.key_store import owner_of
from services.common.log_pages import table_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey, seal_fields
from services.common.settings import ProjectionsSettings, Settings
from services.projections import rebuild
from services.projections.engagement.projection import EngagementProjection, positions
from services.projections.engagement.replay import PLAN
from tests.integration.erasing.world import World
from tests.support.subscribers import CONTENT
from tests.support.told import START, append_events, erased, removed, retained

MUG = OrderItem(sku="mug", name="Tide mug")
SENT = Outcome(subscription=uuid4(), outcome="sent", at=START, language="en", service="push.example")
_UNSUBSCRIBED = """
    SELECT number FROM rm_order JOIN rm_recipient ON rm_recipient.id = recipient
    WHERE unsubscribed_at IS NOT NULL ORDER BY number
"""
TABLES = (
    *("rm_order", "rm_review_request", "rm_review", "rm_recipient"),
    *("rm_push_subscriber", "rm_campaign", "rm_poll", "rm_vote"),
)


@dataclass
class Customer:
    """Somebody whose events are sealed under a key of theirs."""

    settings: Settings
    person: str
    shop: str = "demo"
    versions: dict[UUID, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.come()

    def come(self) -> None:
        """With a new key."""
        secret = os.urandom(KEY_BYTES)
        self.key = PersonKey(self.shop, self.person, secret)
        wrapped = MasterKey.load(self.settings).wrap(secret, owner_of(self.shop, self.person))
        with psycopg.connect(self.settings.dsn_of("keys")) as keys:
            keys.execute(
                "INSERT INTO person_key (shop, person, wrapped, last_used) VALUES (%s, %s, %s, current_date - 9)",
                [self.shop, self.person, wrapped],
            )

    def tell(self, kind: type[Event], aggregate: UUID, **fields: Any) -> None:
        """An event of an aggregate, put into the log."""
        self.versions[aggregate] = version = self.versions.get(aggregate, 0) + 1
        at = datetime.now(UTC) + timedelta(seconds=sum(self.versions.values()))
        event: AnEvent = kind(
            originator_id=aggregate, originator_version=version, timestamp=at, shop=self.shop, **fields
        )
        sealed = seal_fields(event, self.key)
        query = SQL("INSERT INTO {} (originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s)")
        with psycopg.connect(self.settings.dsn_of("log")) as log:
            log.execute(
                query.format(table_of(self.shop, subjects.ENGAGEMENT)),
                [aggregate, version, topic_of(sealed), registry.encode(sealed)],
            )

    def orders(self, number: str) -> UUID:
        """And is asked, and writes; the shop answers."""
        order = order_id(self.shop, number)
        request, review = review_request_id(order, "", "request"), review_id(order, "mug")
        of = {"number": number, "person": self.person}
        self.place(number)
        self.tell(e.OrderReviewPlanned, order, step="request", due_at=START, mode="placed")
        mail = {"mode": "placed", "items": [MUG], "language": "en", "expires_at": START, "email": "h@a.example"}
        self.tell(e.ReviewRequestIssued, request, order=order, step="request", **of, **mail)
        said: dict[str, Any] = {"sku": "mug", "product": "Tide mug", "stars": 5, "language": "en", "written_at": START}
        self.tell(
            e.ReviewWritten,
            review,
            **of,
            **said,
            confirmed=True,
            order=order,
            request=request,
            text="Fine",
            author="H.",
        )
        self.tell(e.ReviewReplied, review, operator="o_ann", text="Thanks")
        self.tell(e.OrderStatusReported, order, number=number, status="received", since=START)
        return order

    def place(self, number: str) -> None:
        fields = {"customer": "hannah", "email": "h@a.example", "name": "Hannah"}
        order = order_id(self.shop, number)
        self.tell(
            e.OrderPlaced,
            order,
            number=number,
            person=self.person,
            placed_at=START,
            items=[MUG],
            language="en",
            **fields,
        )

    def subscribes(self) -> UUID:
        id_ = push_subscription_id(self.shop, f"https://push.example/{uuid4()}")
        more = {"service": "push.example", "language": "en", "visitor": "c_hannah"}
        self.tell(push.PushSubscriptionAdded, id_, person=self.person, address="{}", **more)
        return id_


@pytest.fixture
async def live(world: World) -> EngagementProjection:
    async with world.eraser.read_pool.connection() as connection:
        await positions().create(connection)
    return EngagementProjection(world.log_pool, world.eraser.read_pool, world.keys)


async def catch_up(projection: EngagementProjection) -> None:
    for partition in range(subjects.PARTITIONS):
        while await projection.advance(partition) is not Step.CAUGHT_UP:
            pass


def counts(world: World) -> dict[str, int]:
    return {table: world.execute("read", f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


async def is_as_replayed(world: World) -> None:
    ours = ProjectionsSettings(**world.settings.model_dump())
    assert await rebuild.main(ours, PLAN, verify_only=True) == 0


async def test_customer_is_erased_and_the_tables_are_those_of_a_replay(
    world: World, live: EngagementProjection
) -> None:
    hannah, browser, other = (Customer(world.settings, name) for name in ("c_hannah", "s_hannah", "c_other"))
    order, _ = hannah.orders("1"), other.orders("2")
    hannah.tell(e.RecipientUnsubscribed, recipient_id("demo", "c_hannah"), person="c_hannah", by="link")
    subscription = browser.subscribes()
    world.execute(
        "log",
        "INSERT INTO push.subscriber (id, shop, person, address, service, language, zone, since)"
        " VALUES (%s, 'demo', 's_hannah', 'x', 'push.example', 'en', 'UTC', now())",
        subscription,
    )
    world.execute(
        "log",
        "INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq, created_at)"
        " VALUES (%s, 'demo', 'review_request', 'c_hannah', %s, 1, '2026-01-01')",
        *(uuid4(), review_request_id(order, "", "request")),
    )
    await catch_up(live)
    assert counts(world) == dict(zip(TABLES, (2, 2, 2, 1, 1, 0, 0, 0), strict=True))
    append_events(world.settings, erased("c_hannah", "s_hannah"))
    await world.keep_up()
    await world.erase()
    assert world.execute("read", "SELECT number, person, email FROM rm_order ORDER BY number") == [
        ("1", None, None),
        ("2", "c_other", "h@a.example"),
    ]
    assert counts(world) == dict(zip(TABLES, (2, 1, 1, 1, 1, 0, 0, 0), strict=True))
    assert world.execute("read", _UNSUBSCRIBED) == []
    assert world.execute("log", "SELECT gone_at IS NOT NULL FROM push.subscriber") == [(True,)]
    assert world.execute("log", "SELECT status FROM mail.mail") == [("dropped",)]
    await is_as_replayed(world)
    hannah.come()
    hannah.place("1")
    hannah.place("3")
    await catch_up(live)
    await world.sweep()
    assert world.execute("read", "SELECT number, name FROM rm_order WHERE person = 'c_hannah' ORDER BY number") == [
        ("1", "Hannah"),
        ("3", "Hannah"),
    ]
    assert world.execute("read", _UNSUBSCRIBED) == [("1",), ("3",)]
    await is_as_replayed(world)


async def test_removed_shop_leaves_nothing_of_it_live_or_replayed(world: World, live: EngagementProjection) -> None:
    gone, stays = Customer(world.settings, "c_1", "gone"), Customer(world.settings, "c_1", "stays")
    content = PollContent(question="Which?", answers=[PollAnswer(id="a", text="A"), PollAnswer(id="b", text="B")])
    for one in (gone, stays):
        one.orders("1")
        one.subscribes()
        one.tell(e.RecipientUnsubscribed, recipient_id(one.shop, "c_1"), person="c_1", by="link")
        asked, campaign = uuid4(), uuid4()
        one.tell(poll.PollDrafted, asked, operator="o_ann", content=content)
        one.tell(poll.VoteCast, uuid4(), poll=asked, answer="a")
        one.tell(push.CampaignDrafted, campaign, operator="o_ann", content=CONTENT)
        one.tell(push.CampaignStarted, campaign, content=CONTENT, send_at=START)
        one.tell(push.CampaignOutcomesNoted, campaign, batch=1, outcomes=[SENT])
        world.execute(
            "log",
            "INSERT INTO engagement.timer VALUES (1, %s, 'order_asks', %s, 'first', now())",
            *(one.shop, order_id(one.shop, "1")),
        )
        world.execute("keys", "INSERT INTO installation_secret VALUES (%s, 'x')", f"vapid|{one.shop}")
    await catch_up(live)
    append_events(world.settings, removed("gone"))
    await world.keep_up()
    await world.erase()
    minutes = "SELECT count(*) FROM rm_vote_minute UNION ALL SELECT count(*) FROM rm_campaign_minute"
    assert world.execute("read", minutes) == [(1,), (1,)]
    for table in TABLES:
        assert {row[0] for row in world.execute("read", f"SELECT shop FROM {table}")} == {"stays"}, table
    assert world.execute("log", "SELECT shop FROM engagement.timer") == [("stays",)]
    assert world.execute("keys", "SELECT name FROM installation_secret WHERE name LIKE 'vapid|%%'") == [
        ("vapid|stays",)
    ]
    await is_as_replayed(world)


async def test_retention_keeps_the_keys_of_who_ordered_or_wants_push(world: World, live: EngagementProjection) -> None:
    ordered, wrote_off, _idle = (Customer(world.settings, name) for name in ("c_1", "s_1", "c_2"))
    ordered.orders("1")
    subscription = wrote_off.subscribes()
    append_events(world.settings, retained(conversations=START - timedelta(days=365)))
    await world.keep_up()
    await world.write_down()
    await catch_up(live)
    await world.erase()
    assert world.persons() == {"c_1", "s_1"}
    wrote_off.tell(push.PushSubscriptionRemoved, subscription, person="s_1", reason="visitor")
    append_events(world.settings, retained(conversations=START - timedelta(days=365), number=3))
    await world.keep_up()
    await catch_up(live)
    await world.erase()
    assert world.persons() == {"c_1"}
