"""The floor of a rebuild: history's rows as they are, copied into empty tables, with all indexes.

No log is read, nothing decrypted, decided or folded: what is left is PostgreSQL's own work.
"""

from __future__ import annotations

import time
from pathlib import Path

from services.common.settings import Settings
from services.projections import replay
from services.projections.fresh import LIVE, Connection
from services.projections.tables import TABLES


async def seconds(settings: Settings, folder: Path) -> float:
    """How long the copy takes; the rows wait in files of `folder`, in PostgreSQL's own binary form."""
    async with await replay.TABLES.connect(settings) as connection:
        files = {table: folder / f"{table}.copy" for table in TABLES}
        for table, file in files.items():
            await _out(connection, f"{LIVE}.{table}", file)
        await replay.TABLES.create(connection)
        try:
            started = time.monotonic()
            for table, file in files.items():
                await _into(connection, table, file)
            await replay.complete_rows(connection)
            await replay.TABLES.add_indexes(connection)
            return time.monotonic() - started
        finally:
            await replay.TABLES.drop(connection)
            for file in files.values():
                file.unlink(missing_ok=True)


async def _out(connection: Connection, table: str, file: Path) -> None:
    statement = f"COPY {table} TO STDOUT (FORMAT binary)".encode()
    with file.open("wb") as to:
        async with connection.cursor() as cursor, cursor.copy(statement) as copy:
            async for data in copy:
                to.write(data)


async def _into(connection: Connection, table: str, file: Path) -> None:
    statement = f"COPY {table} FROM STDIN (FORMAT binary)".encode()
    with file.open("rb") as source:
        async with connection.cursor() as cursor, cursor.copy(statement) as copy:
            while data := source.read(1 << 18):
                await copy.write(data)
