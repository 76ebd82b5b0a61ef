"""How far a reader of a log has come in each partition; moved in the transaction of what was read."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL, Composed, Identifier, Literal

from contracts import subjects

Connection = AsyncConnection[Any]

_CREATE: Final = SQL("""
    INSERT INTO {table} ({columns} partition) SELECT {values} generate_series(0, %s) ON CONFLICT DO NOTHING
""")
_ALL: Final = SQL("SELECT partition, notification_id FROM {table} WHERE {whose}")
_HOLD: Final = SQL("""
    SELECT notification_id FROM {table} WHERE {whose} AND partition = %s FOR UPDATE SKIP LOCKED
""")
_MOVE: Final = SQL("""
    UPDATE {table} SET notification_id = %s WHERE {whose} AND partition = %s AND notification_id = %s
""")
_SET: Final = SQL("UPDATE {table} SET notification_id = %s WHERE {whose} AND partition = %s")


class PositionMoved(Exception):
    """Another runner is ahead: what was read must be read again from its position."""


class Positions:
    """The positions of one reader: rows of a table with the columns `partition` and `notification_id`."""

    def __init__(self, table: str, **whose: str) -> None:
        """`table` may name its schema (`mail.position`); `whose` are the columns that tell readers apart, if any.

        `notification_id` must default to 0, and `partition` with the columns of `whose` be the primary key.
        """
        self._name = " ".join((table, *whose.values()))
        columns = {column: Literal(value) for column, value in whose.items()}
        equals = [SQL("{} = {}").format(Identifier(column), value) for column, value in columns.items()]
        conditions = equals or [SQL("true").format()]
        self._parts: dict[str, Composed] = {
            "table": Composed([Identifier(*table.split("."))]),
            "columns": Composed([SQL("{}, ").format(Identifier(column)) for column in columns]),
            "values": Composed([SQL("{}, ").format(value) for value in columns.values()]),
            "whose": SQL(" AND ").join(conditions),
        }

    async def create(self, connection: Connection) -> None:
        """Positions at the very beginning for partitions that have none."""
        await connection.execute(_CREATE.format(**self._parts), [subjects.PARTITIONS - 1])

    async def read_all(self, connection: Connection) -> dict[int, int]:
        """The position in each partition."""
        return dict(await (await connection.execute(_ALL.format(**self._parts))).fetchall())

    async def hold(self, connection: Connection, partition: int) -> int | None:
        """The position, held until the transaction ends; None while another runner holds it."""
        row = await (await connection.execute(_HOLD.format(**self._parts), [partition])).fetchone()
        return row[0] if row else None

    async def move(self, connection: Connection, partition: int, *, expected: int, to: int) -> None:
        """Raises PositionMoved unless the position is the `expected` one."""
        moved = await connection.execute(_MOVE.format(**self._parts), [to, partition, expected])
        if moved.rowcount != 1:
            raise PositionMoved(f"{self._name} is not at {expected} of partition {partition} any more")

    async def put(self, connection: Connection, positions: Mapping[int, int]) -> None:
        """Set positions that nobody moves: those of tables not in use yet."""
        for partition, position in positions.items():
            await connection.execute(_SET.format(**self._parts), [position, partition])
