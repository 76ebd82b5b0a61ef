"""The table of files: who sent which, how many and how much, so that all gateways count together."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from contracts.conversations.attachments import CONVERSATION_BYTES_MOST, FILES_AN_HOUR
from contracts.conversations.commands import SenderKind

_ONE_BY_ONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('attachment ' || %s, 0))"
_COLUMNS: Final = "id, shop, conversation, person, size, details, stored_at IS NOT NULL AS stored"
_SENT_BEFORE: Final = f"""
    SELECT {_COLUMNS} FROM attachment.file
    WHERE conversation = %s AND sender_kind = %s AND sender = %s AND command = %s AND gone_at IS NULL
"""
_SENT: Final = """
    SELECT coalesce(sum(size), 0)::bigint, count(*) FILTER (WHERE made_at > now() - interval '1 hour'),
           extract(epoch FROM min(made_at) FILTER (WHERE made_at > now() - interval '1 hour')
                              + interval '1 hour' - now())::float
    FROM attachment.file WHERE conversation = %s AND sender_kind = 'visitor' AND gone_at IS NULL
"""
_ADD: Final = """
    INSERT INTO attachment.file (id, shop, conversation, person, sender_kind, sender, command, size)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_STORED: Final = """
    UPDATE attachment.file SET stored_at = now(), size = %s, details = %s
    WHERE id = %s AND stored_at IS NULL AND gone_at IS NULL
"""
_DISCARD: Final = "UPDATE attachment.file SET gone_at = now() WHERE id = %s AND gone_at IS NULL"
_FIND: Final = f"SELECT {_COLUMNS} FROM attachment.file WHERE id = %s AND stored_at IS NOT NULL AND gone_at IS NULL"
_NAME: Final = f"""
    UPDATE attachment.file SET named_at = now()
    WHERE id = ANY (%s) AND shop = %s AND conversation = %s AND sender_kind = %s
      AND stored_at IS NOT NULL AND gone_at IS NULL
    RETURNING {_COLUMNS}
"""

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Sender(Struct, frozen=True):
    """Who sends a file, into which conversation, sealed under the key of `person`; `command` tells a retry."""

    shop: str
    conversation: str
    person: str
    kind: SenderKind
    id: str
    command: str


@dataclass(frozen=True)
class Held:
    """What the table has of a file. `details` are sealed; `stored`: it has arrived whole."""

    id: UUID
    shop: str
    conversation: UUID
    person: str
    size: int
    details: str
    stored: bool


class TooMany(Exception):
    """So many files in this hour; the next may come in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many files in this hour")
        self.seconds = seconds


class TooMuch(Exception):
    """The files of the conversation have too many bytes together."""


class Book:
    """Everything raises psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool, *, hourly: bool) -> None:
        """`pool` is that of the log's database; `hourly`: whether there is a limit an hour."""
        self._pool = pool
        self._hourly = hourly

    async def begin(self, sender: Sender, size: int) -> Held:
        """Room for a file of at most `size` bytes, or the one that was sent by the same command and has arrived.

        One that was sent so and has not arrived counts no more. Raises TooMany, TooMuch; operators may always.
        """
        file = uuid4()
        values = [file, sender.shop, sender.conversation, sender.person, sender.kind, sender.id, sender.command, size]
        async with self._pool.connection() as connection:
            await connection.execute(_ONE_BY_ONE, [sender.conversation])
            before = await self._sent_before(connection, sender)
            if before is not None and before.stored:
                return before
            if before is not None:
                await connection.execute(_DISCARD, [before.id])
            if sender.kind == "visitor":
                await self._check_room(connection, sender.conversation, size)
            await connection.execute(_ADD, values)
        return Held(file, sender.shop, UUID(sender.conversation), sender.person, size, "", stored=False)

    async def stored(self, file: UUID, size: int, details: str) -> bool:
        """It has arrived whole. False if it was sent again or its conversation is gone: then it is not wanted."""
        async with self._pool.connection() as connection:
            return bool((await connection.execute(_STORED, [size, details, file])).rowcount)

    async def discard(self, file: UUID) -> None:
        """It will not come, or is not wanted: it is removed soon."""
        async with self._pool.connection() as connection:
            await connection.execute(_DISCARD, [file])

    async def find(self, file: UUID) -> Held | None:
        """A file that has arrived."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Held)) as cursor:
            return await (await cursor.execute(_FIND, [file])).fetchone()

    async def name(self, shop: str, conversation: str, kind: SenderKind, files: list[UUID]) -> dict[UUID, Held]:
        """Those of the files that this side has sent into the conversation; a message is about to name them."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Held)) as cursor:
            rows = await (await cursor.execute(_NAME, [files, shop, conversation, kind])).fetchall()
        return {row.id: row for row in rows}

    async def _sent_before(self, connection: AsyncConnection[Any], sender: Sender) -> Held | None:
        async with connection.cursor(row_factory=class_row(Held)) as cursor:
            values = [sender.conversation, sender.kind, sender.id, sender.command]
            return await (await cursor.execute(_SENT_BEFORE, values)).fetchone()

    async def _check_room(self, connection: AsyncConnection[Any], conversation: str, size: int) -> None:
        row = await (await connection.execute(_SENT, [conversation])).fetchone()
        together, lately, seconds = row or (0, 0, None)
        if together + size > CONVERSATION_BYTES_MOST:
            raise TooMuch
        if self._hourly and lately >= FILES_AN_HOUR:
            raise TooMany(seconds or 1.0)
