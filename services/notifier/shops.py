"""What the log and the staff's tables say of a shop."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import SettingsChanged, ShopCreated
from contracts.conversations.settings import ShopSettings
from contracts.ids import shop_aggregate_id
from contracts.logs import AnyEvent
from services.common.log_pages import table_of

_SETTINGS: Final = SQL("""
    SELECT topic, state FROM {}
    WHERE originator_id = %s
      AND (topic LIKE 'shop.created.%%' OR topic LIKE 'shop.settings_changed.%%' OR topic LIKE 'shop.removed.%%')
    ORDER BY originator_version DESC LIMIT 1
""")
_NAMES: Final = """
    SELECT account, coalesce(membership.name, account.name)
    FROM staff.membership JOIN staff.account ON account.id = account WHERE shop = %s AND account = ANY (%s)
"""

Connection = AsyncConnection[Any]


async def settings_of(connection: Connection, shop: str) -> ShopSettings | None:
    """Its settings as they are now; None if it was removed, or never was."""
    row = await (await connection.execute(_SETTINGS.format(table_of(shop)), [shop_aggregate_id(shop)])).fetchone()
    found = registry.decode(row[0], bytes(row[1])) if row else None
    return found.settings if isinstance(found, ShopCreated | SettingsChanged) else None


async def names_of(connection: Connection, shop: str, events: Iterable[AnyEvent]) -> Mapping[str, str]:
    """The display names of those who did something in these events."""
    found = list(events)
    ids = {getattr(event, "operator", None) for event in found} | {getattr(event, "author", None) for event in found}
    wanted = [one for one in ids if one]
    if not wanted:
        return {}
    return dict(await (await connection.execute(_NAMES, [shop, wanted])).fetchall())
