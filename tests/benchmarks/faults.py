"""How long it takes until all is well again after a process was killed."""

from __future__ import annotations

import asyncio
import itertools
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial

from tests.benchmarks.chats import Chat
from tests.support.installation import Installation
from tests.support.journal import Frame

PROBE_EVERY_S = 0.02
WELL_AGAIN_WITHIN_S = 60.0


async def worker_killed(one: Installation, chats: Sequence[Chat]) -> dict[str, float]:
    """Seconds from kill -9 of the conversations worker to the first `stored` of a message sent after it.

    `next_s` is the first of any shop, `all_shops_s` that of the shop that waited longest.
    """
    worker = one.process("conversations")
    waiting = {chat.visitor.shop for chat in chats}
    times: list[float] = []
    all_stored = asyncio.Event()

    def note(shop: str) -> None:
        if shop in waiting:
            waiting.discard(shop)
            times.append(time.monotonic() - killed)
            if not waiting:
                all_stored.set()

    worker.signal(signal.SIGKILL)
    killed = time.monotonic()
    probing = asyncio.create_task(_probe(chats, note))
    async with asyncio.timeout(WELL_AGAIN_WITHIN_S):
        await all_stored.wait()
    probing.cancel()
    return {"next_s": min(times), "all_shops_s": max(times)}


async def _probe(chats: Sequence[Chat], note: Callable[[str], None]) -> None:
    """Visitors speak one after another. As in a browser, what is answered `unavailable` is sent again."""
    for chat in itertools.cycle(chats):
        answer = chat.visitor.command("say", conversation=chat.conversation, text="Are you still there?")
        answer.add_done_callback(partial(_on_answer, chat.visitor.shop, note))
        await asyncio.sleep(PROBE_EVERY_S)


def _on_answer(shop: str, note: Callable[[str], None], answer: asyncio.Future[Frame]) -> None:
    if not answer.cancelled() and answer.exception() is None:
        note(shop)


async def gateway_killed(one: Installation, chats: Sequence[Chat]) -> float:
    """Seconds from kill -9 of the first gateway until each of its visitors has heard what was said meanwhile.

    The operators sit at the second gateway; each says one thing in every chat right after the kill.
    """
    text = f"after {time.monotonic_ns()}"
    heard: dict[str, float] = {}
    all_heard = asyncio.Event()

    def on_event(event: Frame) -> None:
        if event.get("text") == text:
            heard.setdefault(event["conversation"], time.monotonic())
            if len(heard) == len(chats):
                all_heard.set()

    for chat in chats:
        chat.visitor.on_event = on_event
    one.kill("gateway", 0)
    killed = time.monotonic()
    for chat in chats:
        chat.operator.command("say", conversation=chat.conversation, text=text)
    async with asyncio.timeout(WELL_AGAIN_WITHIN_S):
        await all_heard.wait()
    return max(heard.values()) - killed
