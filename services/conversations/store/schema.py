"""Creates the schemas of a log, one a partition."""

from pathlib import Path
from string import Template
from typing import Any, Final

import psycopg

from contracts import subjects
from services.common.database import with_keepalives
from services.common.schema import SchemaMismatch

VERSION: Final = 1
"""Of the tables in `log.sql`; stands in the comment of each schema."""

_DDL: Final = Template((Path(__file__).parent / "log.sql").read_text())
_LOCK: Final = 0x53_48_4C_47  # one creation at a time
_FOUND: Final = """
    SELECT nspname, coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = ANY (%s)
"""


def create_log_schema(dsn: str, log: str = subjects.CONVERSATIONS) -> list[str]:
    """Create what is missing of the log's schemas, all in one transaction. Returns the names of the new ones.

    Raises SchemaMismatch if they are of another release, psycopg.Error if the server refuses.
    """
    names = [subjects.log_schema(log, partition) for partition in range(subjects.PARTITIONS)]
    with psycopg.connect(with_keepalives(dsn, "shopbell-migrate")) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        missing = _missing(connection, names)
        for name in missing:
            ddl = _DDL.substitute(schema=name, version=VERSION)
            connection.execute(ddl.encode())
    return missing


def check_log_schema(dsn: str, log: str = subjects.CONVERSATIONS) -> None:
    """Raise SchemaMismatch unless all schemas of the log are there and as this release wants them."""
    names = [subjects.log_schema(log, partition) for partition in range(subjects.PARTITIONS)]
    with psycopg.connect(with_keepalives(dsn, "shopbell-migrate")) as connection:
        if _missing(connection, names):
            raise SchemaMismatch(f"The log {log} is not complete yet: run `shopbell migrate`.")


def _missing(connection: psycopg.Connection[Any], names: list[str]) -> list[str]:
    found = dict(connection.execute(_FOUND, [names]).fetchall())
    for name, version in found.items():
        if version != str(VERSION):
            raise SchemaMismatch(
                f"The schema {name} is at version {version or 'unknown'}, this Shopbell needs {VERSION}:"
                " install the release that fits."
            )
    return [name for name in names if name not in found]
