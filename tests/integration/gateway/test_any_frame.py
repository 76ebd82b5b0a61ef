"""Frames of the right shape with wrong things in them, and of no shape at all: a clear answer, never a crash."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.sockets.frames import BY_DIRECTION
from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import Raw, opened
from tests.support.waiting import eventually

EXAMPLES = 40
MOST_FRAMES = 12

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=50)
    | st.sampled_from(["", "\x00", "x" * 5_000, "🙂", "../..", "' OR 1=1 --", "{{7*7}}", "<script>", str(uuid4())])
)
anything = st.recursive(
    scalars, lambda of: st.lists(of, max_size=4) | st.dictionaries(st.text(max_size=10), of), max_leaves=6
)


def frames_of(direction: str, conversation: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any frame that a client may send, each of its fields right or wrong or missing."""
    likely: dict[str, st.SearchStrategy[Any]] = {
        "id": st.uuids().map(str) | anything,
        "conversation": st.just(conversation) | st.uuids().map(str) | anything,
        "text": st.text(max_size=200) | anything,
        "upto": st.integers(0, 10) | anything,
        "after": st.integers(0, 10) | anything,
    }

    def shaped(frame: Any) -> st.SearchStrategy[dict[str, Any]]:
        fields = {name: likely.get(name, anything) for name in frame.__struct_fields__}
        tag = frame.__struct_config__.tag
        return st.fixed_dictionaries({"type": st.just(tag)}, optional={**fields, "more": anything})

    return st.one_of([shaped(frame) for frame in BY_DIRECTION[direction]])


async def heard(raw: Raw, frames: list[dict[str, Any]]) -> None:
    """Sends them; the gateway is through with them once it answers what stands behind, or has closed."""
    for frame in frames:
        raw.send(frame)
    last = uuid4().hex
    raw.send({"type": "say", "id": last})
    await raw.wait_for(lambda: raw.code is not None or any(f.get("id") == last for f in raw.frames))
    assert raw.code in (None, 1008, 1009, 4429), raw.code
    for frame in raw.frames:
        assert frame["type"] != "rejected" or frame["code"] != "unavailable", frame


async def sockets_open(shop: Shop) -> float:
    async with httpx.AsyncClient(base_url=shop.a) as client:
        lines = (await client.get("/metrics")).text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("shopbell_gateway_sockets{"))


@pytest.mark.feature("C6")
@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("who", ["visitor", "operator"])
async def test_no_frame_brings_a_gateway_down_or_stays_unanswered(shop: Shop, who: str) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    before = await sockets_open(shop)
    assert before >= 1
    loop = asyncio.get_running_loop()

    async def one(frames: list[dict[str, Any]]) -> None:
        if who == "visitor":
            async with opened(shop.visitor_url()) as raw:
                await raw.hello()
                await heard(raw, frames)
        else:
            async with opened(f"{shop.a}/v1/operator", Cookie=shop.cookie, Origin=shop.a) as raw:
                await raw.hello()
                await heard(raw, frames)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(frames=st.lists(frames_of(f"{who}_sends", here), min_size=1, max_size=MOST_FRAMES))
    def any_frames(frames: list[dict[str, Any]]) -> None:
        asyncio.run_coroutine_threadsafe(one(frames), loop).result()

    await asyncio.to_thread(any_frames)

    async def all_gone() -> bool:
        return await sockets_open(shop) <= before

    await eventually(all_gone, 30.0, "an end of the sockets")
    if who == "visitor":  # an operator may have ended or handed over anything
        await visitor.say_here("Still here?")
        await operator.wait_for(lambda: operator.inbox.first(here, text="Still here?"))
