"""History's tables, as SQL. Names have no schema: a connection's search path says whether they are the live ones."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import kwargs_row

from services.projections.rows import ConversationRow, MessageRow

TABLES: Final = ("rm_conversation", "rm_message")

_COLUMNS = ConversationRow.__struct_fields__
_LIST = ", ".join(_COLUMNS)
_SELECT = f"SELECT {_LIST} FROM rm_conversation WHERE id = ANY (%s)"
_UPSERT = (
    f"INSERT INTO rm_conversation ({_LIST})"
    f" SELECT {_LIST} FROM json_populate_recordset(NULL::rm_conversation, %s)"
    f" ON CONFLICT (id) DO UPDATE SET ({_LIST}) = ({', '.join(f'excluded.{name}' for name in _COLUMNS)})"
)
_COPY = f"COPY rm_message ({', '.join(MessageRow._fields)}) FROM STDIN (FORMAT binary)"
_COPY_TYPES = ["uuid", "int4", "timestamptz", "text", "text", "text", "text", "text", "int4", "text"]
_REMOVE = "DELETE FROM rm_conversation WHERE id = ANY (%s)"
_REMOVE_MESSAGES = "DELETE FROM rm_message WHERE conversation = ANY (%s)"

_encode = msgspec.json.Encoder().encode

Connection = AsyncConnection[Any]


async def conversations(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, ConversationRow]:
    """The rows that there are of these conversations."""
    async with connection.cursor(binary=True, row_factory=kwargs_row(ConversationRow)) as cursor:
        await cursor.execute(_SELECT, [list(ids)])
        return {row.id: row async for row in cursor}


async def write(connection: Connection, rows: list[ConversationRow], messages: Iterable[MessageRow]) -> None:
    """Insert or replace rows of conversations, and insert rows of events, which must be new."""
    await connection.execute(_UPSERT, [_encode(rows).decode()])
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_COPY_TYPES)
        for message in messages:
            await copy.write_row(message)


async def remove(connection: Connection, ids: Iterable[UUID], *, messages: bool = True) -> None:
    """Remove conversations for good; without `messages` their events stay for `remove_orphans`."""
    wanted = list(ids)
    await connection.execute(_REMOVE, [wanted])
    if messages:
        await connection.execute(_REMOVE_MESSAGES, [wanted])
