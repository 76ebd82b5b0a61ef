"""Keys with which a shop's server asks, in the table `staff.api_key`: who holds one may do what its scopes say.

A key is 256 random bits, so its plain SHA-256 tells nothing of it.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.common import audit
from services.gateway.access.roles import KEY, OWNERS
from services.gateway.access.sessions import Account
from services.gateway.access.standing import confirmed

PREFIX: Final = "sbk_"
SHOWN: Final = len(PREFIX) + 4
"""So many signs of a key are kept, by which people know it again."""
MOST: Final = 100
"""Of a shop."""
FORMER_HOURS: Final = 24
NO_SCOPES: Final[frozenset[str]] = frozenset()

_FIND: Final = """
    SELECT id, shop, name, scopes, last_used_at IS NULL OR last_used_at < now() - interval '1 minute'
    FROM staff.api_key WHERE hash = %(hash)s OR (former_hash = %(hash)s AND former_until > now())
"""
_USED: Final = "UPDATE staff.api_key SET last_used_at = now() WHERE id = %s"
_COLUMNS: Final = "id, name, prefix, scopes, created_at, created_by, last_used_at, former_until"
_ALL: Final = f"SELECT {_COLUMNS} FROM staff.api_key WHERE shop = %s ORDER BY created_at DESC, id"
_ADD: Final = """
    INSERT INTO staff.api_key (id, shop, name, prefix, hash, scopes, created_by)
    SELECT %(id)s, %(shop)s, %(name)s, %(prefix)s, %(hash)s, %(scopes)s, %(author)s
    WHERE (SELECT count(*) FROM staff.api_key WHERE shop = %(shop)s) < %(most)s
"""
_ROTATE: Final = """
    UPDATE staff.api_key
    SET former_hash = hash, former_until = now() + make_interval(hours => %s), hash = %s, prefix = %s
    WHERE shop = %s AND id = %s RETURNING name
"""
_REMOVE: Final = "DELETE FROM staff.api_key WHERE shop = %s AND id = %s RETURNING name"

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Found(NamedTuple):
    """A key that came with a request; `wait`: seconds until it may come again."""

    account: Account
    scopes: frozenset[str]
    wait: float = 0.0


class KeyRow(NamedTuple):
    """A key as the table has it."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    created_by: str
    last_used_at: datetime | None
    former_until: datetime | None


class ApiKeys:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away.

    Who makes, rotates or removes one must be an owner of the shop at that moment, else standing.Dismissed is raised.
    """

    def __init__(self, pool: Pool, wait: Callable[[str], Awaitable[float]] | None = None) -> None:
        """`pool` connects to the database of the log; `wait` says how long a key must wait before it asks again."""
        self._pool = pool
        self._wait = wait

    async def find(self, key: str) -> Found | None:
        """Whose key it is."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_FIND, {"hash": _hash(key)})).fetchone()
            if row is None:
                return None
            if row[4]:
                await connection.execute(_USED, [row[0]])
        wait = await self._wait(row[0]) if self._wait is not None else 0.0
        return Found(Account(row[0], row[1], "", row[2], KEY), frozenset(row[3]), wait)

    async def of(self, shop: str) -> list[KeyRow]:
        """The newest first."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(KeyRow)) as cursor:
            return await (await cursor.execute(_ALL.encode(), [shop])).fetchall()

    async def add(self, account: Account, name: str, scopes: list[str]) -> tuple[str, str] | None:
        """A new key's id and the key, which is in no other place than here and now; None if the shop has too many."""
        key, id_ = _new_key(), f"key_{secrets.token_hex(8)}"
        values = {"id": id_, "shop": account.shop, "name": name, "prefix": key[:SHOWN], "hash": _hash(key)}
        more = {"scopes": scopes, "author": account.id, "most": MOST}
        async with self._pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            if (await connection.execute(_ADD, {**values, **more})).rowcount == 0:
                return None
            details = {"name": name, "scopes": scopes}
            await audit.record(connection, account.shop, account.id, "key.made", id_, details)
        return id_, key

    async def rotate(self, account: Account, id_: str) -> str | None:
        """Another key in its place; this one is good for a day more. None if there is no such key."""
        key = _new_key()
        async with self._pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            values = [FORMER_HOURS, _hash(key), key[:SHOWN], account.shop, id_]
            row = await (await connection.execute(_ROTATE, values)).fetchone()
            if row is None:
                return None
            await audit.record(connection, account.shop, account.id, "key.rotated", id_, {"name": row[0]})
        return key

    async def remove(self, account: Account, id_: str) -> bool:
        """It ends now, and the one before it too. Whether there was such a key."""
        async with self._pool.connection() as connection:
            await confirmed(connection, account, OWNERS)
            row = await (await connection.execute(_REMOVE, [account.shop, id_])).fetchone()
            if row is None:
                return False
            await audit.record(connection, account.shop, account.id, "key.revoked", id_, {"name": row[0]})
        return True


def _new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
