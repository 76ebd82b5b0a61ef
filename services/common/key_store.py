"""Where the keys of persons are kept: table `person_key` of the database shopbell_keys, wrapped by the master key."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey

CACHE_SECONDS: Final = 60.0
"""How long an erased person's key may linger in a process that missed the broadcast."""
CACHE_SIZE: Final = 50_000

_CREATE = """
    INSERT INTO person_key (shop, person, subject, wrapped) VALUES (%s, %s, %s, %s)
    ON CONFLICT (shop, person) DO NOTHING RETURNING wrapped
"""
_SELECT = "SELECT wrapped FROM person_key WHERE shop = %s AND person = %s"
_SELECT_MANY = """
    SELECT shop, person, wrapped
    FROM unnest(%s::text[], %s::text[]) AS wanted (shop, person) JOIN person_key USING (shop, person)
"""
_LINK = "UPDATE person_key SET subject = %s WHERE shop = %s AND person = %s"

ShopPerson = tuple[str, str]


class KeyStore:
    """Keys by (shop, person), with a cache that is bounded in size and in age."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        master: MasterKey,
        *,
        cache_size: int = CACHE_SIZE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pool` connects to the database of keys; `clock` counts seconds and never goes back."""
        self._pool = pool
        self._master = master
        self._cache: dict[ShopPerson, tuple[float, PersonKey]] = {}
        self._cache_size = cache_size
        self._clock = clock

    def cached(self, shop: str, person: str) -> PersonKey | None:
        """The key, if it is at hand: the way without waiting for hot paths."""
        found = self._cache.get((shop, person))
        if found is None or found[0] < self._clock():
            return None
        return found[1]

    async def get(
        self, shop: str, person: str, *, create: bool = False, subject: str | None = None
    ) -> PersonKey | None:
        """The key of a person; None if there is none (never was, or erased) and `create` is false.

        However many gateways create it at once, all get the same one. `subject` is noted on creation, see `link`.
        Raises psycopg.OperationalError or PoolTimeout while the database is away.
        """
        if (key := self.cached(shop, person)) is not None:
            return key
        wrapped = await (self._create(shop, person, subject) if create else self._read(shop, person))
        return None if wrapped is None else self._opened(shop, person, wrapped)

    async def get_or_create(self, shop: str, person: str, subject: str | None = None) -> PersonKey:
        """The key of a person who is here: made if there is none yet."""
        key = await self.get(shop, person, create=True, subject=subject)
        if key is None:
            raise RuntimeError("a key was created and erased in the same moment, again and again")
        return key

    async def get_many(self, pairs: Iterable[ShopPerson]) -> dict[ShopPerson, PersonKey]:
        """The keys that exist of all these persons, with one query for those not at hand."""
        keys = {pair: self.cached(*pair) for pair in pairs}
        missing = [pair for pair, key in keys.items() if key is None]
        found = {pair: key for pair, key in keys.items() if key is not None}
        if missing:
            async with self._pool.connection() as connection:
                shops, persons = [shop for shop, _ in missing], [person for _, person in missing]
                rows = await (await connection.execute(_SELECT_MANY, [shops, persons])).fetchall()
            found |= {(shop, person): self._opened(shop, person, wrapped) for shop, person, wrapped in rows}
        return found

    async def link(self, shop: str, person: str, subject: str) -> None:
        """A guest signed in: `person` is the visitor `subject` from now on, and is erased and exported with it."""
        async with self._pool.connection() as connection:
            await connection.execute(_LINK, [subject, shop, person])

    def forget(self, shop: str, person: str) -> None:
        """Drop a key from the cache: the person was erased."""
        self._cache.pop((shop, person), None)

    async def _create(self, shop: str, person: str, subject: str | None) -> bytes | None:
        wrapped = self._master.wrap(os.urandom(KEY_BYTES), owner_of(shop, person))
        for _ in range(3):  # a row that made us lose may be erased before we read it
            async with self._pool.connection() as connection:
                row = await (await connection.execute(_CREATE, [shop, person, subject, wrapped])).fetchone()
            found = bytes(row[0]) if row else await self._read(shop, person)
            if found is not None:
                return found
        return None

    async def _read(self, shop: str, person: str) -> bytes | None:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_SELECT, [shop, person])).fetchone()
        return bytes(row[0]) if row else None

    def _opened(self, shop: str, person: str, wrapped: bytes) -> PersonKey:
        key = PersonKey(shop, person, self._master.unwrap(wrapped, owner_of(shop, person)))
        self._cache.pop((shop, person), None)
        while len(self._cache) >= self._cache_size:
            del self._cache[next(iter(self._cache))]
        self._cache[shop, person] = (self._clock() + CACHE_SECONDS, key)
        return key


def owner_of(shop: str, person: str) -> bytes:
    """To whom a wrapped key belongs; it opens for nobody else."""
    return f"person|{shop}|{person}".encode()
