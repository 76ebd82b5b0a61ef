"""How far a reader has come in each partition; moved in the transaction of what was read."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import AsyncConnection

from contracts import subjects

Connection = AsyncConnection[Any]

_CREATE: Final = """
    INSERT INTO projection_position (projection, log, partition)
    SELECT %s, %s, generate_series(0, %s) ON CONFLICT DO NOTHING
"""
_ALL: Final = "SELECT partition, notification_id FROM projection_position WHERE projection = %s AND log = %s"
_HOLD: Final = """
    SELECT notification_id FROM projection_position
    WHERE projection = %s AND log = %s AND partition = %s FOR UPDATE SKIP LOCKED
"""
_MOVE: Final = """
    UPDATE projection_position SET notification_id = %s
    WHERE projection = %s AND log = %s AND partition = %s AND notification_id = %s
"""


_SET: Final = """
    UPDATE projection_position SET notification_id = %s WHERE projection = %s AND log = %s AND partition = %s
"""


class PositionMoved(Exception):
    """Another runner is ahead: what was read must be read again from its position."""


async def create(connection: Connection, projection: str, log: str = subjects.CONVERSATIONS) -> None:
    """Positions at the very beginning for partitions that have none."""
    await connection.execute(_CREATE, [projection, log, subjects.PARTITIONS - 1])


async def read_all(connection: Connection, projection: str, log: str = subjects.CONVERSATIONS) -> dict[int, int]:
    """The position in each partition."""
    return dict(await (await connection.execute(_ALL, [projection, log])).fetchall())


async def hold(
    connection: Connection, projection: str, partition: int, log: str = subjects.CONVERSATIONS
) -> int | None:
    """The position, held until the transaction ends; None while another runner holds it."""
    row = await (await connection.execute(_HOLD, [projection, log, partition])).fetchone()
    return row[0] if row else None


async def move(
    connection: Connection,
    projection: str,
    partition: int,
    *,
    expected: int,
    to: int,
    log: str = subjects.CONVERSATIONS,
) -> None:
    """Raises PositionMoved unless the position is the `expected` one."""
    moved = await connection.execute(_MOVE, [to, projection, log, partition, expected])
    if moved.rowcount != 1:
        raise PositionMoved(f"{projection} of {log}-{partition} is not at {expected} any more")


async def put(
    connection: Connection, projection: str, positions: Mapping[int, int], log: str = subjects.CONVERSATIONS
) -> None:
    """Set positions that nobody moves: those of tables not in use yet."""
    for partition, position in positions.items():
        await connection.execute(_SET, [position, projection, log, partition])
