"""Direct subscriptions: in order, over a reconnect, beside the library's own; a bad message ends nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.errors import BadHeaderError

from services.common.broker import Broker, connect
from services.common.direct import Message
from tests.support.processes import NatsServer
from tests.support.waiting import eventually


@pytest.fixture
async def broker(nats_server: NatsServer) -> AsyncIterator[Broker]:
    one = await connect(nats_server.url, "direct")
    yield one
    await one.close()


async def test_messages_come_in_order_with_subject_reply_and_headers(broker: Broker) -> None:
    heard: list[Message] = []
    await broker.client.hear("direct.a.*", heard.append)
    await broker.client.publish("direct.a.1", b"one", reply="answers")
    await broker.client.publish("direct.a.2", b"two", headers={"ce-id": "7"})
    await eventually(lambda: len(heard) == 2)
    assert [(m.subject, m.reply, m.data) for m in heard] == [
        ("direct.a.1", "answers", b"one"),
        ("direct.a.2", "", b"two"),
    ]
    assert (heard[1].header("ce-id"), heard[1].header("ce-type"), heard[1].status) == ("7", None, "")


async def test_what_is_sent_with_headers_arrives_with_them(broker: Broker) -> None:
    heard: list[Message] = []
    await broker.client.hear("direct.f", heard.append)
    await broker.client.send("direct.f", "tëxt".encode(), {"ce-id": "a-1", "ce-type": "ü"}, "answers")
    await eventually(lambda: heard)
    message = heard[0]
    assert (message.data.decode(), message.reply, message.header("ce-id")) == ("tëxt", "answers", "a-1")
    assert message.header("ce-type") == "ü"


@pytest.mark.parametrize("value", ["a\r\nce-id: 2", "a\n", "a\r"])
async def test_a_header_with_a_line_break_is_refused(broker: Broker, value: str) -> None:
    with pytest.raises(BadHeaderError):
        await broker.client.send("direct.g", b"", {"ce-id": value})


async def test_the_servers_own_messages_have_a_status(broker: Broker) -> None:
    heard: list[Message] = []
    inbox = broker.client.new_inbox()
    await broker.client.hear(inbox, heard.append)
    await broker.client.publish("direct.nobody", b"", reply=inbox)
    await eventually(lambda: heard)
    assert heard[0].status == "503"


async def test_the_librarys_subscriptions_and_requests_go_on_beside_it(broker: Broker) -> None:
    async def reply(message: object) -> None:
        await broker.client.publish(message.reply, b"pong")  # type: ignore[attr-defined]

    await broker.client.hear("direct.b", lambda message: None)
    await broker.client.subscribe("direct.ask", cb=reply)
    assert (await broker.client.request("direct.ask", b"ping", timeout=5)).data == b"pong"


async def test_after_unsubscribing_nothing_comes(broker: Broker) -> None:
    heard: list[Message] = []
    subscription = await broker.client.hear("direct.c", heard.append)
    await subscription.unsubscribe()
    await broker.client.publish("direct.c", b"late")
    await broker.client.flush()
    assert heard == []


async def test_a_callback_that_raises_does_not_end_the_reading(broker: Broker) -> None:
    heard: list[bytes] = []

    def strict(message: Message) -> None:
        heard.append(message.data)
        if message.data == b"bad":
            raise ValueError("not this one")

    await broker.client.hear("direct.d", strict)
    for data in (b"bad", b"good"):
        await broker.client.publish("direct.d", data)
    await eventually(lambda: heard == [b"bad", b"good"])


async def test_interest_outlives_the_broker(tmp_path: Path) -> None:
    server = NatsServer(tmp_path)
    server.start()
    broker = await connect(server.url, "direct")
    heard: list[Message] = []
    back = asyncio.Event()
    broker.on_reconnect.append(back.set)
    try:
        await broker.client.hear("direct.e", heard.append)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await asyncio.wait_for(back.wait(), 15)
        await broker.client.publish("direct.e", b"still there")
        await eventually(lambda: len(heard) == 1)
    finally:
        await broker.close()
        server.stop()
