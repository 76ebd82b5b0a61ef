"""A backup of the keys database brings back keys that were destroyed since. Its own table says what it knows of; what
the book of erasures knows beyond that is destroyed again.
"""

from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import PersonErased
from contracts.ids import shop_aggregate_id
from services.common import log_pages
from services.common.following import Pool
from services.common.logs import logger

log = logger(__name__)

Connection = AsyncConnection[Any]

_DONE: Final = "SELECT shop, number FROM erasure.erasure WHERE keys_at IS NOT NULL"
_DESTROYED: Final = "SELECT shop, number FROM destroyed_key"
_ERASED: Final = SQL("""
    SELECT topic, state FROM {table} WHERE originator_id = %s AND topic LIKE 'shop.person_erased.%%'
""")
_BEGIN_AGAIN: Final = """
    UPDATE erasure.erasure SET keys_at = NULL, swept_at = NULL, persons = %s, next_at = now()
    WHERE shop = %s AND number = %s AND keys_at IS NOT NULL
"""


async def begin_again(log_pool: Pool, keys_pool: Pool) -> int:
    """Begin erasures again whose keys have come back. Returns how many. Receipts stay as they are."""
    async with log_pool.connection() as connection:  # first: one that is done meanwhile must not seem undone
        done = {(shop, number) for shop, number in await (await connection.execute(_DONE)).fetchall()}
    async with keys_pool.connection() as connection:
        known = {(shop, number) for shop, number in await (await connection.execute(_DESTROYED)).fetchall()}
    undone = sorted(done - known)
    for shop, number in undone:
        async with log_pool.connection() as connection:
            persons = await _persons(connection, shop, number)
            await connection.execute(_BEGIN_AGAIN, [persons, shop, number])
    if undone:
        log.warning("Destroyed keys had come back with a backup", erasures=len(undone))
    return len(undone)


async def _persons(connection: Connection, shop: str, number: int) -> list[str]:
    """Whose erasure it was, from the log: the book has forgotten it."""
    query = _ERASED.format(table=log_pages.table_of(shop))
    rows = await (await connection.execute(query, [shop_aggregate_id(shop)])).fetchall()
    events = [event for row in rows if isinstance(event := registry.decode(*row), PersonErased)]
    return next((event.persons for event in events if event.number == number), [])
