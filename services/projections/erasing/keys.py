"""Destroying keys. After that nothing can read what they sealed: no row, no stream, no backup of the log."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection

from services.common import failpoints
from services.common.following import Pool

Connection = AsyncConnection[Any]

_ONCE: Final = "INSERT INTO destroyed_key (shop, number, keys) VALUES (%s, %s, 0) ON CONFLICT DO NOTHING"
_DESTROY: Final = """
    WITH gone AS (
        DELETE FROM person_key WHERE shop = %(shop)s AND (%(all)s OR person = ANY (%(persons)s))
        RETURNING person, wrapped
    ), counted AS (
        SELECT count(*) AS keys, encode(sha256(string_agg(wrapped, ''::bytea ORDER BY person)), 'hex') AS print
        FROM gone
    )
    UPDATE destroyed_key SET keys = counted.keys, print = counted.print
    FROM counted WHERE shop = %(shop)s AND number = %(number)s
"""
_OF_SHOP: Final = (
    "DELETE FROM shop_secret WHERE shop = %s",
    "DELETE FROM shop_dkim WHERE shop = %s",
    "DELETE FROM installation_secret WHERE name = 'vapid|' || %s",
    "DELETE FROM destroyed_key WHERE shop = %s AND number > 0",
)
_DESTROYED: Final = "SELECT at, keys, print FROM destroyed_key WHERE shop = %s AND number = %s"
_PERSONS: Final = """
    SELECT person FROM person_key WHERE shop = %s AND person > %s AND last_used < current_date - 1
    ORDER BY person LIMIT %s
"""
_DESTROY_UNUSED: Final = """
    DELETE FROM person_key WHERE shop = %s AND person = ANY (%s) AND last_used < current_date - 1 RETURNING person
"""


class Destroyed(NamedTuple):
    """When, how many keys, and the SHA-256 over them as they were wrapped, in the order of their persons."""

    at: datetime
    keys: int
    print: str | None


async def destroy(pool: Pool, shop: str, number: int, persons: list[str] | None) -> Destroyed:
    """Destroy the keys of `persons`, or all of the shop's with its other secrets: once for an erasure.

    Asked again it destroys nothing: whoever came back since then has a new key, and keeps it.
    """
    async with pool.connection() as connection:
        made = await connection.execute(_ONCE, [shop, number])
        if made.rowcount:
            values = {"shop": shop, "number": number, "persons": persons or [], "all": persons is None}
            await connection.execute(_DESTROY, values)
            if persons is None:
                for statement in _OF_SHOP:
                    await connection.execute(statement, [shop])
            failpoints.hit("before_keys_are_gone")
        row = await (await connection.execute(_DESTROYED, [shop, number])).fetchone()
    if row is None:
        raise RuntimeError("a row that was just written is not there")
    failpoints.hit("after_keys_are_gone")
    return Destroyed(*row)


async def long_unused(pool: Pool, shop: str, after: str, limit: int) -> list[str]:
    """Persons, in order, under whose keys nothing new was begun yesterday or today."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_PERSONS, [shop, after, limit])).fetchall()
    return [person for (person,) in rows]


async def destroy_unused(pool: Pool, shop: str, persons: list[str]) -> list[str]:
    """Destroy the keys of those who did not begin anything new meanwhile. Returns whose are gone."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_DESTROY_UNUSED, [shop, persons])).fetchall()
    return [person for (person,) in rows]
