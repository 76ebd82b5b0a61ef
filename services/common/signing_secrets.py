"""Secrets with which a shop vouches for its customers (identity tokens, HS256), in the table `shop_secret`.

A new secret leaves the one before it valid for two weeks, so that a shop changes without a gap; if there would be
three, the oldest ends at once. What came to light is ended before.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import MasterKey

CACHE_SECONDS: Final = 5.0
"""How long other processes still take a secret that was ended."""
CACHED_SHOPS: Final = 10_000
OVERLAP_DAYS: Final = 14
USED_SECONDS: Final = 60.0
"""How exactly it is kept when a secret was last used."""

_SELECT = """
    SELECT kid, wrapped FROM shop_secret
    WHERE shop = %s AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC, kid
"""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('shop_secret ' || %s, 0))"
"""Of the shop, until the transaction is over: of two new secrets one comes after the other."""
_MADE = "SELECT wrapped FROM shop_secret WHERE shop = %s AND kid = %s"
# When it was made is told after the lock: a transaction's own time is when it began to wait.
_INSERT = "INSERT INTO shop_secret (shop, kid, wrapped, created_at) VALUES (%s, %s, %s, clock_timestamp())"
_RETIRE = """
    WITH valid AS (
        SELECT kid, row_number() OVER (ORDER BY created_at DESC, kid) AS place FROM shop_secret
        WHERE shop = %(shop)s AND (expires_at IS NULL OR expires_at > now())
    )
    UPDATE shop_secret SET expires_at = CASE
        WHEN place > 1 THEN now() ELSE coalesce(expires_at, now() + make_interval(days => %(days)s))
    END
    FROM valid WHERE shop = %(shop)s AND shop_secret.kid = valid.kid
"""
_ALL = """
    SELECT kid, created_at, expires_at, last_used_at FROM shop_secret
    WHERE shop = %s AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC, kid
"""
_END = """
    UPDATE shop_secret SET expires_at = now() WHERE shop = %s AND kid = %s
      AND (expires_at IS NULL OR expires_at > now())
"""
_USED = "UPDATE shop_secret SET last_used_at = now() WHERE shop = %s AND kid = %s"


@dataclass(frozen=True)
class SigningSecret:
    """`kid` goes into the header of a shop's tokens; `secret` is the key as the shop's server has it, in ASCII."""

    kid: str
    secret: str

    def __repr__(self) -> str:
        return f"SigningSecret(kid={self.kid!r})"


class SecretRow(NamedTuple):
    """A secret that counts; with `expires_at`, one whose place another has taken."""

    kid: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class SigningSecrets:
    """The valid secrets of shops, newest first, from a cache of seconds."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        master: MasterKey,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pool` connects to the database of keys; `clock` counts seconds and never goes back."""
        self._pool = pool
        self._master = master
        self._clock = clock
        self._cache: dict[str, tuple[float, list[SigningSecret]]] = {}
        self._used: dict[tuple[str, str], float] = {}

    async def valid(self, shop: str) -> list[SigningSecret]:
        """The secrets that count now; none for a shop that vouches for nobody."""
        cached = self._cache.get(shop)
        if cached is not None and cached[0] > self._clock():
            return cached[1]
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_SELECT, [shop])).fetchall()
        found = [
            SigningSecret(kid, self._master.unwrap(wrapped, secret_owner_of(shop, kid)).decode())
            for kid, wrapped in rows
        ]
        if len(self._cache) >= CACHED_SHOPS:
            self._cache.clear()
        self._cache[shop] = (self._clock() + CACHE_SECONDS, found)
        return found

    async def find(self, shop: str, kid: str | None) -> list[SigningSecret]:
        """The valid secret named `kid`, or all valid ones if a token names none."""
        return [secret for secret in await self.valid(shop) if kid is None or secret.kid == kid]

    async def used(self, shop: str, kid: str) -> None:
        """Somebody came with a token that was signed with it."""
        now = self._clock()
        if now < self._used.get((shop, kid), now):
            return
        if len(self._used) >= CACHED_SHOPS:
            self._used.clear()
        self._used[shop, kid] = now + USED_SECONDS
        async with self._pool.connection() as connection:
            await connection.execute(_USED, [shop, kid])

    async def all(self, shop: str) -> list[SecretRow]:
        """The valid ones as the table has them, newest first."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_ALL, [shop])).fetchall()
        return [SecretRow(*row) for row in rows]

    async def end(self, shop: str, kid: str) -> bool:
        """It counts no more, once who has it cached looks again, within CACHE_SECONDS. Whether it did."""
        async with self._pool.connection() as connection:
            ended = (await connection.execute(_END, [shop, kid])).rowcount
        self._cache.pop(shop, None)
        return ended > 0

    async def create(self, shop: str) -> SigningSecret:
        """A new secret; the one before it stays valid for OVERLAP_DAYS more, or as long as it would have anyway."""
        return (await self.create_once(shop, f"k_{secrets.token_hex(6)}"))[0]

    async def create_once(self, shop: str, kid: str) -> tuple[SigningSecret, bool]:
        """The same under a name of the caller's, who may come twice: then it is the first one, and False."""
        owner = secret_owner_of(shop, kid)
        made = SigningSecret(kid, secrets.token_urlsafe(32))
        async with self._pool.connection() as connection:
            await connection.execute(_LOCK, [shop])
            row = await (await connection.execute(_MADE, [shop, kid])).fetchone()
            if row is not None:
                return SigningSecret(kid, self._master.unwrap(row[0], owner).decode()), False
            await connection.execute(_RETIRE, {"shop": shop, "days": OVERLAP_DAYS})
            await connection.execute(_INSERT, [shop, kid, self._master.wrap(made.secret.encode(), owner)])
        self._cache.pop(shop, None)
        return made, True


def secret_owner_of(shop: str, kid: str) -> bytes:
    """To whom a wrapped secret belongs; it opens for nobody else."""
    return f"shop-secret|{shop}|{kid}".encode()
