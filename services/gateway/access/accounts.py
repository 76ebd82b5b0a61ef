"""Accounts of the staff and the shops they work for, as signing in and one's own account need them."""

from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.common import audit

_COLUMNS: Final = "id, email, name, language, password_hash"
_BY_EMAIL: Final = f"SELECT {_COLUMNS} FROM staff.account WHERE email = %s AND disabled_at IS NULL"
_BY_ID: Final = f"SELECT {_COLUMNS} FROM staff.account WHERE id = %s AND disabled_at IS NULL"
_MEMBERSHIPS: Final = """
    SELECT shop, role, coalesce(name, '') FROM staff.membership WHERE account = %s AND left_at IS NULL
    ORDER BY last_seen_at DESC NULLS LAST, shop
"""
_RENAME: Final = "UPDATE staff.account SET name = coalesce(%s, name), language = coalesce(%s, language) WHERE id = %s"
_OWN_NAME: Final = "UPDATE staff.membership SET name = NULL WHERE account = %s AND shop = %s"
_PASSWORD: Final = """
    UPDATE staff.account SET password_hash = %s
    WHERE id = %s AND disabled_at IS NULL AND password_hash = coalesce(%s, password_hash)
"""
_END_ALL: Final = """
    UPDATE staff.session SET ended_at = now()
    WHERE account = %s AND ended_at IS NULL AND token_hash IS DISTINCT FROM %s RETURNING token_hash
"""
_SWITCH: Final = """
    UPDATE staff.session SET shop = %(shop)s WHERE token_hash = %(token)s AND ended_at IS NULL
      AND EXISTS (
          SELECT FROM staff.membership WHERE account = session.account AND shop = %(shop)s AND left_at IS NULL
      )
"""
_VOID_LINKS: Final = """
    UPDATE staff.letter SET used_at = now() WHERE account = %s AND kind = 'password_reset' AND used_at IS NULL
"""

Connection = AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]


class Known(NamedTuple):
    """An account that may sign in."""

    id: str
    email: str
    name: str
    language: str
    password_hash: str


class Membership(NamedTuple):
    """A shop that an account works for; `name` where it has one of its own there."""

    shop: str
    role: str
    name: str


class Accounts:
    """All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of the log."""
        self.pool = pool

    async def by_email(self, email: str) -> Known | None:
        return await self._one(_BY_EMAIL, stored(email))

    async def by_id(self, account: str) -> Known | None:
        return await self._one(_BY_ID, account)

    async def memberships(self, account: str) -> list[Membership]:
        """Where it works now, the shop it was last seen in first."""
        async with self.pool.connection() as connection:
            return await memberships(connection, account)

    async def rename(self, account: str, shop: str, name: str | None, language: str | None) -> None:
        """Another name, in this shop also in place of one that was given there; None stays as it is."""
        async with self.pool.connection() as connection:
            await connection.execute(_RENAME, [name, language, account])
            if name is not None:
                await connection.execute(_OWN_NAME, [account, shop])

    async def switch(self, token_hash: bytes, shop: str) -> bool:
        """The session is in another shop from now on; whether the account works there."""
        async with self.pool.connection() as connection:
            return (await connection.execute(_SWITCH, {"shop": shop, "token": token_hash})).rowcount == 1

    async def _one(self, query: str, value: str) -> Known | None:
        async with self.pool.connection() as connection, connection.cursor(row_factory=class_row(Known)) as cursor:
            return await (await cursor.execute(query.encode(), [value])).fetchone()


async def memberships(connection: Connection, account: str) -> list[Membership]:
    """As `Accounts.memberships`, in a transaction of the caller's."""
    rows = await (await connection.execute(_MEMBERSHIPS, [account])).fetchall()
    return [Membership(*row) for row in rows]


async def set_password(connection: Connection, account: str, password_hash: str, *, former: str | None = None) -> bool:
    """Whether it was set: not if the password is not `former` any more, or the account is closed.

    Links that were sent to set one are void then.
    """
    if (await connection.execute(_PASSWORD, [password_hash, account, former])).rowcount == 0:
        return False
    await connection.execute(_VOID_LINKS, [account])
    return True


async def end_sessions(connection: Connection, account: str, but: bytes | None = None) -> list[bytes]:
    """End all sessions of an account, or all but one. Tell `Sessions.ended` of them once this is committed."""
    rows = await (await connection.execute(_END_ALL, [account, but])).fetchall()
    return [bytes(token_hash) for (token_hash,) in rows]


async def record_in_all(connection: Connection, account: str, what: str) -> None:
    """Write in the book of each of its shops what an account did to itself."""
    for membership in await memberships(connection, account):
        await audit.record(connection, membership.shop, account, what, account)


def stored(email: str) -> str:
    """As the table has it; what it can't have is found by nobody."""
    return email.strip().lower().replace("\x00", "?")
