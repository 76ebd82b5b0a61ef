"""A second set of read tables, filled beside the live ones and then put in their place.

They stand in a schema of their own under the same names, so that the same SQL fills both: the connection's search
path decides. Most indexes are made once the rows are in.
"""

from dataclasses import dataclass
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier, Literal

from services.common.database import with_keepalives
from services.common.settings import Settings

LIVE: Final = "public"
POSITIONS: Final = "projection_position"
SWAP_LOCK_TIMEOUT: Final = "5s"
"""How long readers may keep the swap waiting, and so at most how long it may keep other readers waiting."""

Connection = AsyncConnection[Any]

_TABLE_OPTIONS: Final = "SELECT reloptions FROM pg_class WHERE oid = to_regclass(%s)"
_CONSTRAINTS: Final = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = 'p'
"""
_INDEXES: Final = """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = to_regclass(%s) AND NOT indisprimary AND (relname = ANY (%s)) = %s
"""
_TAKE_POSITIONS: Final = SQL("""
    INSERT INTO {live} SELECT * FROM {fresh} WHERE projection = {name}
    ON CONFLICT (projection, log, partition) DO UPDATE SET notification_id = excluded.notification_id
""")
_HOLD_LIVE: Final = SQL("SELECT partition, notification_id FROM {live} WHERE projection = {name} FOR UPDATE")
_LIVE_POSITIONS: Final = SQL("SELECT partition, notification_id FROM {live} WHERE projection = {name}")


@dataclass(frozen=True, kw_only=True)
class FreshTables:
    """The tables of one projection.

    `without_key` are those whose primary key the replay does not need and gets at its end, `kept_up` the indexes that
    it does need.
    """

    projection: str
    tables: tuple[str, ...]
    without_key: tuple[str, ...] = ()
    kept_up: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """Where they stand until they are swapped."""
        return f"rebuild_{self.projection}"

    @property
    def options(self) -> str:
        """Of connections on which names mean the fresh tables."""
        settings = "-c synchronous_commit=off -c maintenance_work_mem=256MB -c work_mem=64MB"
        return f"-c search_path={self.schema},pg_catalog {settings}"

    async def connect(self, settings: Settings) -> Connection:
        """A connection of its own to the read tables, on which names mean the fresh ones."""
        dsn = with_keepalives(settings.dsn_of("read"), "shopbell-rebuild", options=self.options)
        return await AsyncConnection.connect(dsn, autocommit=True)

    async def create(self, connection: Connection) -> None:
        """Empty tables, in place of what an abandoned rebuild may have left."""
        await self.drop(connection)
        async with connection.transaction():
            await connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(self.schema)))
            for table in (*self.tables, POSITIONS):
                like = SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL EXCLUDING INDEXES)")
                await connection.execute(like.format(Identifier(self.schema, table), Identifier(LIVE, table)))
                await self._copy_table_options(connection, table)
                if table not in self.without_key:
                    await self.add_primary_key(connection, table)
            await self._add_indexes(connection, kept_up=True)

    async def drop(self, connection: Connection) -> None:
        """Leave nothing behind."""
        await connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(self.schema)))

    async def add_indexes(self, connection: Connection) -> None:
        """All others that the live tables have, under the same names."""
        await self._add_indexes(connection, kept_up=False)
        for table in self.tables:
            await connection.execute(SQL("ANALYZE {}").format(Identifier(self.schema, table)))

    async def add_primary_key(self, connection: Connection, table: str) -> None:
        """The one that the live table has."""
        for name, definition in await (await connection.execute(_CONSTRAINTS, [f"{LIVE}.{table}"])).fetchall():
            statement = SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
            await connection.execute(
                statement.format(Identifier(self.schema, table), Identifier(name), SQL(definition))
            )

    async def live_positions(self, connection: Connection, *, hold: bool = False) -> dict[int, int]:
        """Where the live tables stand; with `hold` they stay there until the transaction ends."""
        query = _HOLD_LIVE if hold else _LIVE_POSITIONS
        live, name = Identifier(LIVE, POSITIONS), Literal(self.projection)
        return dict(await (await connection.execute(query.format(live=live, name=name))).fetchall())

    async def swap(self, connection: Connection) -> None:
        """Put the fresh tables with their positions in the place of the live ones; inside a transaction.

        Raises psycopg.errors.LockNotAvailable if readers hold the old ones for too long: nothing has changed then.
        """
        await connection.execute(SQL("SET LOCAL lock_timeout = {}").format(Literal(SWAP_LOCK_TIMEOUT)))
        live, fresh = Identifier(LIVE, POSITIONS), Identifier(self.schema, POSITIONS)
        await connection.execute(_TAKE_POSITIONS.format(live=live, fresh=fresh, name=Literal(self.projection)))
        for table in self.tables:
            await connection.execute(SQL("DROP TABLE {}").format(Identifier(LIVE, table)))
            move = SQL("ALTER TABLE {} SET SCHEMA {}")
            await connection.execute(move.format(Identifier(self.schema, table), Identifier(LIVE)))
        await self.drop(connection)

    async def _copy_table_options(self, connection: Connection, table: str) -> None:
        row = await (await connection.execute(_TABLE_OPTIONS, [f"{LIVE}.{table}"])).fetchone()
        if row and row[0]:
            options = SQL(", ".join(row[0]))
            await connection.execute(SQL("ALTER TABLE {} SET ({})").format(Identifier(self.schema, table), options))

    async def _add_indexes(self, connection: Connection, *, kept_up: bool) -> None:
        for table in self.tables:
            found = await connection.execute(_INDEXES, [f"{LIVE}.{table}", list(self.kept_up), kept_up])
            for (definition,) in await found.fetchall():
                await connection.execute(definition.replace(f" ON {LIVE}.", f" ON {self.schema}.", 1).encode())
