"""Replays the whole log into fresh tables of history, in as many processes as there are processors.

Rows of a conversation follow from its own events alone. So conversations are dealt out to the processes by their ids,
and one busy shop, which is all in one partition, keeps all of them busy.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
from contextlib import AsyncExitStack
from typing import Any, Final

import uvloop

from contracts import subjects
from services.common.database import open_pool
from services.common.following import Step
from services.common.key_store import KeyStore
from services.common.log_pages import Share
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.projections import tables
from services.projections.fresh import Connection, FreshTables
from services.projections.paging import LIVE_PAGE, Projection
from services.projections.plan import Plan, RebuildFailed, Upto, Watch
from services.projections.projection import HISTORY, HistoryProjection, positions_of

PAGE: Final = 10_000
MOST_PROCESSES: Final = 4
WATCH_SECONDS: Final = 0.2

GC_THRESHOLDS: Final = (50_000, 20, 100)
"""A page makes tens of thousands of objects that live as long as it does: looking through them doubled the cost."""

TABLES: Final = FreshTables(
    projection=HISTORY,
    tables=tables.TABLES,
    without_key=("rm_message",),  # the events of conversations only ever grow
    kept_up=(  # for what is erased and what is too old
        "rm_conversation_by_person",
        "rm_conversation_archived",
        "rm_offline_message_by_person",
        "rm_offline_message_by_time",
    ),
)
_REMOVE_ORPHANS: Final = """
    DELETE FROM rm_message AS message
    WHERE NOT EXISTS (SELECT FROM rm_conversation WHERE id = message.conversation)
"""


async def open_projection(
    settings: Settings, stack: AsyncExitStack, *, page: int = LIVE_PAGE, share: Share | None = None
) -> HistoryProjection:
    """A projection into the fresh tables; its connections are closed with `stack`."""
    pools = []
    for database, options in (("log", ""), ("read", TABLES.options), ("keys", "")):
        pool = await open_pool(settings.dsn_of(database), "shopbell-rebuild", max_size=2, options=options)
        stack.push_async_callback(pool.close)
        pools.append(pool)
    keys = KeyStore(pools[2], MasterKey.load(settings))
    return HistoryProjection(pools[0], pools[1], keys, page=page, share=share)


def shares() -> list[Share]:
    """One for each process that is worth having here."""
    count = max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
    return [Share(number, count) for number in range(count)]


async def replay(projection: Projection, upto: Upto) -> None:
    """Bring all partitions to their ids of `upto`."""
    for partition, last in upto.items():
        while await projection.advance(partition, last) is Step.MORE:
            pass


async def complete_rows(connection: Connection) -> None:
    """Remove the events of conversations that were deleted while their table had no index, and give it its key."""
    await connection.execute(_REMOVE_ORPHANS)
    await TABLES.add_primary_key(connection, "rm_message")


async def replay_in_processes(settings: Settings, connection: Connection, upto: Upto, watch: Watch) -> None:
    """The same in several processes. Raises what made one of them fail."""
    of_shares = [positions_of(share) for share in shares()]
    for positions in of_shares:
        await positions.create(connection)
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
            reached = [sum((await positions.read_all(connection)).values()) for positions in of_shares]
            await watch(sum(reached) // len(of_shares))
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


def _counted(numbers: list[int]) -> str:
    return f"{numbers[0]:,} conversations with {numbers[1]:,} events and {numbers[2]:,} offline messages"


PLAN: Final = Plan(
    log=subjects.CONVERSATIONS,
    tables=TABLES,
    keys={
        "rm_conversation": ("id",),
        "rm_message": ("conversation", "seq"),
        "rm_offline_message": ("id",),
        "rm_canned_reply": ("shop", "id"),
        "rm_block": ("shop", "visitor"),
        "rm_shop": ("id",),
        "rm_change": ("shop", "seq", "number"),
    },
    as_written={"rm_shop": ["topic", "state"]},  # it may be an older release that wrote than the one that compares
    counted=_counted,
    open=open_projection,
    replay=replay_in_processes,
    complete=complete_rows,
)
