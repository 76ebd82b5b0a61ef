"""Two workers, real processes: one is killed, paused or stopped, the other goes on."""

import asyncio
import signal
import time
from pathlib import Path

import psycopg
import pytest

from contracts.answers import Rejected, Stored
from contracts.conversations.commands import SayMessage
from contracts.conversations.events import MessageSaid
from services.common.eventlog.dead_letters import letters
from services.common.eventlog.sharing import desired_owner
from services.common.settings import Settings
from tests.integration.conversations.harness import Client, Conversation, Process, Shop, worker
from tests.support.processes import NatsServer, PostgresServer
from tests.support.waiting import eventually

pytestmark = pytest.mark.slow


def owners(settings: Settings) -> list[str | None]:
    """Of each partition."""
    rows = " UNION ALL ".join(f"SELECT {n}, owner FROM log_conversations_{n}.partition_owner" for n in range(16))
    with psycopg.connect(settings.dsn_of("log")) as connection:
        return [owner for _, owner in connection.execute(f"{rows} ORDER BY 1").fetchall()]


def owner_of(settings: Settings, shop: Shop) -> str | None:
    return owners(settings)[shop.partition]


async def shop_of(client: Client, settings: Settings, owner: str) -> tuple[Shop, Conversation]:
    """A shop whose partition this one of two workers owns, once both have their share; and a conversation in it."""

    def settled() -> bool:
        return owners(settings) == [desired_owner(partition, ("one", "two")) for partition in range(16)]

    async def look() -> Shop | None:
        shop = await client.shop()
        return shop if owner_of(settings, shop) == owner else None

    await eventually(settled, 30, what="both workers to have their share")
    shop = await eventually(look, 20, what=f"a shop of {owner}")
    assert shop is not None
    return shop, await shop.conversation()


async def test_after_kill_9_the_standby_stores_within_three_seconds(
    streams: Settings, client: Client, tmp_path: Path
) -> None:
    with Process(streams, tmp_path, "one") as one, Process(streams, tmp_path, "two"):
        shop, conversation = await shop_of(client, streams, "one")
        await client.send(conversation.say("before"))
        one.signal(signal.SIGKILL)
        killed = time.monotonic()
        assert isinstance(await client.insist(conversation.say("after"), each=0.2), Stored)
        assert time.monotonic() - killed < 3.0
        await shop.stream_follows_log()


async def test_a_paused_owner_is_replaced_and_its_late_write_refused(
    streams: Settings, client: Client, tmp_path: Path
) -> None:
    with Process(streams, tmp_path, "one") as one, Process(streams, tmp_path, "two"):
        shop, conversation = await shop_of(client, streams, "one")
        untouched = await shop.conversation()
        one.signal(signal.SIGSTOP)
        stopped = time.monotonic()
        assert isinstance(await client.insist(conversation.say("after"), each=0.2), Stored)
        assert time.monotonic() - stopped < 5.0
        late = await client.publish(untouched.say("on its way when the old owner wakes up"))
        one.signal(signal.SIGCONT)
        assert isinstance(await late, Stored)
        await eventually(lambda: "has another owner" in one.said() or "Partition lost" in one.said())
        await eventually(lambda: owner_of(streams, shop) == "one", 15, what="the partition to come back")
        assert isinstance(await client.insist(untouched.say("again")), Stored)
        await shop.stream_follows_log()


async def test_a_stopped_owner_hands_over_at_once(streams: Settings, client: Client, tmp_path: Path) -> None:
    with Process(streams, tmp_path, "one") as one, Process(streams, tmp_path, "two"):
        shop, conversation = await shop_of(client, streams, "one")
        one.signal(signal.SIGTERM)
        assert isinstance(await client.insist(conversation.say("meanwhile"), each=0.2), Stored)
        assert await one.died() == 0
        died = time.monotonic()
        assert isinstance(await client.insist(conversation.say("after"), each=0.2), Stored)
        assert time.monotonic() - died < 3.0
        assert owner_of(streams, shop) == "two"


async def test_a_command_that_kills_its_worker_three_times_is_put_aside(
    streams: Settings, client: Client, tmp_path: Path
) -> None:
    async with worker(streams, "same"):
        shop = await client.shop()
        conversation = await shop.conversation()
    poison = await client.publish(conversation.say("poison"))
    for _ in range(3):
        with Process(streams, tmp_path, "same", "before_commit:kill") as doomed:
            assert await doomed.died() == -signal.SIGKILL
    async with worker(streams, "same"):
        answer = await poison
        assert isinstance(answer, Rejected)
        assert answer.code == "unavailable"
        assert isinstance(await client.insist(conversation.say("next")), Stored)
    assert [letter.reason async for letter in letters(client.broker.js)] == ["kills the worker"]


@pytest.mark.parametrize("place", ["before_commit", "after_commit", "after_answer", "after_publish"])
async def test_killed_at_any_place_nothing_is_lost_or_doubled(
    streams: Settings, client: Client, tmp_path: Path, place: str
) -> None:
    async with worker(streams, "same"):
        shop = await client.shop()
        conversation = await shop.conversation()
    with Process(streams, tmp_path, "same", f"{place}:kill:3") as doomed:
        says: list[SayMessage] = []

        async def until_it_dies() -> bool:
            says.append(conversation.say(str(len(says))))
            await client.publish(says[-1])
            return doomed.exit_code == -signal.SIGKILL

        await eventually(until_it_dies, 20)
    with Process(streams, tmp_path, "other"):
        answers = await asyncio.gather(*[client.insist(say, each=1.0) for say in says])
        assert {type(answer) for answer in answers} == {Stored}
        await shop.stream_follows_log()
    said = [event.text for event in conversation.events() if isinstance(event, MessageSaid)]
    assert sorted(said, key=int) == [str(number) for number in range(len(says))]


async def test_the_broker_is_killed_and_comes_back(streams: Settings, client: Client, nats_server: NatsServer) -> None:
    async with worker(streams):
        shop = await client.shop()
        conversation = await shop.conversation()
        says = [conversation.say(str(number)) for number in range(60)]
        for number, say in enumerate(says):
            if number in (20, 40):
                nats_server.kill()
                nats_server.start()
            assert isinstance(await client.insist(say, each=0.5), Stored)
        await shop.stream_follows_log()
    said = [event.text for event in conversation.events() if isinstance(event, MessageSaid)]
    assert said == [str(number) for number in range(60)]


async def test_the_database_is_killed_and_comes_back(
    streams: Settings, client: Client, postgres_server: PostgresServer
) -> None:
    async with worker(streams):
        shop = await client.shop()
        conversation = await shop.conversation()
        says = [conversation.say(str(number)) for number in range(60)]
        for number, say in enumerate(says):
            if number in (20, 40):
                postgres_server.kill()
                postgres_server.start()
            assert isinstance(await client.insist(say, each=0.5), Stored)
        await shop.stream_follows_log()
    said = [event.text for event in conversation.events() if isinstance(event, MessageSaid)]
    assert said == [str(number) for number in range(60)]
