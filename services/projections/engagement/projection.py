"""Keeps the read tables of engagement: each slice takes its events of a page."""

from typing import Final

from contracts import subjects
from contracts.event import topic_of
from contracts.logs import EVENTS, AnyEvent
from services.common.erasures import WHOLE_SHOP
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.positions import Positions
from services.projections import paging
from services.projections.engagement import campaigns, polls, reviews
from services.projections.engagement.slice import Slice
from services.projections.paging import LIVE_PAGE, Connection, Projection

ENGAGEMENT: Final = "engagement"
SLICES: Final[tuple[Slice, ...]] = (campaigns, polls, reviews)
TABLES: Final = {table: keys for one in SLICES for table, keys in one.TABLES.items()}

_REMOVED: Final = "SELECT shop FROM erasure.erasure WHERE number = %s AND shop = ANY (%s)"
_TAKEN: Final = frozenset().union(*(one.NAMES for one in SLICES))
_IGNORED: Final = frozenset(map(topic_of, EVENTS[subjects.ENGAGEMENT])) - _TAKEN


def positions() -> Positions:
    """Where the positions of this projection stand."""
    return paging.positions_of(ENGAGEMENT, subjects.ENGAGEMENT)


class EngagementProjection(Projection):
    """The log of engagement on one side, its read tables on the other."""

    def __init__(self, log_pool: Pool, read_pool: Pool, keys: KeyStore, *, page: int = LIVE_PAGE) -> None:
        super().__init__(ENGAGEMENT, subjects.ENGAGEMENT, log_pool, read_pool, page=page, ignored=_IGNORED)
        self._keys = keys

    async def _write(self, connection: Connection, events: list[AnyEvent]) -> None:
        removed = await self._removed({event.shop for event in events})
        for one in SLICES:
            theirs = [event for event in events if topic_of(event) in one.NAMES and event.shop not in removed]
            if theirs:
                await one.apply(connection, self._keys, theirs)

    async def _removed(self, shops: set[str]) -> set[str]:
        """Those of which nothing is to be shown any more: what is sealed for nobody could be read for ever."""
        async with self._log_pool.connection() as connection:
            rows = await (await connection.execute(_REMOVED, [WHOLE_SHOP, list(shops)])).fetchall()
        return {shop for (shop,) in rows}
