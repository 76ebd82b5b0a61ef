"""Whether somebody still is at a shop what they were when their request came.

A request may take its time, and an access can be closed meanwhile: what gives access to others is judged anew, in the
transaction that does it.
"""

from dataclasses import replace
from typing import Any, Final

from psycopg import AsyncConnection

from services.gateway.access.roles import Rule
from services.gateway.access.sessions import Account

# Shared, so that whoever closes an access or takes a role waits until this is done, and finds what it has made.
_NOW: Final = "SELECT role FROM staff.membership WHERE shop = %s AND account = %s AND left_at IS NULL FOR SHARE"


class Dismissed(Exception):
    """They don't work at the shop any more, or not in a role that may do this."""


async def confirmed(connection: AsyncConnection[Any], account: Account, rule: Rule) -> Account:
    """The account with the role that it has now, and keeps until the transaction is over. Raises Dismissed."""
    row = await (await connection.execute(_NOW, [account.shop, account.id])).fetchone()
    if row is None or not rule.admits(row[0]):
        raise Dismissed
    return replace(account, role=row[0])
