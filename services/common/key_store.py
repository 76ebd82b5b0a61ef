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
    ON CONFLICT (shop, person) DO UPDATE SET last_used = current_date RETURNING wrapped
"""
_USED_TODAY = "SELECT wrapped FROM person_key WHERE shop = %s AND person = %s AND last_used = current_date"
_SELECT = "SELECT wrapped FROM person_key WHERE shop = %s AND person = %s"
_SELECT_MANY = """
    SELECT shop, person, wrapped
    FROM unnest(%s::text[], %s::text[]) AS wanted (shop, person) JOIN person_key USING (shop, person)
"""
_LINK = "UPDATE person_key SET subject = %s WHERE shop = %s AND person = %s"
_DESTROY = "DELETE FROM person_key WHERE shop = %s AND person = ANY (%s)"

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
        self.pool = pool
        self._master = master
        self._cache: dict[ShopPerson, tuple[float, PersonKey]] = {}
        self._cache_size = cache_size
        self._clock = clock
        self._forgotten = 0

    def cached(self, shop: str, person: str) -> PersonKey | None:
        """The key, if it is at hand: the way without waiting for hot paths."""
        found = self._cache.get((shop, person))
        if found is None or found[0] < self._clock():
            return None
        return found[1]

    async def get(self, shop: str, person: str) -> PersonKey | None:
        """The key of a person; None if there is none: there never was, or they were erased.

        Raises psycopg.OperationalError or PoolTimeout while the database is away.
        """
        if (key := self.cached(shop, person)) is not None:
            return key
        before = self._forgotten
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_SELECT, [shop, person])).fetchone()
        return self._opened(shop, person, row[0], before) if row else None

    async def get_or_create(self, shop: str, person: str, subject: str | None = None) -> PersonKey:
        """The key of a person who is here and begins something: made if there is none yet.

        However many gateways create it at once, all get the same one. `subject` is noted on creation, see `link`.
        It is read from the table and not from the cache: a person who comes back after they were erased must not
        begin anew under a key that is destroyed. Raises as `get`.
        """
        before = self._forgotten
        async with self.pool.connection() as connection:
            row = None
            if subject is not None:  # who is known to the shop has a key more often than not
                row = await (await connection.execute(_USED_TODAY, [shop, person])).fetchone()
            if row is None:
                wrapped = self._master.wrap(os.urandom(KEY_BYTES), owner_of(shop, person))
                row = await (await connection.execute(_CREATE, [shop, person, subject, wrapped])).fetchone()
        if row is None:
            raise RuntimeError("an insert that returns its row returned none")
        return self._opened(shop, person, row[0], before)

    async def get_many(self, pairs: Iterable[ShopPerson]) -> dict[ShopPerson, PersonKey]:
        """The keys that exist of all these persons, with one query for those not at hand."""
        keys = {pair: self.cached(*pair) for pair in pairs}
        missing = [pair for pair, key in keys.items() if key is None]
        found = {pair: key for pair, key in keys.items() if key is not None}
        if missing:
            before = self._forgotten
            async with self.pool.connection() as connection:
                shops, persons = [shop for shop, _ in missing], [person for _, person in missing]
                rows = await (await connection.execute(_SELECT_MANY, [shops, persons])).fetchall()
            found |= {(shop, person): self._opened(shop, person, wrapped, before) for shop, person, wrapped in rows}
        return found

    async def link(self, shop: str, person: str, subject: str) -> None:
        """A guest signed in: `person` is the visitor `subject` from now on, and is erased and exported with it."""
        async with self.pool.connection() as connection:
            await connection.execute(_LINK, [subject, shop, person])

    async def destroy(self, shop: str, *persons: str) -> None:
        """What was sealed for these is over, not by erasure but by itself. Tell the other processes (`erased.tell`)."""
        async with self.pool.connection() as connection:
            await connection.execute(_DESTROY, [shop, list(persons)])
        self.forget(shop, *persons)

    def forget(self, shop: str, *persons: str) -> None:
        """Drop the keys of persons who were erased from the cache; without `persons`, of all of the shop."""
        self._forgotten += 1
        gone = [(shop, person) for person in persons] or [pair for pair in self._cache if pair[0] == shop]
        for pair in gone:
            self._cache.pop(pair, None)

    def forget_all(self) -> None:
        """Read every key anew: some may have been destroyed unheard."""
        self._forgotten += 1
        self._cache.clear()

    def _opened(self, shop: str, person: str, wrapped: bytes, before: int) -> PersonKey:
        """Kept, unless keys were forgotten since `before`: what was read then may be gone."""
        key = PersonKey(shop, person, self._master.unwrap(bytes(wrapped), owner_of(shop, person)))
        if before != self._forgotten:
            return key
        self._cache.pop((shop, person), None)
        while len(self._cache) >= self._cache_size:
            del self._cache[next(iter(self._cache))]
        self._cache[shop, person] = (self._clock() + CACHE_SECONDS, key)
        return key


def owner_of(shop: str, person: str) -> bytes:
    """To whom a wrapped key belongs; it opens for nobody else."""
    return f"person|{shop}|{person}".encode()
