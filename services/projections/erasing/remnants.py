"""What deleted rows leave behind in a database: dead rows, and samples of values in the planner's statistics.

Afterwards the database reuses their places, and the statistics know nothing of them. Bytes may stay in unused places
until then: a rebuild of history writes all of it anew.
"""

from typing import Final

from psycopg.sql import SQL, Identifier

from services.common.following import Pool

READ_TABLES: Final = (
    "rm_conversation",
    "rm_message",
    "rm_offline_message",
    "rm_block",
    "rm_order",
    "rm_review_request",
    "rm_review",
)
KEY_TABLES: Final = ("person_key",)


async def clear(read_pool: Pool, keys_pool: Pool) -> None:
    """Vacuum what erasing deletes from. What the role may not vacuum is passed over, with a notice of the server."""
    await _vacuum(keys_pool, KEY_TABLES)
    await _vacuum(read_pool, READ_TABLES)
    await _vacuum(read_pool, ("pg_statistic",), analyze=False)


async def _vacuum(pool: Pool, tables: tuple[str, ...], *, analyze: bool = True) -> None:
    """Outside any transaction, as VACUUM must be."""
    how = SQL("(ANALYZE)") if analyze else SQL("")
    async with pool.connection() as connection:
        await connection.set_autocommit(True)
        try:
            for table in tables:
                await connection.execute(SQL("VACUUM {} {}").format(how, Identifier(table)))
        finally:
            await connection.set_autocommit(False)
