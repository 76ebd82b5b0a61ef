"""Another master key: everything that is wrapped under the old one is wrapped under the new one, while all goes on.

What it protects stays the same, so nothing is sealed anew and caches stay right. A row that changes or goes
meanwhile is left as it is; it is found by the next run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Composable, Identifier, Placeholder

from services.common.dkim_keys import dkim_owner_of
from services.common.installation_root import root_owner_of
from services.common.key_store import owner_of
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.signing_secrets import secret_owner_of
from services.common.staff import second_factor_owner_of

PAGE: Final = 2_000

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Table:
    """Where wrapped secrets are: its primary key, and to whom the secret of a row belongs."""

    name: str
    key: tuple[str, ...]
    owner: Callable[..., bytes]


TABLES: Final = (
    Table("installation_secret", ("name",), root_owner_of),
    Table("shop_secret", ("shop", "kid"), secret_owner_of),
    Table("shop_dkim", ("shop", "selector"), dkim_owner_of),
    Table("person_key", ("shop", "person"), owner_of),
    Table("staff_second_factor", ("account",), second_factor_owner_of),
)

_PAGE: Final = SQL("SELECT {key}, wrapped FROM {table} WHERE {after} ORDER BY {key} LIMIT {limit}")
_REPLACE: Final = SQL("UPDATE {table} SET wrapped = %s WHERE ({key}) = ({values}) AND wrapped = %s")


def target(settings: Settings) -> MasterKey:
    """Under which all is to be wrapped: the next key if there is one, else the present one; the others are readable.

    Raises SettingsError.
    """
    present, others = settings.load_master_key(), settings.load_other_master_keys()
    first = others.pop(0) if settings.master_key_next is not None else present
    return MasterKey(first, others=[*others, *([present] if first != present else [])])


def count(connection: Connection) -> int:
    """How many wrapped secrets there are."""
    numbers = [
        connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(table.name))).fetchone() for table in TABLES
    ]
    return sum(row[0] for row in numbers if row)


def rotate(connection: Connection, master: MasterKey, seen: Callable[[int], None]) -> int:
    """Wrap what is not wrapped under `master` yet; `seen` is told of rows looked at. Returns how many were changed.

    `connection` is in autocommit mode. Raises WrongMasterKey at a row that no readable key opens.
    """
    changed = 0
    for table in TABLES:
        for page in _pages(connection, table):
            with connection.transaction():
                changed += sum(_rewrap(connection, table, master, row) for row in page)
            seen(len(page))
    return changed


def _rewrap(connection: Connection, table: Table, master: MasterKey, row: tuple[Any, ...]) -> int:
    *key, wrapped = row
    owner = table.owner(*key)
    if master.wraps_already(wrapped, owner):
        return 0
    fresh = master.wrap(master.unwrap(wrapped, owner), owner)
    values = SQL(", ").join([Placeholder()] * len(key))
    query = _REPLACE.format(table=Identifier(table.name), key=_columns(table), values=values)
    return connection.execute(query, [fresh, *key, wrapped]).rowcount


def _pages(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    after: list[Any] = []
    while True:
        values = SQL(", ").join([Placeholder()] * len(after))
        condition: Composable = SQL("({}) > ({})").format(_columns(table), values) if after else SQL("true")
        query = _PAGE.format(key=_columns(table), table=Identifier(table.name), after=condition, limit=PAGE)
        page = connection.execute(query, after).fetchall()
        if not page:
            return
        after = list(page[-1][:-1])
        yield page


def _columns(table: Table) -> Composable:
    return SQL(", ").join(map(Identifier, table.key))
