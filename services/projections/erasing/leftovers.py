"""What stands beside the log in its database: mails that have not gone out, and, of a removed shop, all the rest.

What has gone out is out of reach.
"""

from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL

from services.common import log_pages
from services.common.following import Pool
from services.projections.erasing.book import Erasure

# A mail that is being sent at this moment stays: its sender finds no key when it looks again.
_DROP: Final = SQL("""
    UPDATE mail.mail SET status = 'dropped', error = NULL
    WHERE shop = %(shop)s AND person = ANY (%(persons)s) AND status IN ('pending', 'failed')
      AND EXISTS (
          SELECT FROM {log} WHERE originator_id = mail.aggregate AND originator_version = 1
            AND notification_id < %(id)s
      )
""")
# Of orders: a customer who came back has mails of later.
_DROP_OF_ORDERS: Final = """
    UPDATE mail.mail SET status = 'dropped', error = NULL
    WHERE shop = %(shop)s AND person = ANY (%(persons)s) AND status IN ('pending', 'failed')
      AND kind IN ('review_request', 'review_reminder') AND created_at < %(at)s
"""
_FORGET_UNREAD: Final = SQL("""
    DELETE FROM mail.unread
    WHERE shop = %(shop)s AND person = ANY (%(persons)s)
      AND EXISTS (
          SELECT FROM {log} WHERE originator_id = unread.conversation AND originator_version = 1
            AND notification_id < %(id)s
      )
""")
_REMOVE_MAILS: Final = "DELETE FROM mail.mail WHERE shop = %s"
_ACCOUNTS: Final = "SELECT account FROM staff.membership GROUP BY account HAVING bool_and(shop = %s)"
"""Of the shop's staff: who works for another shop too keeps the account."""
_REMOVE_FACTORS: Final = "DELETE FROM staff_second_factor WHERE account = ANY (%s)"
_REMOVE_ACCOUNTS: Final = """
    DELETE FROM staff.account WHERE id = ANY (%s)
      AND NOT EXISTS (SELECT FROM staff.membership WHERE account = account.id AND shop <> %s)
"""
_REMOVE_REST: Final = (
    "DELETE FROM staff.session WHERE shop = %s",
    "DELETE FROM staff.membership WHERE shop = %s",
    "DELETE FROM staff.invitation WHERE shop = %s",
    "DELETE FROM staff.api_key WHERE shop = %s",
    "DELETE FROM staff.audit WHERE shop = %s",
    "DELETE FROM mail.bounce WHERE shop = %s",
    "DELETE FROM mail.unread WHERE shop = %s",
    "DELETE FROM push.message WHERE shop = %s",
    "DELETE FROM push.absence WHERE shop = %s",
    "DELETE FROM push.subscriber WHERE shop = %s",
    "DELETE FROM push.campaign WHERE shop = %s",
    "DELETE FROM push.delivery WHERE shop = %s",
    "DELETE FROM push.outcome WHERE shop = %s",
    "DELETE FROM push.trial WHERE shop = %s",
    "DELETE FROM push.reply WHERE shop = %s",
    "DELETE FROM push.absent_visitor WHERE shop = %s",
    "DELETE FROM engagement.timer WHERE shop = %s",
    "DELETE FROM marks.read_mark WHERE shop = %s",
    "DELETE FROM tag.page WHERE shop = %s",
    "DELETE FROM tag.origin WHERE shop = %s",
    "DELETE FROM tag.refused WHERE shop = %s",
    "DELETE FROM erasure.request WHERE shop = %s",
    "DELETE FROM erasure.retention WHERE shop = %s",
    "DELETE FROM erasure.erasure WHERE shop = %s AND number > 0",
)


async def drop(pool: Pool, keys_pool: Pool, erasure: Erasure) -> int:
    """Drop the waiting mails of what began before the erasure; of a removed shop, everything. Returns how many."""
    async with pool.connection() as connection:
        if erasure.whole_shop:
            await _remove_accounts(connection, keys_pool, erasure.shop)
            for statement in _REMOVE_REST:
                await connection.execute(statement, [erasure.shop])
            return (await connection.execute(_REMOVE_MAILS, [erasure.shop])).rowcount
        values = {
            "shop": erasure.shop,
            "persons": erasure.persons,
            "id": erasure.notification_id,
            "at": erasure.asked_at,
        }
        log = log_pages.table_of(erasure.shop)
        await connection.execute(_FORGET_UNREAD.format(log=log), values)
        dropped = await connection.execute(_DROP.format(log=log), values)
        of_orders = await connection.execute(_DROP_OF_ORDERS, values)
        return dropped.rowcount + of_orders.rowcount


async def _remove_accounts(connection: AsyncConnection[Any], keys_pool: Pool, shop: str) -> None:
    """Their second factors first: without the account nobody would know whose they were."""
    accounts = [account for (account,) in await (await connection.execute(_ACCOUNTS, [shop])).fetchall()]
    async with keys_pool.connection() as keys:
        await keys.execute(_REMOVE_FACTORS, [accounts])
    await connection.execute(_REMOVE_ACCOUNTS, [accounts, shop])
