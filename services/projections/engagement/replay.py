"""How the read tables of engagement are made anew: by one reader, since some rows follow from several aggregates."""

from contextlib import AsyncExitStack
from typing import Final

from contracts import subjects
from services.common.database import open_pool
from services.common.following import Step
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.projections.engagement.projection import ENGAGEMENT, TABLES, EngagementProjection
from services.projections.fresh import Connection, FreshTables
from services.projections.plan import Plan, Upto, Watch

PAGE: Final = 10_000


async def open_projection(settings: Settings, stack: AsyncExitStack) -> EngagementProjection:
    """A projection into the fresh tables; its connections are closed with `stack`."""
    pools = []
    for database, options in (("log", ""), ("read", PLAN.tables.options), ("keys", "")):
        pool = await open_pool(settings.dsn_of(database), "shopbell-rebuild", max_size=2, options=options)
        stack.push_async_callback(pool.close)
        pools.append(pool)
    return EngagementProjection(pools[0], pools[1], KeyStore(pools[2], MasterKey.load(settings)), page=PAGE)


async def replay(settings: Settings, connection: Connection, upto: Upto, watch: Watch) -> None:
    """Bring all partitions to their ids of `upto`."""
    async with AsyncExitStack() as stack:
        projection = await open_projection(settings, stack)
        done = 0
        for partition, last in upto.items():
            while await projection.advance_on(connection, partition, last) is Step.MORE:
                pass
            done += last
            await watch(done)


def _counted(numbers: list[int]) -> str:
    return f"{sum(numbers):,} rows of {len(numbers)} tables"


PLAN: Final = Plan(
    log=subjects.ENGAGEMENT,
    tables=FreshTables(projection=ENGAGEMENT, tables=tuple(TABLES)),
    keys=TABLES,
    counted=_counted,
    open=open_projection,
    replay=replay,
)
