"""Mails to staff, asked of the notifier in the transaction of what they tell of."""

from typing import Any, Final, Literal
from uuid import UUID

from psycopg import AsyncConnection

Notice = Literal["password_changed", "second_factor_off"]

LINK_HOURS: Final = 2
"""How long a link to set a new password is good."""

_LETTER: Final = """
    INSERT INTO staff.letter (account, kind, language, expires_at)
    SELECT id, %(kind)s, coalesce(%(language)s, language), now() + make_interval(hours => %(hours)s)
    FROM staff.account WHERE id = %(account)s RETURNING id
"""
_MAIL: Final = """
    INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq) VALUES (gen_random_uuid(), %s, %s, '', %s, %s)
"""

Connection = AsyncConnection[Any]


async def notice(connection: Connection, shop: str, account: str, kind: Notice) -> None:
    """Tell somebody what happened to their account: if it was not them, they must know."""
    await _send(connection, shop, account, kind, None)


async def reset_link(connection: Connection, shop: str, account: str, language: str) -> None:
    """Send a link with which a new password can be set."""
    await _send(connection, shop, account, "password_reset", language)


async def invitation(connection: Connection, shop: str, id_: UUID, seq: int) -> None:
    """Send an invitation, or send it again."""
    await connection.execute(_MAIL, [shop, "invitation", id_, seq])


async def _send(connection: Connection, shop: str, account: str, kind: str, language: str | None) -> None:
    values = {"account": account, "kind": kind, "language": language, "hours": LINK_HOURS}
    row = await (await connection.execute(_LETTER, values)).fetchone()
    if row is not None:
        await connection.execute(_MAIL, [shop, kind, row[0], 0])
