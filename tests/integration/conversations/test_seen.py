"""What gateways see of a partition: replies, the live desk, the bucket; and what they tell it: leases."""

import asyncio

import msgspec
import pytest
from nats.aio.msg import Msg

from contracts import subjects
from contracts.answers import Stored
from contracts.conversations import commands as c
from contracts.conversations.events import ConversationEnded
from contracts.desks import (
    DeskQuery,
    DeskReply,
    DeskView,
    VisitorQuery,
    VisitorReply,
)
from services.common.settings import Settings
from services.conversations import deadlines, presence
from tests.integration.conversations.desk_watcher import ask, desk, in_bucket, lease
from tests.integration.conversations.harness import Client, Shop, log_rows, worker
from tests.support.processes import NatsServer
from tests.support.waiting import eventually


async def test_the_owner_tells_desk_and_conversations_page_by_page(streams: Settings, client: Client) -> None:
    async with worker(streams):
        shop = await client.shop()
        conversations = [await shop.conversation() for _ in range(5)]
        await client.send(conversations[0].say("sealed text"))
        found, after = [], None
        for size in (2, 2, 1):
            query = DeskQuery(shop=shop.name, after=after, limit=2)
            reply = msgspec.json.decode(await ask(client, shop, query), type=DeskReply)
            assert reply.desk is not None
            assert (reply.desk.busy, len(reply.conversations)) == (5, size)
            found += reply.conversations
            after = reply.next
        assert after is None
        assert {one.id for one in found} == {one.id for one in conversations}
        (spoken,) = [one for one in found if one.id == conversations[0].id]
        assert (spoken.last_text, spoken.last_from, spoken.seq) == ("sealed text", "visitor", 3)
        nobody = await ask(client, shop, DeskQuery(shop="no-such-shop"))
        assert msgspec.json.decode(nobody, type=DeskReply).desk is None


async def test_the_owner_finds_a_visitors_conversation(streams: Settings, client: Client) -> None:
    async with worker(streams):
        shop = await client.shop()
        conversation = await shop.conversation()
        mine = VisitorQuery(shop=shop.name, visitor=conversation.visitor, origin="another")
        reply = msgspec.json.decode(await ask(client, shop, mine), type=VisitorReply)
        assert reply.conversation is not None
        assert reply.conversation.id == conversation.id
        stranger = VisitorQuery(shop=shop.name, visitor="g_nobody", origin="nobody")
        assert msgspec.json.decode(await ask(client, shop, stranger), type=VisitorReply).conversation is None


async def test_a_changed_desk_is_shown_within_250_ms_and_kept_in_the_bucket(streams: Settings, client: Client) -> None:
    seen: list[DeskView] = []

    async def heard(message: Msg) -> None:
        seen.append(msgspec.json.decode(message.data, type=DeskView))

    async with worker(streams, "one"):
        shop = await client.shop()
        await client.broker.client.subscribe(subjects.live_desk(shop.name), cb=heard)
        await client.broker.client.flush()
        for _ in range(10):
            await shop.conversation()
        await eventually(lambda: seen and seen[-1].busy == 10, 1.0)
        assert len(seen) < 10
        await eventually(lambda: in_bucket_is(client, shop, busy=10))
    bucket = await client.broker.js.key_value(subjects.DESKS_BUCKET)
    await bucket.put(shop.name, b"something old")
    async with worker(streams, "two"):
        await eventually(lambda: in_bucket_is(client, shop, busy=10))


async def in_bucket_is(client: Client, shop: Shop, *, busy: int) -> bool:
    try:
        return (await in_bucket(client, shop)).busy == busy
    except msgspec.DecodeError:
        return False


async def test_who_is_gone_is_marked_away_and_back_and_at_last_ended(streams: Settings, client: Client) -> None:
    async with worker(streams):
        shop = await client.shop(visitor_away_after=1, forgotten_after=2)
        conversation = await shop.conversation()
        await lease(client, shop, conversation)
        hello = shop.by_operator(c.SayMessage, conversation=conversation.id, text="sealed")
        assert isinstance(await client.send(hello), Stored)
        await lease(client, shop)

        async def ended() -> bool:
            return any(isinstance(event, ConversationEnded) for event in conversation.events())

        await eventually(ended, 10)


async def test_an_operator_without_connection_goes_away_and_comes_back(
    streams: Settings, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "OPERATOR_AWAY_AFTER", 1)
    async with worker(streams):
        shop = await client.shop(operator_grace=60)
        await lease(client, shop)

        async def away() -> bool:
            return [one.away for one in (await desk(client, shop)).operators] == [True]

        async def back() -> bool:
            return [one.away for one in (await desk(client, shop)).operators] == [False]

        await lease(client, shop, operators=())
        await eventually(away, 10)
        await lease(client, shop)
        await eventually(back, 10)


async def test_an_outage_of_the_broker_is_nobodys_absence(
    streams: Settings, client: Client, nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "OPERATOR_AWAY_AFTER", 1)
    monkeypatch.setattr(presence, "LEASE_SECONDS", 4.0)
    async with worker(streams):
        shop = await client.shop(operator_grace=2)
        await lease(client, shop)
        before = len(log_rows(streams, shop.partition))
        nats_server.kill()
        await asyncio.sleep(6.0)  # longer than a lease and the times of the rules, or it would show nothing
        nats_server.start()
        await eventually(lambda: client.broker.connected)
        await lease(client, shop)
        assert [(one.online, one.away) for one in (await desk(client, shop)).operators] == [(True, False)]
        assert len(log_rows(streams, shop.partition)) == before
