"""Brings the read tables of one partition forward by one page of a log: rows and position in one transaction."""

from abc import ABC, abstractmethod
from collections.abc import Container, Sequence
from typing import Any, Final

from psycopg import AsyncConnection

from contracts.logs import AnyEvent
from services.common import failpoints, log_pages, metrics
from services.common.following import Pool, Step
from services.common.positions import Positions

LIVE_PAGE: Final = 1_000

_applied = metrics.counter("projection_events_total", "Events applied to read tables.", ["projection"])

Connection = AsyncConnection[Any]


class Projection(ABC):
    """A log on one side, read tables on the other; keeps nothing in memory from page to page."""

    def __init__(
        self,
        name: str,
        log: str,
        log_pool: Pool,
        read_pool: Pool,
        *,
        page: int = LIVE_PAGE,
        share: log_pages.Share | None = None,
        for_all: Sequence[str] = (),
        ignored: Container[str] = (),
    ) -> None:
        """With a `share`, one of several that fill the same tables; the topics `for_all` are of interest to each.
        The topics `ignored` change nothing in these tables."""
        self._name, self._log = name, log
        self._log_pool, self._read_pool = log_pool, read_pool
        self._page, self._share = page, share
        self._for_all, self._ignored = for_all, ignored
        self._positions = positions_of(name, log, share)

    @abstractmethod
    async def _write(self, connection: Connection, events: list[AnyEvent]) -> None:
        """Change rows by these events, in the caller's transaction; applied again, they change nothing."""

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
            return await log_pages.heads(connection, self._log)

    async def advance_on(self, connection: Connection, partition: int, upto: int = log_pages.END) -> Step:
        """The same on a connection of the caller's, inside the caller's transaction if there is one."""
        async with connection.transaction():
            position = await self._positions.hold(connection, partition)
            if position is None:
                return Step.BUSY
            page = await self._read(partition, position, upto)
            if page.last == position:
                return Step.CAUGHT_UP
            await self._write(connection, page.events)
            failpoints.hit("after_rows")
            await self._positions.move(connection, partition, expected=position, to=page.last)
        _applied.labels(self._name).inc(len(page.events))
        return Step.MORE if page.full else Step.CAUGHT_UP

    async def _read(self, partition: int, position: int, upto: int) -> log_pages.Page:
        async with self._log_pool.connection() as connection:
            return await log_pages.read_page(
                connection,
                partition,
                position,
                self._page,
                upto,
                self._share,
                self._for_all,
                self._ignored,
                self._log,
            )


def positions_of(name: str, log: str, share: log_pages.Share | None = None) -> Positions:
    """Where a projection's positions stand; those of a share beside those of the whole."""
    projection = name if share is None else f"{name}/{share.number}"
    return Positions("projection_position", projection=projection, log=log)
