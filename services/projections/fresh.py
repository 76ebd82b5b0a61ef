"""A second set of history's tables, filled beside the live ones and then put in their place.

They stand in a schema of their own under the same names, so that the same SQL fills both: the connection's search
path decides. Most indexes are made once the rows are in.
"""

from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier, Literal

from services.common.database import with_keepalives
from services.common.settings import Settings
from services.projections.projection import HISTORY
from services.projections.tables import TABLES

LIVE: Final = "public"
FRESH: Final = "rebuild_history"
POSITIONS: Final = "projection_position"
KEPT_UP: Final = (
    "rm_conversation_by_person",
    "rm_conversation_archived",
    "rm_offline_message_by_person",
    "rm_offline_message_by_time",
)
"""Indexes that the replay itself needs, for what is erased and what is too old."""
KEYED: Final = (*(table for table in TABLES if table != "rm_message"), POSITIONS)
"""Tables whose primary key the replay needs; the events of conversations only ever grow."""
OPTIONS: Final = (
    f"-c search_path={FRESH},pg_catalog -c synchronous_commit=off -c maintenance_work_mem=256MB -c work_mem=64MB"
)
SWAP_LOCK_TIMEOUT: Final = "5s"
"""How long readers may keep the swap waiting, and so at most how long it may keep other readers waiting."""

Connection = AsyncConnection[Any]

_REMOVE_ORPHANS: Final = """
    DELETE FROM rm_message AS message
    WHERE NOT EXISTS (SELECT FROM rm_conversation WHERE id = message.conversation)
"""
_TABLE_OPTIONS: Final = "SELECT reloptions FROM pg_class WHERE oid = to_regclass(%s)"
_CONSTRAINTS: Final = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = 'p'
"""
_INDEXES: Final = """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = to_regclass(%s) AND NOT indisprimary AND (relname = ANY (%s)) = %s
"""
_TAKE_POSITIONS: Final = SQL("""
    INSERT INTO {live} SELECT * FROM {fresh} WHERE projection = {history}
    ON CONFLICT (projection, log, partition) DO UPDATE SET notification_id = excluded.notification_id
""")
_HOLD_LIVE: Final = SQL("SELECT partition, notification_id FROM {live} WHERE projection = {history} FOR UPDATE")
_LIVE_POSITIONS: Final = SQL("SELECT partition, notification_id FROM {live} WHERE projection = {history}")


async def connect(settings: Settings) -> Connection:
    """A connection of its own to the read tables, on which names mean the fresh ones."""
    dsn = with_keepalives(settings.dsn_of("read"), "shopbell-rebuild", options=OPTIONS)
    return await AsyncConnection.connect(dsn, autocommit=True)


async def create(connection: Connection) -> None:
    """Empty tables, in place of what an abandoned rebuild may have left."""
    await drop(connection)
    async with connection.transaction():
        await connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(FRESH)))
        for table in (*TABLES, POSITIONS):
            like = SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL EXCLUDING INDEXES)")
            await connection.execute(like.format(Identifier(FRESH, table), Identifier(LIVE, table)))
            await _copy_table_options(connection, table)
        for table in KEYED:
            await _add_primary_key(connection, table)
        await _add_indexes(connection, kept_up=True)


async def drop(connection: Connection) -> None:
    """Leave nothing behind."""
    await connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(FRESH)))


async def complete_rows(connection: Connection) -> None:
    """Remove the events of conversations that were deleted while their table had no index, and give it its key."""
    await connection.execute(_REMOVE_ORPHANS)
    await _add_primary_key(connection, "rm_message")


async def add_indexes(connection: Connection) -> None:
    """All others that the live tables have, under the same names."""
    await _add_indexes(connection, kept_up=False)
    for table in TABLES:
        await connection.execute(SQL("ANALYZE {}").format(Identifier(FRESH, table)))


async def live_positions(connection: Connection, *, hold: bool = False) -> dict[int, int]:
    """Where the live tables stand; with `hold` they stay there until the transaction ends."""
    query = _HOLD_LIVE if hold else _LIVE_POSITIONS
    cursor = await connection.execute(query.format(live=Identifier(LIVE, POSITIONS), history=Literal(HISTORY)))
    return dict(await cursor.fetchall())


async def swap(connection: Connection) -> None:
    """Put the fresh tables with their positions in the place of the live ones; inside a transaction.

    Raises psycopg.errors.LockNotAvailable if readers hold the old ones for too long: nothing has changed then.
    """
    await connection.execute(SQL("SET LOCAL lock_timeout = {}").format(Literal(SWAP_LOCK_TIMEOUT)))
    live, fresh = Identifier(LIVE, POSITIONS), Identifier(FRESH, POSITIONS)
    await connection.execute(_TAKE_POSITIONS.format(live=live, fresh=fresh, history=Literal(HISTORY)))
    for table in TABLES:
        await connection.execute(SQL("DROP TABLE {}").format(Identifier(LIVE, table)))
        move = SQL("ALTER TABLE {} SET SCHEMA {}")
        await connection.execute(move.format(Identifier(FRESH, table), Identifier(LIVE)))
    await drop(connection)


async def _copy_table_options(connection: Connection, table: str) -> None:
    row = await (await connection.execute(_TABLE_OPTIONS, [f"{LIVE}.{table}"])).fetchone()
    if row and row[0]:
        statement = SQL("ALTER TABLE {} SET ({})").format(Identifier(FRESH, table), SQL(", ".join(row[0])))
        await connection.execute(statement)


async def _add_indexes(connection: Connection, *, kept_up: bool) -> None:
    for table in TABLES:
        definitions = await connection.execute(_INDEXES, [f"{LIVE}.{table}", list(KEPT_UP), kept_up])
        for (definition,) in await definitions.fetchall():
            await connection.execute(definition.replace(f" ON {LIVE}.", f" ON {FRESH}.", 1).encode())


async def _add_primary_key(connection: Connection, table: str) -> None:
    for name, definition in await (await connection.execute(_CONSTRAINTS, [f"{LIVE}.{table}"])).fetchall():
        statement = SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        await connection.execute(statement.format(Identifier(FRESH, table), Identifier(name), SQL(definition)))
