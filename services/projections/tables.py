"""History's tables, as SQL. Names have no schema: a connection's search path says whether they are the live ones."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import kwargs_row

from services.projections.rows import (
    BlockRow,
    CannedReplyRow,
    ChangeRow,
    ConversationRow,
    MessageRow,
    OfflineMessageRow,
    ShopRow,
)

TABLES: Final = (
    "rm_conversation",
    "rm_message",
    "rm_offline_message",
    "rm_canned_reply",
    "rm_block",
    "rm_shop",
    "rm_change",
)

_COPY = f"COPY rm_message ({', '.join(MessageRow._fields)}) FROM STDIN (FORMAT binary)"
_COPY_TYPES = ["uuid", "int4", "timestamptz", *["text"] * 5, "int4", "text", "text", "timestamptz", "text"]
_REMOVE_MESSAGES = "DELETE FROM rm_message WHERE conversation = ANY (%s)"
_ADD_CHANGES: Final = (
    f"INSERT INTO rm_change ({', '.join(ChangeRow.__struct_fields__)})"
    f" SELECT {', '.join(ChangeRow.__struct_fields__)} FROM json_populate_recordset(NULL::rm_change, %s)"
    " ON CONFLICT DO NOTHING"
).encode()
_REPLIES: Final = "SELECT shop, id, shortcut, texts FROM rm_canned_reply WHERE shop = ANY (%s) AND id = ANY (%s)"

_encode = msgspec.json.Encoder().encode

Connection = AsyncConnection[Any]
Row = TypeVar("Row", bound=Struct)


class Table(Generic[Row]):
    """A table with one row an aggregate, found by its id; the columns are the fields of the rows."""

    def __init__(self, name: str, row: type[Row], make: Callable[..., Row] | None = None) -> None:
        """`make` gives the row of a row's columns, where they are not of the fields' types."""
        columns = ", ".join(row.__struct_fields__)
        replaced = ", ".join(f"excluded.{column}" for column in row.__struct_fields__)
        self._make = make or row
        self._select = f"SELECT {columns} FROM {name} WHERE id = ANY (%s)".encode()
        self._upsert = (
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{name}, %s)"
            f" ON CONFLICT (id) DO UPDATE SET ({columns}) = ({replaced})"
        ).encode()
        self._remove = f"DELETE FROM {name} WHERE id = ANY (%s)".encode()

    async def rows(self, connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Row]:
        """The rows that there are of these aggregates."""
        if not (wanted := list(ids)):
            return {}
        async with connection.cursor(binary=True, row_factory=kwargs_row(self._make)) as cursor:
            await cursor.execute(self._select, [wanted])
            return {row.id: row async for row in cursor}  # type: ignore[attr-defined]  # all have one

    async def write(self, connection: Connection, rows: list[Row]) -> None:
        """Insert or replace rows."""
        await connection.execute(self._upsert, [_encode(rows).decode()])

    async def remove(self, connection: Connection, ids: Iterable[UUID]) -> None:
        """Delete rows for good."""
        await connection.execute(self._remove, [list(ids)])


class ListTable(Generic[Row]):
    """A table of what a shop's lists hold, found by shop and one more column; a row goes only to a later event."""

    def __init__(self, name: str, key: str, row: type[Row]) -> None:
        columns = ", ".join(row.__struct_fields__)
        replaced = ", ".join(f"excluded.{column}" for column in row.__struct_fields__)
        self._upsert = (
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{name}, %s)"
            f" ON CONFLICT (shop, {key}) DO UPDATE SET ({columns}) = ({replaced}) WHERE excluded.seq > {name}.seq"
        ).encode()
        self._remove = f"DELETE FROM {name} WHERE shop = %s AND {key} = %s AND seq < %s".encode()

    async def write(self, connection: Connection, changed: Mapping[tuple[str, Any], Row | int]) -> None:
        """Insert, replace or remove rows; a number is the `seq` of what removed one."""
        if rows := [row for row in changed.values() if not isinstance(row, int)]:
            await connection.execute(self._upsert, [_encode(rows).decode()])
        for (shop, key), seq in changed.items():
            if isinstance(seq, int):
                await connection.execute(self._remove, [shop, key, seq])


def _offline_message(**columns: Any) -> OfflineMessageRow:
    return msgspec.convert(columns, OfflineMessageRow)


CONVERSATIONS: Final = Table("rm_conversation", ConversationRow)
OFFLINE_MESSAGES: Final = Table("rm_offline_message", OfflineMessageRow, _offline_message)
CANNED_REPLIES: Final = ListTable("rm_canned_reply", "id", CannedReplyRow)
BLOCKS: Final = ListTable("rm_block", "visitor", BlockRow)
SHOPS: Final = Table("rm_shop", ShopRow)


async def add_messages(connection: Connection, messages: Iterable[MessageRow]) -> None:
    """Insert rows of events, which must be new."""
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_COPY_TYPES)
        for message in messages:
            await copy.write_row(message)


async def remove_messages(connection: Connection, conversations: Iterable[UUID]) -> None:
    """Delete the rows of all events of these conversations."""
    await connection.execute(_REMOVE_MESSAGES, [list(conversations)])


async def add_changes(connection: Connection, changes: list[ChangeRow]) -> None:
    """Insert rows of events."""
    await connection.execute(_ADD_CHANGES, [_encode(changes).decode()])


async def canned_replies(
    connection: Connection, wanted: Iterable[tuple[str, UUID]]
) -> dict[tuple[str, UUID], tuple[str, dict[str, str]]]:
    """Shortcut and texts of these, by shop and id, as far as they are there; others' may be among them."""
    if not (pairs := list(wanted)):
        return {}
    cursor = await connection.execute(_REPLIES, [[shop for shop, _ in pairs], [reply for _, reply in pairs]])
    return {(shop, reply): (shortcut, texts) for shop, reply, shortcut, texts in await cursor.fetchall()}
