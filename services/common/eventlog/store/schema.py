"""Creates the schemas of a log, one a partition, and brings older ones up to date."""

from pathlib import Path
from string import Template
from typing import Any, Final

import psycopg

from contracts import subjects
from services.common.database import with_keepalives
from services.common.schema import SchemaMismatch

VERSION: Final = 2
"""Of the tables in `log.sql` and the function in `append.sql`; stands in the comment of each schema."""

_FOLDER: Final = Path(__file__).parent
_STEPS_FROM: Final = {1: ("upgrade_1.sql", "append.sql")}
"""From the version that is found to the next: what has to be run."""
_LOCK: Final = 0x53_48_4C_47  # one creation at a time
_FOUND: Final = """
    SELECT nspname, coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = ANY (%s)
"""


def create_log_schema(dsn: str, log: str) -> list[str]:
    """Create what is missing of the log's schemas and upgrade what is older, all in one transaction.

    Returns the names of those touched. Raises SchemaMismatch if some are of a later release, psycopg.Error if the
    server refuses.
    """
    touched = []
    with psycopg.connect(with_keepalives(dsn, "shopbell-migrate")) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for name, version in _versions(connection, log).items():
            if version is None:
                _run(connection, name, VERSION, "log.sql", "append.sql")
                touched.append(name)
                continue
            for step in range(version, VERSION):
                _run(connection, name, step + 1, *_STEPS_FROM[step])
                touched.append(name)
    return touched


def check_log_schema(dsn: str, log: str) -> None:
    """Raise SchemaMismatch unless all schemas of the log are there and as this release wants them."""
    with psycopg.connect(with_keepalives(dsn, "shopbell-migrate")) as connection:
        versions = _versions(connection, log)
    if None in versions.values():
        raise SchemaMismatch(f"The log {log} is not complete yet: run `shopbell migrate`.")
    if any(version != VERSION for version in versions.values()):
        raise SchemaMismatch(f"The log {log} is of an older release: run `shopbell migrate`.")


def _versions(connection: psycopg.Connection[Any], log: str) -> dict[str, int | None]:
    """Of each schema of the log, None where it is missing. Raises SchemaMismatch for what this release can't know."""
    names = [subjects.log_schema(log, partition) for partition in range(subjects.PARTITIONS)]
    found = dict(connection.execute(_FOUND, [names]).fetchall())
    for name, version in found.items():
        if version not in {*map(str, _STEPS_FROM), str(VERSION)}:
            raise SchemaMismatch(
                f"The schema {name} is at version {version or 'unknown'}, this Shopbell needs {VERSION}:"
                " install the release that fits."
            )
    return {name: int(found[name]) if name in found else None for name in names}


def _run(connection: psycopg.Connection[Any], schema: str, version: int, *files: str) -> None:
    for file in files:
        ddl = Template((_FOLDER / file).read_text()).substitute(schema=schema, version=version)
        connection.execute(ddl.encode())
