"""Tables, brought from version to version by numbered files of plain SQL.

`migrations/<database>/NNNN_name.sql`, database being `log`, `read` or `keys`. A shipped file never changes.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from services.common.settings import Settings

DATABASES: Final = ("log", "read", "keys")
FOLDER: Final = Path(__file__).parent / "migrations"
_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_LOCK: Final = 0x53_48_4F_50  # one migration of a database at a time

_VERSION_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS schema_version (
        version    integer PRIMARY KEY,
        name       text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""


class SchemaMismatch(Exception):
    """A database is older or newer than this program; the message is one sentence for a person."""


@dataclass(frozen=True)
class Migration:
    """One step: its number, its name, its SQL."""

    version: int
    name: str
    sql: str


def migrations(database: str, folder: Path = FOLDER) -> list[Migration]:
    """The steps of one database, in order. Raises ValueError if numbers are missing or double."""
    steps = []
    for file in sorted((folder / database).glob("*.sql")):
        matched = _FILE_NAME.fullmatch(file.name)
        if matched is None:
            raise ValueError(f"{file.name} is not named NNNN_name.sql")
        steps.append(Migration(int(matched[1]), file.stem, file.read_text()))
    if [step.version for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"the migrations of {database} are not numbered 1, 2, 3 …")
    return steps


def migrate(connection: psycopg.Connection[Any], database: str, steps: list[Migration] | None = None) -> list[str]:
    """Apply what is missing, each step in a transaction of its own. Returns the names of what was applied."""
    steps = migrations(database) if steps is None else steps
    applied = []
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        connection.execute(_VERSION_TABLE)
        current = _current_version(connection)
        _refuse_newer(connection.info.dbname, current, len(steps))
        for step in steps[current:]:
            with connection.transaction():
                connection.execute(step.sql)
                connection.execute(
                    "INSERT INTO schema_version (version, name) VALUES (%s, %s)", [step.version, step.name]
                )
            applied.append(step.name)
    return applied


def check(connection: psycopg.Connection[Any], database: str) -> None:
    """Raise SchemaMismatch unless the database has exactly the version that this program was written for."""
    wanted, name = len(migrations(database)), connection.info.dbname
    found = _current_version(connection)
    _refuse_newer(name, found, wanted)
    if found < wanted:
        raise SchemaMismatch(
            f"The database {name} is at version {found}, this Shopbell needs {wanted}: run `shopbell migrate`."
        )


def check_all(settings: Settings) -> None:
    """Check the three databases. Raises SchemaMismatch, or psycopg.OperationalError if one can't be reached."""
    for database in DATABASES:
        try:
            with psycopg.connect(settings.dsn_of(database), connect_timeout=5) as connection:
                check(connection, database)
        except psycopg.OperationalError as error:
            if error.sqlstate is None and "does not exist" in str(error):
                name = settings.database_name(database)
                raise SchemaMismatch(f"The database {name} does not exist yet: run `shopbell migrate`.") from None
            raise


def _current_version(connection: psycopg.Connection[Any]) -> int:
    known = connection.execute("SELECT to_regclass('schema_version')").fetchone()
    if known is None or known[0] is None:
        return 0
    row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def _refuse_newer(name: str, found: int, wanted: int) -> None:
    if found > wanted:
        raise SchemaMismatch(
            f"The database {name} is at version {found}, newer than this Shopbell ({wanted}): install the newer one."
        )
