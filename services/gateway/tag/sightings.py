"""Notes where a shop's tag speaks to us from, and writes it down now and then: a visitor costs a look into a set.

Of a page only a print of its path is kept, without query: enough to count pages, too little to name one. Whoever
asks under a made-up origin fills no table: of those refused a shop keeps the newest few.
"""

import asyncio
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.logs import logger
from services.gateway.access.origins import spelled

log = logger(__name__)

WRITE_EVERY_SECONDS: Final = 2.0
FRESH_SECONDS: Final = 20.0
"""What was met again is written again after so long."""
SWEEP_EVERY_SECONDS: Final = 86_400.0
FORGET_DAYS: Final = 30
"""A page, or an origin, that was not met for so long counts no more."""
MOST_PAGES: Final = 1_000
"""Counted of one origin at most."""
MOST_REFUSED: Final = 20
"""Of one shop."""
MOST_MET: Final = 100
"""Origins of one shop: the newest."""
MOST_REMEMBERED: Final = 20_000
"""Origins, over all shops; then they are met anew."""

_SEEN: Final = """
    INSERT INTO tag.origin (shop, origin) SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (shop, origin) DO UPDATE SET last_seen_at = now()
"""
_PAGES: Final = """
    INSERT INTO tag.page (shop, origin, print) SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[])
    ON CONFLICT (shop, origin, print) DO UPDATE SET last_seen_on = current_date WHERE page.last_seen_on < current_date
"""
_REFUSED: Final = """
    INSERT INTO tag.refused (shop, origin, reason) SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])
    ON CONFLICT (shop, origin) DO UPDATE SET reason = excluded.reason, at = now()
"""
_FEWER_REFUSED: Final = """
    DELETE FROM tag.refused WHERE shop = %s AND origin NOT IN (
        SELECT origin FROM tag.refused WHERE shop = %s ORDER BY at DESC, origin LIMIT %s
    )
"""
_FEWER_MET: Final = """
    WITH gone AS (
        DELETE FROM tag.origin WHERE (shop, origin) IN (
            SELECT shop, origin FROM (
                SELECT shop, origin, row_number() OVER (PARTITION BY shop ORDER BY last_seen_at DESC, origin) AS place
                FROM tag.origin WHERE shop = ANY (%s)
            ) AS met WHERE place > %s
        ) RETURNING shop, origin
    )
    DELETE FROM tag.page USING gone WHERE (page.shop, page.origin) = (gone.shop, gone.origin)
"""
_SWEEP: Final = (
    "DELETE FROM tag.page WHERE last_seen_on < current_date - %s",
    "DELETE FROM tag.origin WHERE last_seen_at < now() - make_interval(days => %s)",
    "DELETE FROM tag.refused WHERE at < now() - make_interval(days => %s)",
)

_PASSING: Final = ("08", "40", "53", "57")
"""Classes of SQLSTATE: lost connections, conflicts with others, no room, and orders of an administrator."""

Place = tuple[str, str]
"""A shop and an origin."""


class _Known(NamedTuple):
    """What was written of a place, and when, by the clock."""

    pages: set[int]
    at: float


