"""One socket's place in a conversation: whatever comes in whatever order, it forwards each event once and in order."""

import asyncio
import json
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from contracts.sockets.visitor import visitor_decoder
from services.gateway.batching import Batcher
from services.gateway.live.catching_up import CatchingUp
from services.gateway.live.following import Follow, Listener
from services.gateway.sockets.incoming import BadFrame, read


class Client:
    """Stands for a socket."""

    audience = 0

    def __init__(self) -> None:
        self.got: list[int] = []
        self.outbox: Any = self

    def put(self, frame: str) -> None:
        self.got.append(int(frame))


class Log:
    """A log of `head` events, read at once."""

    def __init__(self, head: int) -> None:
        self.head = head
        self.readers: list[Follow] = []

    async def run(self, follow: Follow) -> None:
        self.readers.append(follow)

    def read_up(self) -> None:
        for follow in self.readers:
            follow.task = None
            for seq in range(follow.last + 1, self.head + 1):
                follow.last = seq
                follow.listener.outbox.put(str(seq))
        self.readers.clear()


@given(st.lists(st.integers(1, 12) | st.none(), max_size=60), st.integers(0, 5))
def test_any_order_of_live_events_and_reading_up_gives_each_once(arrivals: list[int | None], after: int) -> None:
    async def run() -> None:
        client, log = Client(), Log(12)
        follow = Follow("demo", "c", after, cast(Listener, client), cast(CatchingUp, log))
        for seq in arrivals:
            if seq is None:
                await asyncio.sleep(0)
                log.read_up()
            else:
                follow.offer(seq, (str(seq), ""))
        assert client.got == list(range(after + 1, after + 1 + len(client.got)))
        await asyncio.sleep(0)
        log.read_up()
        newest = max((seq for seq in arrivals if seq is not None), default=0)
        assert client.got[-1:] == [] or client.got[-1] >= min(newest, 12)

    asyncio.run(run())


async def test_batcher_asks_once_for_all_that_came_up_meanwhile() -> None:
    asked: list[list[int]] = []
    go_on = asyncio.Event()

    async def load(keys: list[int]) -> dict[int, int]:
        asked.append(keys)
        await go_on.wait()
        return {key: key * 10 for key in keys if key != 3}

    batcher = Batcher(load)
    tasks = [asyncio.create_task(batcher.get(1))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(batcher.get(key)) for key in (2, 3, 2)]
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(*tasks) == [10, 20, None, 20]
    assert asked == [[1], [2, 3]]


async def test_batcher_passes_the_error_on_and_goes_on() -> None:
    async def load(keys: list[int]) -> dict[int, int]:
        if 0 in keys:
            raise OSError("away")
        return {}

    batcher = Batcher(load)
    [failed] = await asyncio.gather(batcher.get(0), return_exceptions=True)
    assert isinstance(failed, OSError)
    assert await batcher.get(1) is None


MEMBERS = st.sampled_from(["type", "id", "conversation", "text"]) | st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(), lambda some: st.lists(some) | st.dictionaries(MEMBERS, some)
)


@given(st.text(max_size=300) | JSON.map(json.dumps))
def test_anything_is_a_frame_or_a_bad_frame_that_names_no_wrong_id(text: str) -> None:
    id_ = _id_if_bad(text)
    assert id_ is None or 8 <= len(id_) <= 64


def _id_if_bad(text: str) -> str | None:
    try:
        read(visitor_decoder, text)
    except BadFrame as bad:
        return bad.id
    return None
