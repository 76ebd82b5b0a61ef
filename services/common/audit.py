"""The book of who gave and took access: the table `staff.audit`. What is in it stays as it was written."""

from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

INSTALLATION: Final = "shopbell"
"""The author of what is done by who runs the installation, from its command line."""

_INSERT: Final = "INSERT INTO staff.audit (shop, author, what, subject, details) VALUES (%s, %s, %s, %s, %s)"


async def record(
    connection: AsyncConnection[Any],
    shop: str,
    author: str,
    what: str,
    subject: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Write it down in the transaction of the deed itself: neither is there without the other.

    `what` is a slug (`staff.invited`), `subject` the id of whom or what it was done to.
    """
    await connection.execute(_INSERT, [shop, author, what, subject, Jsonb(details or {})])
