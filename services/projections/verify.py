"""Compares live read tables with freshly replayed ones, row by row, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg.sql import SQL, Identifier

from contracts.envelope import event_id
from services.projections.fresh import LIVE, Connection
from services.projections.plan import Plan

SHOWN: Final = 10
"""Differences that are named; there may be more."""

_DIFFERENCES: Final = SQL("""
    SELECT {keys}, to_jsonb(old) - {as_written}, to_jsonb(new) - {as_written}
    FROM {live} AS old FULL JOIN {fresh} AS new USING ({keys})
    WHERE {different} ORDER BY {keys} LIMIT {shown}
""")
_DIFFERENT: Final = SQL("old IS DISTINCT FROM new")
_DIFFERENT_BUT: Final = SQL("to_jsonb(old) - {as_written} IS DISTINCT FROM to_jsonb(new) - {as_written}")


async def compare(connection: Connection, plan: Plan) -> list[str]:
    """The first differences, a sentence each, without what the rows say; empty if there are none."""
    return [line for table in plan.keys for line in await _compare_table(connection, plan, table)]


async def count(connection: Connection, plan: Plan) -> str:
    """How many rows were compared."""
    numbers = []
    for table in plan.keys:
        cursor = await connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(plan.tables.schema, table)))
        row = await cursor.fetchone()
        numbers.append(row[0] if row else 0)
    return plan.counted(numbers)


def places(log: str, positions: Mapping[int, int]) -> str:
    """The positions that were compared at: the last event of each partition that has any."""
    named = [event_id(log, partition, last) for partition, last in sorted(positions.items()) if last]
    return ", ".join(named) or "the very beginning"


async def _compare_table(connection: Connection, plan: Plan, table: str) -> list[str]:
    keys = plan.keys[table]
    as_written = SQL("{}::text[]").format(plan.as_written.get(table, []))
    query = _DIFFERENCES.format(
        as_written=as_written,
        different=_DIFFERENT_BUT.format(as_written=as_written) if table in plan.as_written else _DIFFERENT,
        keys=SQL(", ").join(map(Identifier, keys)),
        live=Identifier(LIVE, table),
        fresh=Identifier(plan.tables.schema, table),
        shown=SHOWN,
    )
    rows = await (await connection.execute(query)).fetchall()
    return [_sentence(table, row[: len(keys)], row[-2], row[-1]) for row in rows]


def _sentence(table: str, key: tuple[Any, ...], old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    name = f"{table} {' '.join(map(str, key))}"
    if old is None or new is None:
        return f"{name} is only in the {'rebuilt' if old is None else 'live'} table"
    return f"{name} differs in {', '.join(column for column in new if old.get(column) != new[column])}"
