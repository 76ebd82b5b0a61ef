"""Marks: how far each party has got and has read a conversation. They only rise."""

import asyncio
from typing import Any, Final, NamedTuple

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from services.common.logs import logger
from services.gateway.batching import Batcher

log = logger(__name__)

WRITE_EVERY_SECONDS: Final = 0.1
RETRY_SECONDS: Final = 2.0
MOST_WAITING: Final = 50_000

_WRITE = """
    INSERT INTO marks.read_mark (shop, conversation, party, upto)
    SELECT * FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::bigint[])
    ON CONFLICT (shop, conversation, party) DO UPDATE SET upto = excluded.upto WHERE read_mark.upto < excluded.upto
"""
_READ = """
    SELECT shop, conversation, party, upto
    FROM unnest(%s::text[], %s::uuid[]) AS wanted (shop, conversation) JOIN marks.read_mark USING (shop, conversation)
"""

Key = tuple[str, str, str]

GOT: Final = ":received"
"""Behind a party's name, in the table, where it has got something and not yet read it."""


class MarksOf(NamedTuple):
    """The highest `upto` by party."""

    read: dict[str, int]
    received: dict[str, int]


PARTIES: Final = ("visitor", "operator", f"visitor{GOT}", f"operator{GOT}")
NO_MARKS: Final = MarksOf({}, {})


class Marks:
    """Keeps marks in the database: the first at once, those of the next moment after it together."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        self._pool = pool
        self._waiting: dict[Key, int] = {}
        self._highest: dict[Key, int] = {}
        """What was noted here lately, written or not."""
        self._some = asyncio.Event()
        self._reader: Batcher[tuple[str, str], dict[str, int]] = Batcher(self._load)

    def raise_to(self, shop: str, conversation: str, party: str, upto: int) -> bool:
        """Note that `party` has read up to `upto`; whether that may be news. `party` with `GOT`: that it got it."""
        key = (shop, conversation, party)
        if self._highest.get(key, 0) >= upto or len(self._waiting) >= MOST_WAITING:
            return False
        self._highest.pop(key, None)
        self._highest[key] = self._waiting[key] = upto
        if len(self._highest) > MOST_WAITING:
            del self._highest[next(iter(self._highest))]
        self._some.set()
        return True

    async def of(self, shop: str, conversation: str) -> MarksOf:
        """The marks of a conversation. Raises psycopg's errors while the database is away."""
        return self._with_own(shop, conversation, await self._reader.get((shop, conversation)) or {})

    async def of_many(self, shop: str, conversations: list[str]) -> dict[str, MarksOf]:
        """The same of many conversations, by conversation."""
        found = await self._load([(shop, conversation) for conversation in conversations]) if conversations else {}
        return {id_: self._with_own(shop, id_, found.get((shop, id_), {})) for id_ in conversations}

    def _with_own(self, shop: str, conversation: str, found: dict[str, int]) -> MarksOf:
        """With what was noted here and not written yet."""
        mine = {party: upto for (s, c, party), upto in self._own(shop, conversation)}
        marks = {party: max(found.get(party, 0), mine.get(party, 0)) for party in (*found, *mine)}
        return MarksOf(
            {party: upto for party, upto in marks.items() if not party.endswith(GOT)},
            {party.removesuffix(GOT): upto for party, upto in marks.items() if party.endswith(GOT)},
        )

    async def run(self) -> None:
        """Write what was noted, until cancelled."""
        while True:
            await self._some.wait()
            await self.write()
            await asyncio.sleep(WRITE_EVERY_SECONDS)

    async def write(self) -> None:
        """Write what waits now; keeps it if the database is away."""
        self._some.clear()
        waiting = dict(self._waiting)
        if not waiting:
            return
        rows = [(*key, upto) for key, upto in sorted(waiting.items())]
        try:
            async with self._pool.connection() as connection:
                await connection.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
        except (psycopg.OperationalError, PoolTimeout):
            log.warning("Read marks can't be written", waiting=len(waiting))
            self._some.set()
            await asyncio.sleep(RETRY_SECONDS)
            return
        for key, upto in waiting.items():
            if self._waiting.get(key) == upto:
                del self._waiting[key]

    def _own(self, shop: str, conversation: str) -> list[tuple[Key, int]]:
        keys = [(shop, conversation, party) for party in PARTIES]
        return [(key, self._waiting[key]) for key in keys if key in self._waiting]

    async def _load(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
        async with self._pool.connection() as connection:
            columns = [list(column) for column in zip(*pairs, strict=True)]
            rows = await (await connection.execute(_READ, columns)).fetchall()
        found: dict[tuple[str, str], dict[str, int]] = {}
        for shop, conversation, party, upto in rows:
            found.setdefault((shop, str(conversation)), {})[party] = upto
        return found
