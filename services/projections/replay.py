"""Replays the whole log into fresh tables, in as many processes as there are processors."""

import asyncio
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

import uvloop

from contracts import subjects
from services.common.database import open_pool
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.projections import fresh
from services.projections.projection import HistoryProjection, Step

PAGE: Final = 10_000
MOST_PROCESSES: Final = 4
BUSY_SECONDS: Final = 0.05
WATCH_SECONDS: Final = 0.2

GC_THRESHOLDS: Final = (50_000, 20, 100)
"""A page makes tens of thousands of objects that live as long as it does: looking through them doubled the cost."""

Upto = Mapping[int, int]


class ReplayFailed(Exception):
    """One of the processes did not come to its end."""


async def open_projection(
    settings: Settings, stack: AsyncExitStack, *, page: int = PAGE, bulk: bool
) -> HistoryProjection:
    """A projection into the fresh tables; its connections are closed with `stack`."""
    pools = []
    for database, options in (("log", ""), ("read", fresh.OPTIONS), ("keys", "")):
        pool = await open_pool(settings.dsn_of(database), "shopbell-rebuild", max_size=2, options=options)
        stack.push_async_callback(pool.close)
        pools.append(pool)
    keys = KeyStore(pools[2], MasterKey.load(settings))
    return HistoryProjection(pools[0], pools[1], keys, page=page, bulk=bulk)


async def replay(projection: HistoryProjection, upto: Upto) -> None:
    """Bring all partitions to their ids of `upto`. What another process is at is left to it until it pauses."""
    unfinished = dict(upto)
    while unfinished:
        busy = True
        for partition, last in list(unfinished.items()):
            step = await projection.advance(partition, last)
            while step is Step.MORE:
                step = await projection.advance(partition, last)
            if step is Step.CAUGHT_UP:
                del unfinished[partition]
                busy = False
        if busy:
            await asyncio.sleep(BUSY_SECONDS)


async def replay_in_processes(settings: Settings, upto: Upto, watch: Callable[[], Any]) -> None:
    """The same in several processes; `watch` is awaited from time to time. Raises what made one of them fail."""
    context = multiprocessing.get_context("spawn")
    failures = context.SimpleQueue()
    count = max(1, min(MOST_PROCESSES, os.cpu_count() or 1, subjects.PARTITIONS))
    processes = [
        context.Process(target=_replay_alone, args=(settings, dict(upto), failures), daemon=True) for _ in range(count)
    ]
    try:
        for process in processes:
            process.start()
        while any(process.is_alive() for process in processes):
            await asyncio.sleep(WATCH_SECONDS)
            await watch()
            if any(process.exitcode for process in processes):
                raise failures.get() if not failures.empty() else ReplayFailed("A process of the rebuild was killed.")
    finally:
        for process in processes:
            if process.is_alive():
                process.kill()
            process.join()


def _replay_alone(settings: Settings, upto: Upto, failures: Any) -> None:
    """What one process does. Ctrl-C reaches it through its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        uvloop.run(_replay(settings, upto))
    except Exception as error:
        failures.put(error)
        raise SystemExit(1) from error


async def _replay(settings: Settings, upto: Upto) -> None:
    async with AsyncExitStack() as stack:
        projection = await open_projection(settings, stack, bulk=True)
        await replay(projection, upto)
