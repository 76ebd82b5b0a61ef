"""Mails that are to be sent, as rows."""

from typing import Any, Final

from psycopg import AsyncConnection

from services.notifier.policy import NewMail

_INSERT: Final = """
    INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::int[])
    ON CONFLICT (id) DO NOTHING
"""

Connection = AsyncConnection[Any]


async def insert(connection: Connection, mails: list[NewMail]) -> None:
    """Write down mails of whom it is known whose they are; those that are there already stay as they are."""
    await connection.execute(_INSERT, [list(column) for column in zip(*mails, strict=True)])
