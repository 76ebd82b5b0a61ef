"""What the owner of a partition does by itself, in time: opening hours, alerts, passing over in line."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import nats.errors
import pytest

from contracts.answers import Stored
from contracts.conversations import commands as c
from contracts.conversations.events import LeftUnanswered
from contracts.conversations.opening_hours import OpeningHours, Span
from services.common.eventlog import partition
from services.common.settings import Settings
from services.conversations import deadlines
from tests.integration.conversations.desk_watcher import desk, lease
from tests.integration.conversations.harness import Client, worker
from tests.support.waiting import eventually


async def test_who_waits_without_connection_is_passed_over_and_served_when_back(
    streams: Settings, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "PASSED_OVER_AFTER", 1)
    async with worker(streams):
        shop = await client.shop(limit=1, line=True)
        talking, waiting = await shop.conversation(), await shop.conversation()
        await lease(client, shop, talking, waiting)
        await lease(client, shop, talking)

        async def passed_over() -> bool:
            return (await desk(client, shop)).absent == [waiting.id]

        async def served() -> bool:
            return waiting.id in [channel.conversation for channel in (await desk(client, shop)).channels]

        await eventually(passed_over, 10)
        end = shop.by_operator(c.EndConversation, conversation=talking.id)
        assert isinstance(await client.send(end), Stored)
        assert (await desk(client, shop)).line == [waiting.id]
        assert (await desk(client, shop)).availability == "online"
        await lease(client, shop, waiting)
        await eventually(served, 10)


async def test_word_that_stands_unanswered_is_noticed_also_by_a_new_owner(streams: Settings, client: Client) -> None:
    async with worker(streams, "one"):
        shop = await client.shop(unanswered_after=1)
        conversation = await shop.conversation()
        await lease(client, shop, conversation)
        assert isinstance(await client.send(conversation.say()), Stored)
        await eventually(lambda: _alerts(conversation.events()) == 1, 10)
        answer = shop.by_operator(c.SayMessage, conversation=conversation.id, text="sealed")
        assert isinstance(await client.send(answer), Stored)
        assert isinstance(await client.send(conversation.say("sealed again")), Stored)
    async with worker(streams, "two"):
        await eventually(lambda: _alerts(conversation.events()) == 2, 20)


def _alerts(events: Sequence[object]) -> int:
    return sum(isinstance(event, LeftUnanswered) for event in events)


async def test_opening_hours_that_ended_while_nobody_looked_have_ended_for_the_next_owner(
    streams: Settings, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(partition, "utc_now", lambda: today)
    hours = OpeningHours(week=[[Span(opens="09:00", closes="17:00")]] * 7)
    async with worker(streams, "one"):
        shop = await client.shop(hours=hours, operator_grace=86_400)
        assert (await desk(client, shop)).open
    monkeypatch.setattr(partition, "utc_now", lambda: today + timedelta(hours=6))

    async def closed() -> bool:
        try:
            found = await desk(client, shop)
        except nats.errors.Error:  # the new owner is not there yet
            return False
        return not found.open and found.availability == "form"

    async with worker(streams, "two"):
        await eventually(closed, 20)
