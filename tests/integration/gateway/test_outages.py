"""The broker or the database goes away: sockets stay, commands say so, and nothing is missed afterwards."""

import signal
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from tests.support.installation import Installation
from tests.support.protocol_client import Operator, RejectedError, Session, Visitor, put_settings, sign_in
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("gateway-outages")]

Chat = tuple[Visitor, Operator]


@pytest.fixture
async def chat(own_installation: Installation) -> AsyncIterator[Chat]:
    """A visitor and an operator in conversation, through two gateways."""
    own_installation.wait_until_ready()
    a, b = own_installation.base_urls
    cookie = await sign_in(a, own_installation.owner_email, own_installation.owner_password)
    await put_settings(a, cookie, own_installation.shop, limit=50)
    operator = Operator([b], cookie=cookie)
    await operator.connect()
    await operator.go_online(50)
    visitor = Visitor([a], own_installation.shop)
    await visitor.connect()
    await visitor.start("Good morning")
    for one in (visitor, operator):
        await one.event(visitor.conversation, "message")
    yield visitor, operator
    await visitor.close()
    await operator.close()


async def sees(one: Session, conversation: str, text: str) -> None:
    await one.wait_for(lambda: one.inbox.first(conversation, text=text), 25)


async def refusal(visitor: Visitor, text: str, **more: str) -> str | None:
    """The code with which a message is refused; None once it is stored."""
    try:
        await visitor.say(visitor.conversation, text, **more)
    except RejectedError as refused:
        return refused.code
    return None


async def say_until_stored(visitor: Visitor, text: str) -> None:
    """As a client does: the same command again until it is answered."""
    identical = f"again-{time.monotonic_ns()}"
    codes: set[str | None] = set()

    async def stored() -> bool:
        code = await refusal(visitor, text, id=identical)
        codes.add(code)
        return code is None

    await eventually(stored, 45)
    assert codes <= {"unavailable", None}


async def test_without_a_broker_commands_are_unavailable_at_once_and_go_on_afterwards(
    own_installation: Installation, chat: Chat
) -> None:
    visitor, operator = chat
    own_installation.process("nats").signal(signal.SIGKILL)
    await _unavailable_soon(visitor)
    await say_until_stored(visitor, "back again")
    for one in (operator, visitor):
        await sees(one, visitor.conversation, "back again")
    assert operator.inbox.texts(visitor.conversation) == visitor.inbox.texts(visitor.conversation)
    assert not visitor.close_codes
    assert not operator.close_codes
    await operator.go_offline()
    await visitor.wait_for(lambda: visitor.latest.get("availability", {}).get("state") == "form", 15)


async def _unavailable_soon(visitor: Visitor) -> None:
    """Somebody notices before the broker is back, unless it is back at once."""
    for number in range(20):
        started = time.monotonic()
        if await refusal(visitor, "into the void", id=f"void-{number:04d}") == "unavailable":
            assert time.monotonic() - started < 6
            return
    pytest.skip("the broker was back before anybody noticed")


async def test_paused_database_leaves_sockets_open_and_answers_in_the_end(
    own_installation: Installation, chat: Chat
) -> None:
    visitor, operator = chat
    database = own_installation.process("postgres")
    database.signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(RejectedError) as refused:
            await visitor.say_here("while it sleeps")
        assert refused.value.code == "unavailable"
        assert time.monotonic() - started < 8
    finally:
        database.signal(signal.SIGCONT)
    await say_until_stored(visitor, "awake")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="awake"), 25)
    assert not visitor.close_codes


async def test_killed_worker_is_waited_for(own_installation: Installation, chat: Chat) -> None:
    visitor, operator = chat
    own_installation.kill("conversations")
    await say_until_stored(visitor, "to the next one")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="to the next one"), 25)
    again = Visitor([own_installation.base_urls[1]], own_installation.shop, token=visitor.token)
    welcome = await again.connect()
    assert welcome["conversation"]["id"] == visitor.conversation
    await again.close()


async def test_conversation_is_found_while_it_has_no_owner(own_installation: Installation, chat: Chat) -> None:
    visitor, _ = chat
    worker = own_installation.process("conversations")
    worker.signal(signal.SIGSTOP)
    try:
        again = Visitor([own_installation.base_urls[1]], own_installation.shop, token=visitor.token)
        welcome = await again.connect()
        assert welcome["conversation"]["id"] == visitor.conversation
        assert welcome["conversation"]["status"] == "open"
        await again.event(visitor.conversation, "message")
        await again.close()
    finally:
        worker.signal(signal.SIGCONT)
    await say_until_stored(visitor, "awake again")


@pytest.mark.feature("D3")
@pytest.mark.parametrize("victim", ["nats", "postgres", "conversations"])
async def test_offline_message_is_kept_once_whatever_was_away(own_installation: Installation, victim: str) -> None:
    own_installation.wait_until_ready()
    gateway = own_installation.base_urls[0]
    cookie = await sign_in(gateway, own_installation.owner_email, own_installation.owner_password)
    async with httpx.AsyncClient(base_url=f"{gateway}/v1/shops/{own_installation.shop}", timeout=20) as http:
        fields = {"email": "zoe@shop.example", "message": f"While {victim} was away"}
        body = {"id": uuid4().hex, "ticket": (await http.get("/offline-form")).json()["ticket"], "fields": fields}
        own_installation.process(victim).signal(signal.SIGKILL)
        answers: list[int] = []

        async def kept() -> bool:
            answers.append((await http.post("/offline-messages", json=body)).status_code)
            return answers[-1] == 201

        await eventually(kept, 60, what="the message kept")
        assert set(answers) <= {201, 503}
        assert (await http.post("/offline-messages", json=body)).status_code == 201

        async def found() -> list[str]:
            answer = await http.get("/offline-messages", params={"q": f"{victim} away"}, headers={"Cookie": cookie})
            return [item["id"] for item in answer.json().get("items", [])]

        assert len(await eventually(found, 30, what="the message in the inbox")) == 1
