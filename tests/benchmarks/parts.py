"""The parts of the bench that drive the product: each starts an installation and returns its figures."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.benchmarks import archive, copying, product
from tests.benchmarks import desk as the_desk
from tests.benchmarks import past as a_past
from tests.benchmarks import timers as the_timers
from tests.benchmarks import votes as the_votes
from tests.benchmarks import widget as the_widget
from tests.benchmarks.chats import Chat, Chats
from tests.benchmarks.faults import gateway_killed, worker_killed
from tests.benchmarks.load import Traffic
from tests.support.installation import Installation
from tests.support.seed_log import OPEN_AT_ONCE
from tests.support.waiting import wait_until

Figures = dict[str, float]

SHOPS = 8
SPARE_CHANNELS = 10
FEW, MANY = 50, 500
RATES_PER_S = (10, 200, 1000)
OPEN_LOOP_S = {10: 10.0, 200: 5.0, 1000: 5.0}
QUIET_S = 3.0
"""What memory is given to settle before it is weighed."""


@dataclass(frozen=True)
class Plan:
    """How much of everything. `seconds`: of one closed loop."""

    seconds: float = 5.0
    crowd: int = 10_000
    past_events: int = 1_000_000
    conversations: int = 1_000_000
    mails: int = 3_000
    timers: int = 1_000_000
    pushes: int = 10_000


@asynccontextmanager
async def desks(one: Installation, chats_in_all: int, *, at: str = "") -> AsyncIterator[Chats]:
    """New shops on a running installation, each with an operator and enough channels for its share of the chats."""
    chats = Chats(await product.make_shops(one, SHOPS), one.base_urls)
    await chats.open_desks(chats_in_all // SHOPS + SPARE_CHANNELS, at=at)
    try:
        yield chats
    finally:
        await chats.close()


async def speed(one: Installation, plan: Plan) -> Figures:
    """Closed loops with few and many chats, then open loops."""
    async with desks(one, MANY) as chats:
        few = await chats.open(FEW)
        figures = {f"closed_{FEW}_per_s": await Traffic(few).closed_loop(plan.seconds)}
        await chats.open(MANY - FEW)
        return figures | await _both_loops(chats.chats, plan.seconds)


async def clear(one: Installation, plan: Plan) -> Figures:
    """The closed loop of many chats on an installation that leaves personal data as it is."""
    async with desks(one, MANY) as chats:
        await chats.open(MANY)
        if not await asyncio.to_thread(product.log_is_clear, one):
            raise RuntimeError("personal data is sealed all the same: nothing would be compared")
        return {f"clear_closed_{MANY}_per_s": await Traffic(chats.chats).closed_loop(plan.seconds)}


async def history(one: Installation, plan: Plan) -> Figures:
    """Lists and searches among a million conversations."""
    return await archive.measure(one, plan.conversations)


async def desk(one: Installation, _plan: Plan) -> Figures:
    """The dashboard in a browser."""
    return await the_desk.measure(one)


async def widget(one: Installation, _plan: Plan) -> Figures:
    """What the widget costs a shop's page, in a browser."""
    return await the_widget.measure(one)


async def votes(one: Installation, _plan: Plan) -> Figures:
    """Ten thousand votes at once."""
    return await the_votes.measure(one)


async def timers(one: Installation, plan: Plan) -> Figures:
    """Review mails that are to come."""
    return await the_timers.measure(one, plan.timers)


async def _both_loops(chats: list[Chat], seconds: float) -> Figures:
    traffic = Traffic(chats)
    figures = {f"closed_{len(chats)}_per_s": await traffic.closed_loop(seconds)}
    for rate in RATES_PER_S:
        found = await traffic.open_loop(rate, OPEN_LOOP_S[rate])
        figures |= {f"at_{rate}_{name}": found[name] for name in ("p50_ms", "p99_ms")}
    figures |= {"refused": float(sum(traffic.refused.values())), "repaired": float(traffic.repaired)}
    return figures


async def crowd(one: Installation, plan: Plan) -> Figures:
    """10,000 quiet visitors with open chats on the first gateway: their weight, and speed beside them."""
    async with desks(one, FEW + plan.crowd + MANY) as chats:
        gateway = one.process("gateway", 0).pid
        await chats.open(FEW)
        before = await _settled_kib(gateway)
        await chats.open(plan.crowd, routes=[one.base_urls[:1]])
        figures = {"idle_visitor_kib": (await _settled_kib(gateway) - before) / plan.crowd}
        talkers = await chats.open(MANY)
        crowded = await _both_loops(talkers, plan.seconds)
        figures |= {f"crowd_{name}": value for name, value in crowded.items()}
        figures["crowd_tree_mib"] = product.tree_pss_mib(one)
        return figures | {f"crowd_worker_killed_{k}": v for k, v in (await worker_killed(one, talkers)).items()}


async def faults(one: Installation, plan: Plan) -> Figures:
    """1,000 chats: the tree's weight; then the worker is killed, and a gateway with all visitors."""
    first, second = one.base_urls
    async with desks(one, 2 * MANY, at=second) as chats:
        await chats.open(2 * MANY, routes=[[first, second]])
        await asyncio.sleep(QUIET_S)
        figures = {"tree_1000_mib": product.tree_pss_mib(one)}
        figures |= {f"worker_killed_{k}": v for k, v in (await worker_killed(one, chats.chats)).items()}
        await asyncio.to_thread(one.wait_until_ready)
        figures["gateway_killed_s"] = await gateway_killed(one, chats.chats)
        return figures


async def past(one: Installation, plan: Plan) -> Figures:
    """A million events in the log: speed, rebuild, and a takeover of a long desk with 10,000 open chats."""
    events = await asyncio.to_thread(a_past.seed, one, plan.past_events)
    await asyncio.to_thread(one.stop)
    await asyncio.to_thread(one.start)
    figures = {"past_events": float(events), "past_relayed_per_s": events / await a_past.caught_up(one)}
    async with desks(one, MANY) as chats:
        found = await _both_loops(await chats.open(MANY), plan.seconds)
        figures |= {f"past_{name}": value for name, value in found.items()}
    figures["rebuild_per_s"] = events / await asyncio.to_thread(a_past.rebuild_seconds, one)
    figures["copied_per_s"] = events / await copying.seconds(one.settings, one.home)
    return figures | await _long_desk(one, plan.crowd)


async def _long_desk(one: Installation, crowd: int) -> Figures:
    figures = {"long_desk_events": float(await asyncio.to_thread(a_past.desk_events, one, a_past.OWNER.id))}
    chats = Chats([a_past.OWNER], one.base_urls)
    await chats.open_desks(crowd + OPEN_AT_ONCE)
    try:
        opened = await chats.open(crowd)
        killed = await worker_killed(one, opened[:MANY])
        return figures | {f"long_desk_worker_killed_{name}": value for name, value in killed.items()}
    finally:
        await chats.close()


def start_seconds(one: Installation) -> float:
    """From `make run` to the line that says it is ready, on an empty folder."""
    one.home.mkdir(parents=True)
    output = one.home / "run.out"
    started = time.monotonic()
    with output.open("wb") as file:
        process = subprocess.Popen(
            ["make", "run"], env=one.environment, stdout=file, stderr=file, stdin=subprocess.DEVNULL
        )
    try:
        wait_until(lambda: b"Shopbell is ready" in output.read_bytes(), 60, what="`make run`")
        return time.monotonic() - started
    finally:
        process.terminate()
        process.wait(60)


async def _settled_kib(pid: int) -> int:
    await asyncio.sleep(QUIET_S)
    return product.pss_kib(pid)
