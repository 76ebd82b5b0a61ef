"""Keys with which mails of a shop are signed (DKIM, RFC 6376), in the table `shop_dkim`.

A new key signs nothing until its record stands in the domain's DNS and somebody says so: a signature that nobody can
check is worse than none.
"""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.master_key import MasterKey

CACHE_SECONDS: Final = 15.0
CACHED_SHOPS: Final = 10_000
KEY_BITS: Final = 2048
"""RFC 8301, section 3.2; a larger one's record does not fit into what many DNS hosts take."""
DNS_STRING: Final = 255
"""Octets in one string of a TXT record (RFC 1035, section 3.3.14)."""

_INSERT = "INSERT INTO shop_dkim (shop, domain, selector, wrapped) VALUES (%s, %s, %s, %s)"
_ALL = "SELECT domain, selector, wrapped, signs FROM shop_dkim WHERE shop = %s ORDER BY created_at, selector"
_SIGNING = "SELECT domain, selector, wrapped, signs FROM shop_dkim WHERE shop = %s AND signs"
_SIGN_NO_MORE = "UPDATE shop_dkim SET signs = false WHERE shop = %s AND signs"
_SIGN = "UPDATE shop_dkim SET signs = true WHERE shop = %s AND selector = %s"
_REMOVE = "DELETE FROM shop_dkim WHERE shop = %s AND selector = %s"


@dataclass(frozen=True)
class DkimKey:
    """`private` is a private RSA key in DER (PKCS #8); `signs`: whether mails are signed with it."""

    domain: str
    selector: str
    private: bytes
    signs: bool

    def __repr__(self) -> str:
        return f"DkimKey(domain={self.domain!r}, selector={self.selector!r}, signs={self.signs})"

    @property
    def record_name(self) -> str:
        """Where receivers look for the public key."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """What they must find there: the text of the TXT record (RFC 6376, section 3.6.1)."""
        private = serialization.load_der_private_key(self.private, None)
        public = private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


class DkimKeys:
    """The keys of shops; those that sign from a cache of seconds."""

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
        self._cache: dict[str, tuple[float, DkimKey | None]] = {}

    async def signing(self, shop: str) -> DkimKey | None:
        """The key that mails of the shop are signed with, if there is one."""
        cached = self._cache.get(shop)
        if cached is not None and cached[0] > self._clock():
            return cached[1]
        found = await self._read(_SIGNING, shop)
        if len(self._cache) >= CACHED_SHOPS:
            self._cache.clear()
        self._cache[shop] = (self._clock() + CACHE_SECONDS, found[0] if found else None)
        return self._cache[shop][1]

    async def all(self, shop: str) -> list[DkimKey]:
        """All keys of the shop, the oldest first."""
        return await self._read(_ALL, shop)

    async def create(self, shop: str, domain: str, now: datetime) -> DkimKey:
        """A new key, which signs nothing yet; its selector says when it was made."""
        private = rsa.generate_private_key(65537, KEY_BITS).private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        made = DkimKey(domain, f"shopbell-{now:%Y%m%d%H%M%S}", private, signs=False)
        wrapped = self._master.wrap(private, dkim_owner_of(shop, made.selector))
        async with self._pool.connection() as connection:
            await connection.execute(_INSERT, [shop, domain, made.selector, wrapped])
        return made

    async def sign_with(self, shop: str, selector: str) -> bool:
        """Sign with this key and no other from now on. False if the shop has no such key."""
        if selector not in {key.selector for key in await self.all(shop)}:
            return False
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_SIGN_NO_MORE, [shop])
            await connection.execute(_SIGN, [shop, selector])
        self._cache.pop(shop, None)
        return True

    async def remove(self, shop: str, selector: str) -> bool:
        """Destroy a key. False if the shop has no such key."""
        self._cache.pop(shop, None)
        async with self._pool.connection() as connection:
            return bool((await connection.execute(_REMOVE, [shop, selector])).rowcount)

    async def _read(self, query: str, shop: str) -> list[DkimKey]:
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(query.encode(), [shop])).fetchall()
        return [
            DkimKey(domain, selector, self._master.unwrap(wrapped, dkim_owner_of(shop, selector)), signs)
            for domain, selector, wrapped, signs in rows
        ]


def dkim_owner_of(shop: str, selector: str) -> bytes:
    """To whom a wrapped key belongs; it opens for nobody else."""
    return f"shop-dkim|{shop}|{selector}".encode()
