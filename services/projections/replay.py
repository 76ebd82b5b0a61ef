"""Replays the whole log into fresh tables, in as many processes as there are processors.

Rows of a conversation follow from its own events alone. So conversations are dealt out to the processes by their ids,
and one busy shop, which is all in one partition, keeps all of them busy.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

import uvloop

from services.common.database import open_pool
from services.common.following import Step
from services.common.key_store import KeyStore
from services.common.log_pages import Share
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.projections import fresh
from services.projections.paging import LIVE_PAGE
from services.projections.projection import HistoryProjection

PAGE: Final = 10_000
MOST_PROCESSES: Final = 4
WATCH_SECONDS: Final = 0.2

GC_THRESHOLDS: Final = (50_000, 20, 100)
"""A page makes tens of thousands of objects that live as long as it does: looking through them doubled the cost."""

Upto = Mapping[int, int]


class RebuildFailed(Exception):
    """Nothing has changed; the message is one sentence for a person."""


async def open_projection(
    settings: Settings, stack: AsyncExitStack, *, page: int = LIVE_PAGE, share: Share | None = None
) -> HistoryProjection:
    """A projection into the fresh tables; its connections are closed with `stack`."""
    pools = []
    for database, options in (("log", ""), ("read", fresh.OPTIONS), ("keys", "")):
        pool = await open_pool(settings.dsn_of(database), "shopbell-rebuild", max_size=2, options=options)
        stack.push_async_callback(pool.close)
        pools.append(pool)
    keys = KeyStore(pools[2], MasterKey.load(settings))
    return HistoryProjection(pools[0], pools[1], keys, page=page, share=share)


def shares() -> list[Share]:
    """One for each process that is worth having here."""
    count = max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
    return [Share(number, count) for number in range(count)]


async def replay(projection: HistoryProjection, upto: Upto) -> None:
    """Bring all partitions to their ids of `upto`."""
    for partition, last in upto.items():
        while await projection.advance(partition, last) is Step.MORE:
            pass


async def replay_in_processes(settings: Settings, upto: Upto, watch: Callable[[], Any]) -> None:
    """The same in several processes; `watch` is awaited from time to time. Raises what made one of them fail."""
    context = multiprocessing.get_context("spawn")
    failures = context.SimpleQueue()
    processes = [
        context.Process(target=_replay_alone, args=(settings, dict(upto), share, failures), daemon=True)
        for share in shares()
    ]
    try:
        for process in processes:
            process.start()
        while any(process.is_alive() for process in processes):
            await asyncio.sleep(WATCH_SECONDS)
            await watch()
            if any(process.exitcode for process in processes):
                raise (
                    failures.get()
                    if not failures.empty()
                    else RebuildFailed("A process of the rebuild was killed; nothing has changed.")
                )
    finally:
        for process in processes:
            if process.is_alive():
                process.kill()
            process.join()


def _replay_alone(settings: Settings, upto: Upto, share: Share, failures: Any) -> None:
    """What one process does. Ctrl-C reaches it through its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        uvloop.run(_replay(settings, upto, share))
    except Exception as error:
        failures.put(error)
        raise SystemExit(1) from error


async def _replay(settings: Settings, upto: Upto, share: Share) -> None:
    async with AsyncExitStack() as stack:
        projection = await open_projection(settings, stack, page=PAGE, share=share)
        await replay(projection, upto)
