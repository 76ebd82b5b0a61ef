"""The tests' own client keeps the client's side of the protocol: order, gaps, resending, coming back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import journal
from tests.support.fake_gateway import CONVERSATION, FakeGateway, fake_gateway
from tests.support.journal import Journal
from tests.support.protocol_client import RejectedError, Visitor


class Hasty:
    """Chance that never waits."""

    def uniform(self, low: float, high: float) -> float:
        return 0.0


@pytest.fixture
async def gateway() -> AsyncIterator[FakeGateway]:
    async with fake_gateway() as fake:
        yield fake


@pytest.fixture
async def visitor(gateway: FakeGateway) -> AsyncIterator[Visitor]:
    one = Visitor([gateway.url], "demo", persistent=True, journal=Journal(), chance=Hasty())
    await one.connect()
    await one.start("first")
    yield one
    await one.close()


async def test_a_message_is_stored_and_delivered(visitor: Visitor) -> None:
    stored = await visitor.say_here("second")
    assert stored["seq"] == 2
    assert (await visitor.event(CONVERSATION, "message"))["text"] == "second"


async def test_a_skipped_event_is_asked_for_and_delivered_in_order(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.skip_events = 1
    await visitor.say_here("lost")
    await visitor.say_here("noticed")
    await visitor.wait_for(lambda: visitor.inbox.first(CONVERSATION, text="noticed"))
    assert visitor.inbox.texts(CONVERSATION) == ["lost", "noticed"]
    assert visitor.inbox.gaps == 1


async def test_the_last_event_lost_is_found_by_heads(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.skip_events = 1
    await visitor.say_here("the last word")
    await gateway.announce_heads()
    await visitor.event(CONVERSATION, "message")
    assert visitor.inbox.gaps == 0


async def test_a_repeated_event_is_delivered_once(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.repeat_events = 1
    await visitor.say_here("twice")
    await visitor.wait_for(lambda: visitor.inbox.doubles)
    assert visitor.inbox.texts(CONVERSATION) == ["twice"]


async def test_an_unanswered_command_is_sent_again_under_its_id(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.die_before_answer = True
    stored = await visitor.say_here("did it arrive?")
    assert stored["seq"] == 2
    says = [frame["id"] for frame in gateway.received if frame["type"] == "say"]
    assert len(says) == 2
    assert len(set(says)) == 1
    hello = [frame for frame in gateway.received if frame["type"] == "hello"][-1]
    assert hello["resume"]["conversation"] == CONVERSATION


async def test_unavailable_is_tried_again(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.refuse_next = "unavailable"
    assert (await visitor.say_here("patience"))["type"] == "stored"


async def test_a_refusal_is_raised(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.refuse_next = "too_long"
    with pytest.raises(RejectedError) as refused:
        await visitor.say_here("x")
    assert refused.value.code == "too_long"


async def test_the_journal_tells_what_happened_in_order(visitor: Visitor) -> None:
    assert visitor._journal is not None
    await visitor.wait_for(lambda: visitor.inbox.first(CONVERSATION, text="first"))
    whats = [entry.what for entry in visitor._journal.entries]
    assert whats[:2] == ["welcome", "sent"]
    assert set(whats[2:4]) == {"stored", "event"}


def test_a_torn_last_line_of_a_journal_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    book = Journal(path)
    book.note("v1", "sent", {"type": "say", "id": "a"})
    book.close()
    with path.open("ab") as file:
        file.write(b'{"t": 1.0, "who": "v1"')
    assert [entry.frame["id"] for entry in journal.read(path)] == ["a"]
