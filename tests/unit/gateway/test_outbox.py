"""What waits to be sent: joined, bounded, closed in order."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import msgspec
import pytest

from services.gateway.sockets import outbox as module
from services.gateway.sockets.outbox import MAX_FRAMES, Outbox


class Network:
    """Takes messages while it is open; a send to a full one waits."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.closed: tuple[int, str] | None = None
        self.room = asyncio.Event()
        self.room.set()
        self.gone = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if self.gone:
            raise OSError("gone")
        if message["type"] == "websocket.close":
            self.closed = (message["code"], message["reason"])
            return
        self.sent.append(message["text"])
        await self.room.wait()

    @property
    def frames(self) -> list[Any]:
        out: list[Any] = []
        for text in self.sent:
            said = msgspec.json.decode(text)
            out += said if isinstance(said, list) else [said]
        return out


@pytest.fixture
def network() -> Network:
    return Network()


async def test_frames_of_one_turn_are_joined(network: Network) -> None:
    box = Outbox(network.send)
    for number in range(3):
        box.put(f'{{"n":{number}}}')
    await box.drained()
    box.put('{"n":3}')
    await box.drained()
    assert network.sent == ['[{"n":0},{"n":1},{"n":2}]', '{"n":3}']


async def test_joined_frames_stay_small(network: Network) -> None:
    box = Outbox(network.send)
    for _ in range(100):
        box.put('"' + "x" * 3_000 + '"')
    await box.drained()
    assert len(network.frames) == 100
    assert all(len(text) <= 65_600 for text in network.sent)


async def test_reader_that_lags_is_closed(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    box = Outbox(network.send)
    network.room.clear()
    box.put('{"n":0}')
    await asyncio.sleep(0)
    for number in range(MAX_FRAMES + 1):
        box.put(f'{{"n":{number}}}')
    assert not box.open
    network.room.set()
    await box.drained()
    assert network.closed == (4503, "too slow a reader")
    assert len(network.sent) == 1


async def test_burst_is_forgiven_for_a_moment(network: Network) -> None:
    box = Outbox(network.send)
    network.room.clear()
    box.put('{"n":0}')
    await asyncio.sleep(0)
    for number in range(1, 500):
        box.put(f'{{"n":{number}}}')
    network.room.set()
    await box.drained()
    assert [frame["n"] for frame in network.frames] == list(range(500))


async def test_only_the_newest_state_is_sent_to_a_slow_reader(network: Network) -> None:
    box = Outbox(network.send)
    network.room.clear()
    box.show('{"desk":0}')
    await asyncio.sleep(0)
    for number in range(1, 1_000):
        box.show(f'{{"desk":{number}}}')
    network.room.set()
    await box.drained()
    assert network.frames == [{"desk": 0}, {"desk": 999}]


async def test_held_frames_go_after_the_first(network: Network) -> None:
    box = Outbox(network.send)
    box.hold()
    box.put('"event"')
    await asyncio.sleep(0)
    assert network.sent == []
    box.release('"welcome"')
    await box.drained()
    assert network.frames == ["welcome", "event"]


async def test_what_was_queued_before_a_close_is_sent(network: Network) -> None:
    box = Outbox(network.send)
    box.put('"last words"')
    box.close(1012, "restarting")
    box.put('"too late"')
    await box.drained()
    assert network.frames == ["last words"]
    assert network.closed == (1012, "restarting")


async def test_lost_connection_wakes_who_waits(network: Network) -> None:
    box = Outbox(network.send)
    network.gone = True
    box.put('"x"')
    await asyncio.wait_for(box.drained(), 1)
    assert box.closed
    network.gone = False
    box.put('"y"')
    assert network.sent == []


class DirectNetwork(Network):
    """The same, with the short cut while it is open."""

    @property
    def ready(self) -> bool:
        return self.room.is_set() and not self.gone

    def write_text(self, text: str) -> None:
        assert self.ready
        self.sent.append(text)


async def test_short_cut_and_waiting_send_keep_the_order() -> None:
    network = DirectNetwork()
    box = Outbox(network.send, network)
    box.put("0")
    await box.drained()
    network.room.clear()
    for number in range(1, 200):
        box.put(str(number))
        if number % 50 == 0:
            await asyncio.sleep(0)
    network.room.set()
    await box.drained()
    box.put("200")
    box.close(1012, "restarting")
    await box.drained()
    assert network.frames == list(range(201))
    assert network.closed == (1012, "restarting")
