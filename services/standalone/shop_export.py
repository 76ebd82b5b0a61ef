"""Taking a whole shop along: one zip, written in constant memory however much there is.

`shop.json` has the settings with who changed them, the staff, canned replies, blocks and the receipts of erasures;
`conversations.ndjson` and `offline_messages.ndjson` have a line each with all events in clear, as history has them:
what was deleted or erased is absent. `orders.ndjson`, `review_requests.ndjson` and `reviews.ndjson` are the same of
orders, what customers were asked about them and what they wrote; `engagement.json` has campaigns, polls with their
votes counted, and how customers are asked. `files` are those that came with messages, by conversation.
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
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.conversations.events import SettingsChanged, ShopCreated
from contracts.envelope import rfc3339
from contracts.event import Event
from contracts.ids import review_policy_id, shop_aggregate_id
from contracts.personal import personal_fields
from services.common import log_pages
from services.common.attachments.store import ObjectStore
from services.common.broker import connect
from services.common.database import open_pool
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.telling import Json, as_sealed, in_clear
from services.standalone import shop_files
from services.standalone.shops import Refused, require_shop

FORMAT: Final = "shopbell-shop/1"
PAGE: Final = 200
NIL: Final = UUID(int=0)

_PAGE: Final = "SELECT id, person FROM {table} WHERE shop = %s AND id > %s ORDER BY id LIMIT %s"
_KINDS: Final = {
    "conversations": (subjects.CONVERSATIONS, _PAGE.format(table="rm_conversation")),
    "offline_messages": (subjects.CONVERSATIONS, _PAGE.format(table="rm_offline_message")),
    "orders": (subjects.ENGAGEMENT, _PAGE.format(table="rm_order")),
    "review_requests": (
        subjects.ENGAGEMENT,
        """
        SELECT request.id, person FROM rm_review_request AS request JOIN rm_order ON rm_order.id = order_id
        WHERE request.shop = %s AND request.id > %s ORDER BY request.id LIMIT %s
        """,
    ),
    "reviews": (subjects.ENGAGEMENT, _PAGE.format(table="rm_review")),
}
"""Of each, in which log it is, and how its ids are gone through, each with under whose key it is sealed."""
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
_CAMPAIGNS: Final = """
    SELECT id, status, content::json AS content, author, created_at, send_at, local, zone, started_at, finished_at,
           audience, sent, clicked, failed, gone, held_back, cancelled, unsubscribed, uncertain
    FROM rm_campaign WHERE shop = %s ORDER BY created_at, id
"""
_POLLS: Final = """
    SELECT id, state, content::json AS content, author, created_at, opened_at, closed_at, coalesce(votes, '{}') AS votes
    FROM rm_poll LEFT JOIN LATERAL (
        SELECT json_object_agg(answer, count) AS votes FROM (
            SELECT answer, count(*) FROM rm_vote WHERE poll = rm_poll.id GROUP BY answer
        ) AS counted
    ) AS counted ON true
    WHERE shop = %s ORDER BY created_at, id
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
            for name, (log, page_of) in _KINDS.items():
                with archive.open(f"{name}.ndjson", "w", force_zip64=True) as lines:
                    async for page in _told(pools, keys, shop, log, page_of):
                        for one in page:
                            lines.write(_ENCODE(one) + b"\n")
                        written += len(page) if log == subjects.CONVERSATIONS else 0
            archive.writestr("engagement.json", msgspec.json.format(_ENCODE(await _engagement(pools, shop)), indent=2))
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


async def _told(pools: dict[str, Pool], keys: KeyStore, shop: str, log: str, page_of: str) -> AsyncIterator[list[Json]]:
    """Page by page, each aggregate with its events."""
    after = NIL
    while True:
        async with pools["read"].connection() as connection:
            rows = await (await connection.execute(page_of.encode(), [shop, after, PAGE])).fetchall()
        persons: dict[UUID, str] = dict(rows)
        if not persons:
            return
        after = max(persons)
        yield await _opened(pools["log"], keys, shop, log, persons)


async def _opened(pool: Pool, keys: KeyStore, shop: str, log: str, persons: dict[UUID, str]) -> list[Json]:
    """What has nothing personal in it, such as an order without a customer, needs no key."""
    known = await keys.get_many([(shop, person) for person in persons.values() if person])
    events: dict[UUID, list[Json]] = defaultdict(list)
    async with pool.connection() as connection:
        query = _EVENTS.format(table=log_pages.table_of(shop, log))
        for aggregate, topic, state in await (await connection.execute(query, [list(persons)])).fetchall():
            key = known.get((shop, persons[aggregate]))
            event = registry.decode(topic, state)
            if key is not None:
                events[aggregate].append(in_clear(event, key))
            elif log == subjects.ENGAGEMENT and not _is_personal(event):
                events[aggregate].append(as_sealed(event))
    return [{"id": str(one), "events": those} for one, those in sorted(events.items())]


def _is_personal(event: Event) -> bool:
    return any(getattr(event, field) is not None for field in personal_fields(type(event)))


async def _engagement(pools: dict[str, Pool], shop: str) -> Json:
    async with pools["read"].connection() as connection:
        campaigns, polls = await _rows(connection, _CAMPAIGNS, shop), await _rows(connection, _POLLS, shop)
    async with pools["log"].connection() as connection:
        query = _EVENTS.format(table=log_pages.table_of(shop, subjects.ENGAGEMENT))
        rules = await (await connection.execute(query, [[review_policy_id(shop)]])).fetchall()
    told = [as_sealed(registry.decode(topic, state)) for _, topic, state in rules]
    return {"campaigns": campaigns, "polls": polls, "review_rules": told}


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
