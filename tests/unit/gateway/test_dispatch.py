"""Commands on their way, and everything that is counted or timed around them."""

import asyncio
from typing import Any, cast

import nats.errors
import pytest
from msgspec.json import decode

from contracts.answers import Answer, Rejected, Stored, encode_answers
from contracts.conversations.commands import GoOffline
from contracts.desks import Leases
from services.common.broker import Broker
from services.gateway import dispatch as module
from services.gateway.dispatch import Dispatch
from services.gateway.live.leases import LeaseKeeper
from services.gateway.sockets.storm import Storm


class FakeClient:
    """Keeps what was published."""

    def __init__(self) -> None:
        self.published: list[tuple[str, bytes]] = []
        self.full = self.narrow = False
        self.heard: Any = None

    async def publish(self, subject: str, payload: bytes) -> None:
        if self.full:
            raise nats.errors.OutboundBufferLimitError
        if self.narrow:
            raise nats.errors.MaxPayloadError
        self.published.append((subject, payload))

    async def hear(self, _subject: str, heard: Any) -> None:
        self.heard = heard


class FakeBroker:
    """A connection, or none."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.connected = True


class FakeMessage:
    def __init__(self, *answers: Answer) -> None:
        self.data = encode_answers(list(answers))


@pytest.fixture
def broker() -> FakeBroker:
    return FakeBroker()


@pytest.fixture
def answered() -> list[tuple[Any, Answer]]:
    return []


def command(dispatch: Dispatch) -> GoOffline:
    return GoOffline(
        id="command-1", shop="demo", sender_kind="operator", sender="o_1", gateway="gw", n=dispatch.next_number()
    )


async def test_answers_find_who_asked_whatever_their_order(broker: FakeBroker, answered: list[Any]) -> None:
    dispatch = Dispatch(cast(Broker, broker), "gw")
    await dispatch.start()
    for name in ("first", "second"):
        await dispatch.send(command(dispatch), lambda *both: answered.append(both), name)
    broker.client.heard(FakeMessage(Stored(n=2, seq=7), Stored(n=1, seq=6), Stored(n=99, seq=1)))
    broker.client.heard(FakeMessage(Stored(n=1, seq=6)))
    assert [(name, answer.seq) for name, answer in answered] == [("second", 7), ("first", 6)]
    assert dispatch.waiting == 0
    assert {subject.rpartition(".")[2] for subject, _ in broker.client.published} == {"go_offline"}


async def test_command_that_the_broker_does_not_take_for_its_size_is_too_long(broker: FakeBroker) -> None:
    dispatch = Dispatch(cast(Broker, broker), "gw")
    broker.client.narrow = True
    assert cast(Rejected, await dispatch.ask(command(dispatch))).code == "too_long"
    assert dispatch.waiting == 0


async def test_without_a_broker_or_with_a_full_one_a_command_is_unavailable_at_once(
    broker: FakeBroker, answered: list[Any]
) -> None:
    dispatch = Dispatch(cast(Broker, broker), "gw")
    broker.client.full = True
    await dispatch.send(command(dispatch), lambda *both: answered.append(both), "full")
    broker.connected = False
    await dispatch.send(command(dispatch), lambda *both: answered.append(both), "away")
    for _, answer in answered:
        assert isinstance(answer, Rejected)
        assert answer.code == "unavailable"
        assert answer.retry_after
    assert len(answered) == 2
    assert dispatch.waiting == 0


async def test_unanswered_command_is_given_up(
    broker: FakeBroker, answered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(module, "SWEEP_SECONDS", 0.01)
    dispatch = Dispatch(cast(Broker, broker), "gw")
    sweeping = asyncio.create_task(dispatch.run())
    answer = await asyncio.wait_for(dispatch.ask(command(dispatch)), 2)
    assert isinstance(answer, Rejected)
    assert answer.code == "unavailable"
    sweeping.cancel()


async def test_leases_name_everybody_once_and_nobody_who_left(broker: FakeBroker) -> None:
    keeper = LeaseKeeper(cast(Broker, broker), "gw")
    conversation = "4ead9489-79a5-5125-94bd-86cc72d2ada5"
    keeper.visitor_came("demo", conversation)
    keeper.visitor_came("demo", conversation)
    keeper.operator_came("demo", "o_1")
    keeper.visitor_left("demo", conversation)
    await keeper.send_all()
    keeper.visitor_left("demo", conversation)
    keeper.operator_left("demo", "o_1")
    await keeper.send_all()
    first, last = (decode(payload, type=Leases) for _, payload in broker.client.published)
    assert [str(one.conversation) for one in first.visitors] == [conversation]
    assert [one.operator for one in first.operators] == ["o_1"]
    assert not last.visitors
    assert not last.operators


async def test_storm_lets_so_many_in_and_says_how_long_the_first_has_waited() -> None:
    now = [0.0]
    storm = Storm(2, lambda: now[0])
    leave = asyncio.Event()

    async def visit() -> None:
        async with storm.turn():
            await leave.wait()

    visits = [asyncio.create_task(visit()) for _ in range(4)]
    await asyncio.sleep(0)
    now[0] = 1.0
    assert storm.backlog_seconds == 1.0
    assert not storm.overrun
    now[0] = 2.5
    assert storm.overrun
    leave.set()
    await asyncio.gather(*visits)
    assert storm.backlog_seconds == 0.0
