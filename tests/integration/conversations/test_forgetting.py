"""Offline messages, transcripts, erasing, retention and a shop's end, through workers that may die at any moment."""

import secrets
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from contracts import registry
from contracts.answers import Rejected, Stored
from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.settings import Retention, ShopSettings
from contracts.desks import DeskQuery, DeskReply
from contracts.ids import desk_id, offline_message_id, shop_aggregate_id
from services.common.settings import Settings
from tests.integration.conversations.desk_watcher import ask, in_bucket
from tests.integration.conversations.harness import Client, Process, Shop, worker
from tests.support.told import append_events
from tests.support.waiting import eventually

E = TypeVar("E", bound=e.Event)

KEPT = Retention(conversations_days=30)


def happened(settings: Settings, shop: Shop, kind: type[E]) -> list[E]:
    """The events of a kind that the log holds of a shop, in order."""
    with psycopg.connect(settings.dsn_of("log")) as connection:
        rows = connection.execute(
            f"SELECT topic, state FROM log_conversations_{shop.partition}.stored_events ORDER BY notification_id"
        ).fetchall()
    events = (registry.decode(topic, state) for topic, state in rows)
    return [event for event in events if isinstance(event, kind) and event.shop == shop.name]


def message_left(shop: Shop) -> c.LeaveOfflineMessage:
    visitor, command = f"g_{secrets.token_hex(8)}", f"left-{secrets.token_hex(4)}"
    return c.LeaveOfflineMessage(
        id=command,
        shop=shop.name,
        sender_kind="visitor",
        sender=visitor,
        message=offline_message_id(shop.name, visitor, command),
        visitor=visitor,
        email="sealed",
        text="sealed",
    )


def by_system(shop: Shop, kind: type[c.Command]) -> c.Command:
    return kind(id=f"sys-{secrets.token_hex(6)}", shop=shop.name, sender_kind="system", sender="system")


@pytest.mark.slow
@pytest.mark.parametrize("place", ["before_commit", "after_commit", "after_answer", "after_publish"])
async def test_whatever_the_moment_of_death_all_is_done_once(
    place: str, streams: Settings, client: Client, tmp_path: Path
) -> None:
    async with worker(streams, "same"):
        shop = await client.shop(limit=1, line=True, channels_per_operator=1)
        talking, waiting = await shop.conversation(), await shop.conversation()
    commands = [
        message_left(shop),
        shop.by_operator(c.RequestTranscript, conversation=talking.id, email="sealed"),
        shop.by_operator(c.ErasePerson, persons=["c_9", talking.visitor]),
    ]
    for command in commands:
        await client.publish(command)
    with Process(streams, tmp_path, "same", f"{place}:kill") as doomed:
        assert await doomed.died() == -signal.SIGKILL
    async with worker(streams, "same"):
        seqs = [await _stored(client, command) for command in commands]
        assert seqs == [await _stored(client, command) for command in commands]
        await shop.stream_follows_log()
    assert len(happened(streams, shop, e.OfflineMessageLeft)) == 1
    assert len(happened(streams, shop, e.TranscriptRequested)) == 1
    assert [(one.number, one.persons) for one in happened(streams, shop, e.PersonErased)] == [
        (1, ["c_9", talking.visitor])
    ]
    assert isinstance(talking.events()[-1], e.ConversationArchived)
    assert isinstance(waiting.events()[-1], e.OperatorAssigned)


async def _stored(client: Client, command: c.Command) -> int:
    answer = await client.insist(command)
    assert isinstance(answer, Stored)
    return answer.seq


async def test_a_removed_shop_stays_unknown_also_to_the_next_owner(streams: Settings, client: Client) -> None:
    async with worker(streams, "one"):
        shop = await client.shop(limit=1, line=True)
        talking, waiting = await shop.conversation(), await shop.conversation()
        say, leave, remove = talking.say(), message_left(shop), by_system(shop, c.RemoveShop)
        for command in (say, leave, remove):
            assert isinstance(await client.send(command), Stored)
        await _unknown(client, shop, say, leave)
        await eventually(lambda: _hidden(client, shop), what="a desk that is not shown any more")
    async with worker(streams, "two"):
        assert isinstance(await client.insist(remove), Stored)
        await _unknown(client, shop, say, leave, waiting.say(), shop.start(), shop.by_operator(c.GoOnline))
        await shop.stream_follows_log()
    assert len(happened(streams, shop, e.ShopRemoved)) == 1
    assert isinstance(talking.events()[-1], e.ConversationArchived)
    assert isinstance(waiting.events()[-1], e.ConversationArchived)


async def _unknown(client: Client, shop: Shop, *commands: c.Command) -> None:
    for command in commands:
        answer = await client.insist(command)
        assert isinstance(answer, Rejected)
        assert answer.code == "not_found"
    query = DeskQuery(shop=shop.name)
    assert await ask(client, shop, query) == registry.encode(DeskReply(desk=None, conversations=[]))


async def _hidden(client: Client, shop: Shop) -> bool:
    summary = await in_bucket(client, shop)
    return (summary.availability, summary.busy, summary.operators, summary.waiting) == ("hidden", 0, 0, 0)


async def test_retention_is_applied_once_also_if_it_fell_due_while_nobody_owned_the_desk(
    streams: Settings, client: Client
) -> None:
    shop, another = (Shop(f"shop-{secrets.token_hex(4)}", client) for _ in range(2))
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    append_events(streams, *_past(shop, yesterday))
    async with worker(streams, "one"):
        await eventually(lambda: len(happened(streams, shop, e.RetentionApplied)) > 1, what="today's retention")
    append_events(streams, *_past(another, yesterday))
    async with worker(streams, "two"):
        await eventually(lambda: len(happened(streams, another, e.RetentionApplied)) > 1, what="the other's, too")
    assert len(happened(streams, shop, e.RetentionApplied)) == 2
    today = happened(streams, shop, e.RetentionApplied)[1]
    assert today.timestamp > yesterday + timedelta(days=1)
    assert today.conversations_before == today.timestamp - timedelta(days=30)
    assert today.offline_messages_before is None


def _past(shop: Shop, at: datetime) -> list[e.Event]:
    """A shop whose retention was applied then, and which nobody has used since."""
    wanted = ShopSettings(retention=KEPT)
    common: dict[str, Any] = {"timestamp": at, "shop": shop.name}
    identity, desk = shop_aggregate_id(shop.name), desk_id(shop.name)
    return [
        e.ShopCreated(originator_id=identity, originator_version=1, settings=wanted, author="system", **common),
        e.DeskOpened(originator_id=desk, originator_version=1, rules=wanted.rules(), **common),
        e.RetentionApplied(
            originator_id=desk, originator_version=2, conversations_before=at - timedelta(days=30), **common
        ),
    ]
