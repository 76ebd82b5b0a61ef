"""Taking a whole shop along: one zip, written in constant memory however much there is.

`shop.json` has the settings with who changed them, the staff, canned replies, blocks and the receipts of erasures;
`conversations.ndjson` and `offline_messages.ndjson` have a line each with all events in clear, as history has them:
what was deleted or erased is absent. `files` are those that came with messages, by conversation.
"""

import os
import zipfile
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from contracts import registry
from contracts.conversations.events import SettingsChanged, ShopCreated
from contracts.envelope import rfc3339
from contracts.ids import shop_aggregate_id
from services.common import log_pages
from services.common.attachments.store import ObjectStore
from services.common.broker import connect
from services.common.database import open_pool
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.telling import Json, in_clear
from services.standalone import shop_files
from services.standalone.shops import Refused, require_shop

FORMAT: Final = "shopbell-shop/1"
PAGE: Final = 200
NIL: Final = UUID(int=0)

_PAGE: Final = SQL("SELECT id, person FROM {table} WHERE shop = %s AND id > %s ORDER BY id LIMIT %s")
_EVENTS: Final = SQL("""
    SELECT originator_id, topic, state FROM {table} WHERE originator_id = ANY (%s)
    ORDER BY originator_id, originator_version
""")
_STAFF: Final = """
    SELECT id, email, coalesce(membership.name, account.name) AS name, role, joined_at, left_at, disabled_at
    FROM staff.membership JOIN staff.account ON account.id = account WHERE shop = %s ORDER BY id
"""
_AUDIT: Final = "SELECT at, author, what, subject, details FROM staff.audit WHERE shop = %s ORDER BY at, id"
_RECEIPTS: Final = """
    SELECT number, asked_at, done_at, key_print, conversations, offline_messages, files, log_entries, backup_days
    FROM erasure.erasure WHERE shop = %s ORDER BY number
"""
_CANNED_REPLIES: Final = (
    "SELECT id, shortcut, texts, author, changed_at FROM rm_canned_reply WHERE shop = %s ORDER BY shortcut, id"
)
_BLOCKS: Final = "SELECT visitor, conversation, author, at FROM rm_block WHERE shop = %s ORDER BY at, visitor"
_CHANGES: Final = """
    SELECT at, author, what, before::json AS before, after::json AS after FROM rm_change WHERE shop = %s
    ORDER BY seq, number
"""
_ENCODE: Final = msgspec.json.Encoder().encode


async def export(settings: Settings, shop: str, target: Path) -> int:
    """Write everything of the shop to `target`. Returns how many conversations and offline messages there were.

    Raises Refused for a shop that there is not, or a file that there is; OSError if it can't be written.
    """
    require_shop(settings, shop)
    written = 0
    async with AsyncExitStack() as stack:
        pools: dict[str, Pool] = {}
        for database in ("log", "read", "keys"):
            pools[database] = await open_pool(settings.dsn_of(database), "shopbell-export", max_size=2)
            stack.push_async_callback(pools[database].close)
        keys = KeyStore(pools["keys"], MasterKey.load(settings))
        with _new_file(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("shop.json", msgspec.json.format(_ENCODE(await _shop(pools, shop)), indent=2))
            for name, table in (("conversations", "rm_conversation"), ("offline_messages", "rm_offline_message")):
                with archive.open(f"{name}.ndjson", "w", force_zip64=True) as lines:
                    async for page in _told(pools, keys, shop, table):
                        for one in page:
                            lines.write(_ENCODE(one) + b"\n")
                        written += len(page)
            broker = await connect(settings.nats_url, "shopbell-export")
            stack.push_async_callback(broker.close)
            await shop_files.write(archive, pools["log"], keys, ObjectStore(broker), shop)
    return written


def _new_file(target: Path) -> BinaryIO:
    """For the eyes of who runs this only, from the first byte on."""
    try:
        return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise Refused(f"{target} is there already.") from None


async def _told(pools: dict[str, Pool], keys: KeyStore, shop: str, table: str) -> AsyncIterator[list[Json]]:
    """Page by page, each aggregate with its events."""
    after = NIL
    while True:
        async with pools["read"].connection() as connection:
            query = _PAGE.format(table=Identifier(table))
            persons: dict[UUID, str] = dict(await (await connection.execute(query, [shop, after, PAGE])).fetchall())
        if not persons:
            return
        after = max(persons)
        yield await _opened(pools["log"], keys, shop, persons)


async def _opened(pool: Pool, keys: KeyStore, shop: str, persons: dict[UUID, str]) -> list[Json]:
    known = await keys.get_many([(shop, person) for person in persons.values()])
    events: dict[UUID, list[Json]] = defaultdict(list)
    async with pool.connection() as connection:
        query = _EVENTS.format(table=log_pages.table_of(shop))
        for aggregate, topic, state in await (await connection.execute(query, [list(persons)])).fetchall():
            key = known.get((shop, persons[aggregate]))
            if key is not None:
                events[aggregate].append(in_clear(registry.decode(topic, state), key))
    return [{"id": str(one), "events": those} for one, those in sorted(events.items())]


async def _shop(pools: dict[str, Pool], shop: str) -> Json:
    async with pools["read"].connection() as connection:
        replies, blocks = await _rows(connection, _CANNED_REPLIES, shop), await _rows(connection, _BLOCKS, shop)
        changes = await _rows(connection, _CHANGES, shop)
    async with pools["log"].connection() as connection:
        query = _EVENTS.format(table=log_pages.table_of(shop))
        rows = await (await connection.execute(query, [[shop_aggregate_id(shop)]])).fetchall()
        staff, receipts = await _rows(connection, _STAFF, shop), await _rows(connection, _RECEIPTS, shop)
        access = await _rows(connection, _AUDIT, shop)
    events = [registry.decode(topic, state) for _, topic, state in rows]
    newest = next((one for one in reversed(events) if isinstance(one, ShopCreated | SettingsChanged)), None)
    if newest is None:
        raise Refused(f"The shop {shop} has no settings.")
    return {
        "format": FORMAT,
        "made_at": rfc3339(datetime.now(UTC)),
        "shop": shop,
        "settings": msgspec.to_builtins(newest.settings),
        "staff": staff,
        "access": access,
        "canned_replies": replies,
        "blocks": blocks,
        "changes": changes,
        "erasures": receipts,
    }


async def _rows(connection: AsyncConnection[Any], query: str, shop: str) -> list[Json]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        return await (await cursor.execute(query.encode(), [shop])).fetchall()
