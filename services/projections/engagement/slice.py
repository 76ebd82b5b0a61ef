"""What a slice of the read tables of engagement gives to the frame."""

from collections.abc import Mapping
from typing import Any, Protocol

from services.common.key_store import KeyStore
from services.projections.paging import Connection


class Slice(Protocol):
    """A module with these names.

    `NAMES` are the topics of its events, in their newest version. `TABLES` names its tables and the columns of their
    primary keys; in its SQL names have no schema, so that it fills live and rebuilt tables alike. `apply` changes
    rows by events in log order, of one partition and in the caller's transaction, set by set; applied again, they
    change nothing. It may raise what psycopg raises while a database is away.
    """

    @property
    def NAMES(self) -> frozenset[str]: ...  # a constant of a module

    @property
    def TABLES(self) -> Mapping[str, tuple[str, ...]]: ...

    async def apply(self, connection: Connection, keys: KeyStore, events: list[Any], /) -> None: ...
