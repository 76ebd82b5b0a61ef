"""Brings the history of one partition forward by one page of the log: rows and position in one transaction."""

from itertools import chain
from typing import Any, Final

from psycopg import AsyncConnection

from contracts import subjects
from contracts.conversations.events import AnyEvent, ConversationStarted
from services.common import failpoints, log_pages, metrics
from services.common.following import Pool, Step
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.positions import Positions
from services.projections import tables
from services.projections.history import HistoryFold

log = logger(__name__)

HISTORY: Final = "history"
LIVE_PAGE: Final = 1_000

_applied = metrics.counter("projection_events_total", "Events applied to read tables.", ["projection"])
_unreadable = metrics.counter(
    "projection_unreadable_total", "Texts that did not open although the person's key is there.", ["projection"]
)


def positions_of(share: log_pages.Share | None = None) -> Positions:
    """Where history's positions stand; those of a share beside those of the whole."""
    name = HISTORY if share is None else f"{HISTORY}/{share.number}"
    return Positions("projection_position", projection=name, log=subjects.CONVERSATIONS)


class HistoryProjection:
    """The log on one side, history's tables on the other; keeps nothing in memory from page to page."""

    def __init__(
        self,
        log_pool: Pool,
        read_pool: Pool,
        keys: KeyStore,
        *,
        page: int = LIVE_PAGE,
        share: log_pages.Share | None = None,
    ) -> None:
        """With a `share`, one of several that fill tables whose indexes are made, and orphans removed, at the end."""
        self._log_pool = log_pool
        self._read_pool = read_pool
        self._keys = keys
        self._page = page
        self._share = share
        self._positions = positions_of(share)

    async def advance(self, partition: int, upto: int = log_pages.END) -> Step:
        """Apply the next page of events with id <= `upto`.

        Raises CannotRead at an event of a newer release, psycopg.OperationalError or PoolTimeout while a database
        is away, PositionMoved if another runner got ahead: then nothing was changed.
        """
        async with self._read_pool.connection() as connection:
            return await self.advance_on(connection, partition, upto)

    async def heads(self) -> dict[int, int]:
        """The newest id of each partition of the log."""
        async with self._log_pool.connection() as connection:
            return await log_pages.heads(connection)

    async def advance_on(self, connection: AsyncConnection[Any], partition: int, upto: int = log_pages.END) -> Step:
        """The same on a connection of the caller's, inside the caller's transaction if there is one."""
        async with connection.transaction():
            position = await self._positions.hold(connection, partition)
            if position is None:
                return Step.BUSY
            async with self._log_pool.connection() as log_connection:
                page = await log_pages.read_page(log_connection, partition, position, self._page, upto, self._share)
            if page.last == position:
                return Step.CAUGHT_UP
            await self._write(connection, page.events)
            failpoints.hit("after_rows")
            await self._positions.move(connection, partition, expected=position, to=page.last)
        _applied.labels(HISTORY).inc(len(page.events))
        return Step.MORE if page.full else Step.CAUGHT_UP

    async def _write(self, connection: AsyncConnection[Any], events: list[AnyEvent]) -> None:
        fold = await self._fold(connection, events)
        if fold.removed:
            await tables.remove(connection, fold.removed, messages=self._share is None)
        if fold.messages:
            await tables.write(connection, fold.changed, chain.from_iterable(fold.messages.values()))

    async def _fold(self, connection: AsyncConnection[Any], events: list[AnyEvent]) -> HistoryFold:
        started = {event.originator_id: event for event in events if isinstance(event, ConversationStarted)}
        known = await tables.conversations(connection, {event.originator_id for event in events})
        keys = await self._keys.get_many(
            [(event.shop, event.visitor) for event in started.values()]
            + [(row.shop, row.person) for row in known.values()]
        )
        fold = HistoryFold(known, keys)
        for event in events:
            fold.apply(event)
        if fold.unreadable:
            _unreadable.labels(HISTORY).inc(fold.unreadable)
            log.warning("Texts do not open under their person's key", texts=fold.unreadable)
        return fold
