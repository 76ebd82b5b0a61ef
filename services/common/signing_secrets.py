"""Secrets with which a shop vouches for its customers (identity tokens, HS256), in the table `shop_secret`.

A new secret leaves the older ones valid for a day, as long as a token signed with them may live.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import MasterKey

CACHE_SECONDS: Final = 30.0
CACHED_SHOPS: Final = 10_000
OVERLAP_HOURS: Final = 24

_SELECT = """
    SELECT kid, wrapped FROM shop_secret
    WHERE shop = %s AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC, kid
"""
_INSERT = "INSERT INTO shop_secret (shop, kid, wrapped) VALUES (%s, %s, %s)"
_RETIRE = """
    UPDATE shop_secret SET expires_at = now() + make_interval(hours => %s) WHERE shop = %s AND expires_at IS NULL
"""


@dataclass(frozen=True)
class SigningSecret:
    """`kid` goes into the header of a shop's tokens; `secret` is the key as the shop's server has it, in ASCII."""

    kid: str
    secret: str

    def __repr__(self) -> str:
        return f"SigningSecret(kid={self.kid!r})"


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

    async def create(self, shop: str) -> SigningSecret:
        """A new secret; the older ones stay valid for OVERLAP_HOURS more."""
        made = SigningSecret(kid=f"k_{secrets.token_hex(6)}", secret=secrets.token_urlsafe(32))
        wrapped = self._master.wrap(made.secret.encode(), secret_owner_of(shop, made.kid))
        async with self._pool.connection() as connection:
            await connection.execute(_RETIRE, [OVERLAP_HOURS, shop])
            await connection.execute(_INSERT, [shop, made.kid, wrapped])
        self._cache.pop(shop, None)
        return made


def secret_owner_of(shop: str, kid: str) -> bytes:
    """To whom a wrapped secret belongs; it opens for nobody else."""
    return f"shop-secret|{shop}|{kid}".encode()
