"""Compares history's live tables with freshly replayed ones, row by row, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from contracts import subjects
from contracts.envelope import event_id
from services.projections.fresh import FRESH, LIVE

SHOWN: Final = 10
"""Differences that are named; there may be more."""

KEYS: Final = {
    "rm_conversation": ("id",),
    "rm_message": ("conversation", "seq"),
    "rm_offline_message": ("id",),
    "rm_canned_reply": ("shop", "id"),
    "rm_block": ("shop", "visitor"),
    "rm_shop": ("id",),
    "rm_change": ("shop", "seq", "number"),
}

AS_WRITTEN: Final = {"rm_shop": ["topic", "state"]}
"""Columns that depend on the release that wrote them: it may be an older one than the one that compares."""

_DIFFERENCES: Final = SQL("""
    SELECT {keys}, to_jsonb(old) - {as_written}, to_jsonb(new) - {as_written}
    FROM {live} AS old FULL JOIN {fresh} AS new USING ({keys})
    WHERE {different} ORDER BY {keys} LIMIT {shown}
""")
_DIFFERENT: Final = SQL("old IS DISTINCT FROM new")
_DIFFERENT_BUT: Final = SQL("to_jsonb(old) - {as_written} IS DISTINCT FROM to_jsonb(new) - {as_written}")

Connection = AsyncConnection[Any]


async def compare(connection: Connection) -> list[str]:
    """The first differences, a sentence each, without what the rows say; empty if there are none."""
    return [line for table, keys in KEYS.items() for line in await _compare_table(connection, table, keys)]


async def count(connection: Connection) -> str:
    """How many rows were compared."""
    numbers = []
    for table in KEYS:
        cursor = await connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(FRESH, table)))
        row = await cursor.fetchone()
        numbers.append(row[0] if row else 0)
    return f"{numbers[0]:,} conversations with {numbers[1]:,} events and {numbers[2]:,} offline messages"


def places(positions: Mapping[int, int]) -> str:
    """The positions that were compared at: the last event of each partition that has any."""
    named = [event_id(subjects.CONVERSATIONS, partition, last) for partition, last in sorted(positions.items()) if last]
    return ", ".join(named) or "the very beginning"


async def _compare_table(connection: Connection, table: str, keys: tuple[str, ...]) -> list[str]:
    as_written = SQL("{}::text[]").format(AS_WRITTEN.get(table, []))
    query = _DIFFERENCES.format(
        as_written=as_written,
        different=_DIFFERENT_BUT.format(as_written=as_written) if table in AS_WRITTEN else _DIFFERENT,
        keys=SQL(", ").join(map(Identifier, keys)),
        live=Identifier(LIVE, table),
        fresh=Identifier(FRESH, table),
        shown=SHOWN,
    )
    rows = await (await connection.execute(query)).fetchall()
    return [_sentence(table, row[: len(keys)], row[-2], row[-1]) for row in rows]


def _sentence(table: str, key: tuple[Any, ...], old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    name = f"{table} {' '.join(map(str, key))}"
    if old is None or new is None:
        return f"{name} is only in the {'rebuilt' if old is None else 'live'} table"
    return f"{name} differs in {', '.join(column for column in new if old.get(column) != new[column])}"