class Sightings:
    """Of one gateway; all of them write into the same tables."""

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[Any]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`pool` connects to the log's database; `clock` counts seconds and never goes back."""
        self._pool = pool
        self._clock = clock
        self._known: dict[Place, _Known] = {}
        self._met: dict[Place, set[int]] = {}
        self._refused: dict[Place, str] = {}
        self._refused_at: dict[Place, float] = {}
        self._some = asyncio.Event()
        self._swept = clock()

    def met(self, shop: str, origin: str | None, url: str) -> None:
        """A visitor of the shop came from a page of this origin, which is allowed."""
        where = None if origin is None else spelled(origin)
        if where is None:
            return
        place, page = (shop, where), _print(url)
        known = self._known.get(place)
        waiting = self._met.get(place)
        news = known is None or (page not in known.pages and len(known.pages) < MOST_PAGES)
        if not news and known is not None and self._clock() < known.at + FRESH_SECONDS:
            return
        if waiting is None:
            if sum(1 for other, _ in self._met if other == shop) >= MOST_MET:
                return
            waiting = self._met[place] = set()
        if len(waiting) < MOST_PAGES:
            waiting.add(page)
        self._some.set()

    def refused(self, shop: str, origin: str | None, reason: str) -> None:
        """A page of this origin asked for the shop, and was refused for this `reason`, a slug."""
        where = None if origin is None else spelled(origin)
        if where is None:
            return
        place = (shop, where)
        if self._clock() < self._refused_at.get(place, -FRESH_SECONDS) + FRESH_SECONDS:
            return
        if sum(1 for known, _ in self._refused if known == shop) < MOST_REFUSED:
            self._refused[place] = reason
            self._some.set()

    async def run(self) -> None:
        """Write what was noted, until cancelled."""
        while True:
            await self._some.wait()
            self._some.clear()
            await self.write()
            await asyncio.sleep(WRITE_EVERY_SECONDS)

    async def write(self) -> None:
        """Write what waits; what can't be written now is kept for the next time, what never can be is forgotten."""
        met, refused = self._met, self._refused
        self._met, self._refused = {}, {}
        try:
            async with self._pool.connection() as connection:
                await _write_met(connection, {place: self._news(place, pages) for place, pages in met.items()})
                await _write_refused(connection, refused)
                await self._sweep(connection)
        except psycopg.Error as error:
            later = _may_work_later(error)
            log.warning("Sightings of tags can't be written", places=len(met) + len(refused), later=later)
            if not later:
                return
            self._met = {place: pages | self._met.get(place, set()) for place, pages in (self._met | met).items()}
            self._refused = {**refused, **self._refused}
            self._some.set()
            return
        self._remember(met, refused)

    def _news(self, place: Place, pages: set[int]) -> set[int]:
        known = self._known.get(place)
        return pages if known is None else pages - known.pages

    def _remember(self, met: dict[Place, set[int]], refused: dict[Place, str]) -> None:
        now = self._clock()
        if len(self._known) + len(self._refused_at) > MOST_REMEMBERED:
            self._known.clear()
            self._refused_at.clear()
        for place, pages in met.items():
            known = self._known.get(place)
            self._known[place] = _Known(pages | (known.pages if known else set()), now)
        self._refused_at |= dict.fromkeys(refused, now)

    async def _sweep(self, connection: AsyncConnection[Any]) -> None:
        """Once a day forget what is old, and what was known, so that pages count anew."""
        if self._clock() < self._swept + SWEEP_EVERY_SECONDS:
            return
        for statement in _SWEEP:
            await connection.execute(statement, [FORGET_DAYS])
        self._known.clear()
        self._swept = self._clock()


async def _write_met(connection: AsyncConnection[Any], met: dict[Place, set[int]]) -> None:
    if not met:
        return
    places = sorted(met)  # in one order, so that two gateways don't wait for each other
    await connection.execute(_SEEN, [[shop for shop, _ in places], [origin for _, origin in places]])
    rows = [(*place, page) for place in places for page in sorted(met[place])]
    if rows:
        await connection.execute(_PAGES, [list(column) for column in zip(*rows, strict=True)])
    await connection.execute(_FEWER_MET, [sorted({shop for shop, _ in places}), MOST_MET])


async def _write_refused(connection: AsyncConnection[Any], refused: dict[Place, str]) -> None:
    if not refused:
        return
    rows = [(*place, reason) for place, reason in sorted(refused.items())]
    await connection.execute(_REFUSED, [list(column) for column in zip(*rows, strict=True)])
    for shop in sorted({shop for shop, _ in refused}):
        await connection.execute(_FEWER_REFUSED, [shop, shop, MOST_REFUSED])


def _may_work_later(error: psycopg.Error) -> bool:
    """Whether the database was away, or busy with others; else the same rows would fail again and again."""
    state = error.sqlstate  # none: there is no connection, or it was lost
    return isinstance(error, psycopg.OperationalError) and (state is None or state[:2] in _PASSING)


def _print(url: str) -> int:
    """Of the path alone: queries hold searches, orders and people."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    return int.from_bytes(blake2b(path.encode(errors="replace"), digest_size=8).digest(), signed=True)
