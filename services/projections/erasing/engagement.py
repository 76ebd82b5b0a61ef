"""Erasing from what the log `engagement` has led to: orders, review requests, reviews, push subscriptions.

Rows of a person are made anew from the log as it can still be read: so a table that was cleared and one that is
replayed end up alike, whatever else the log says of the same orders.
"""

import asyncio
import time
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.command import kind_of
from contracts.engagement.campaign_commands import RemovePushSubscription
from contracts.ids import review_request_id
from services.common import log_pages
from services.common.broker import Broker
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.projections.engagement import reviews
from services.projections.engagement.projection import ENGAGEMENT
from services.projections.engagement.review_folds import STEPS
from services.projections.erasing.book import Erasure
from services.projections.erasing.rows import HistoryBehind

CATCH_UP_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.1

_POSITION: Final = """
    SELECT notification_id FROM projection_position WHERE projection = %s AND log = %s AND partition = %s
"""
_ORDERS: Final = "SELECT id FROM rm_order WHERE shop = %(shop)s AND person = ANY (%(persons)s)"
_REVIEWS: Final = "SELECT id FROM rm_review WHERE shop = %(shop)s AND person = ANY (%(persons)s)"
_REMOVE: Final = tuple(f"DELETE FROM {table} WHERE id = ANY (%s)" for table in reviews.TABLES)
_EVENTS: Final = SQL("""
    SELECT topic, state FROM {table} WHERE originator_id = ANY (%s) AND notification_id <= %s ORDER BY notification_id
""")
_OF_SHOP: Final = (
    "DELETE FROM rm_campaign_minute WHERE campaign IN (SELECT id FROM rm_campaign WHERE shop = %(shop)s)",
    "DELETE FROM rm_vote_minute WHERE poll IN (SELECT id FROM rm_poll WHERE shop = %(shop)s)",
    *(
        f"DELETE FROM {table} WHERE shop = %(shop)s"
        for table in (*reviews.TABLES, "rm_push_subscriber", "rm_campaign", "rm_poll", "rm_vote")
    ),
)
_HOLD: Final = "LOCK TABLE rm_order, rm_review, rm_push_subscriber IN ACCESS SHARE MODE"
_WITH_SOMETHING: Final = """
    SELECT person FROM rm_order WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    UNION SELECT person FROM rm_review WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    UNION SELECT person FROM rm_push_subscriber
          WHERE shop = %(shop)s AND person = ANY (%(persons)s) AND left_at IS NULL
"""
_SUBSCRIBED: Final = "SELECT id, person, address FROM push.subscriber WHERE shop = %s AND person = ANY (%s)"
_ENDED: Final = """
    UPDATE push.subscriber SET gone_at = coalesce(gone_at, now()), asked_at = now()
    FROM unnest(%s::uuid[], %s::text[]) AS ended (id, address)
    WHERE subscriber.id = ended.id AND subscriber.address = ended.address
    RETURNING subscriber.id
"""

Connection = AsyncConnection[Any]


class EngagementRows:
    """The read tables of engagement, and the log behind them."""

    def __init__(self, log_pool: Pool, read_pool: Pool, keys: KeyStore, broker: Broker) -> None:
        self._log, self._read, self._keys, self._broker = log_pool, read_pool, keys, broker

    async def clear(self, erasure: Erasure) -> None:
        """Remove what is left of the persons, or of the shop. What the projection writes at this moment is waited
        for."""
        async with self._read.connection() as connection:
            position = await _position(connection, erasure.shop, " FOR UPDATE")
            if erasure.whole_shop:
                for statement in _OF_SHOP:
                    await connection.execute(statement.encode(), {"shop": erasure.shop})
            else:
                await self._make_anew(connection, erasure, position)

    async def end_subscriptions(self, erasure: Erasure) -> None:
        """Browsers under a destroyed key want push no more; one that came back meanwhile has another key.

        Should the command get lost, who keeps the subscriptions tells the log all the same.
        """
        async with self._log.connection() as connection:
            rows = await (await connection.execute(_SUBSCRIBED, [erasure.shop, erasure.persons])).fetchall()
        over = [(id_, address) for id_, person, address in rows if not await self._opens(erasure.shop, person, address)]
        if not over:
            return
        async with self._log.connection() as connection:  # but for those that came back since they were read
            ended = await _ids(connection, _ENDED, list(map(list, zip(*over, strict=True))))
        for id_ in ended:
            await self._tell(erasure.shop, id_)

    async def caught_up(self, shop: str) -> int:
        """The newest event of the shop's partition, once the tables have it. Raises HistoryBehind if they are late."""
        partition = subjects.partition_of(shop)
        async with self._log.connection() as connection:
            head = (await log_pages.heads(connection, subjects.ENGAGEMENT)).get(partition, 0)
        deadline = time.monotonic() + CATCH_UP_SECONDS
        while time.monotonic() < deadline:
            async with self._read.connection() as connection:
                if await _position(connection, shop) >= head:
                    return head
            await asyncio.sleep(LOOK_SECONDS)
        raise HistoryBehind

    async def with_something(self, shop: str, head: int, persons: list[str]) -> set[str]:
        """Those of the persons of whom the tables hold anything: who has subscribed to push among them.

        Raises HistoryBehind if the tables are not at `head`, because a migration has emptied them.
        """
        async with self._read.connection() as connection:
            await connection.execute(_HOLD)
            if await _position(connection, shop) < head:
                raise HistoryBehind
            rows = await connection.execute(_WITH_SOMETHING, {"shop": shop, "persons": persons})
            return {person for (person,) in await rows.fetchall()}

    async def _make_anew(self, connection: Connection, erasure: Erasure, position: int) -> None:
        values = {"shop": erasure.shop, "persons": erasure.persons}
        orders = await _ids(connection, _ORDERS, values)
        requests = [review_request_id(order, "", step) for order in orders for step in STEPS]
        aggregates = [*orders, *requests, *await _ids(connection, _REVIEWS, values)]
        for statement in _REMOVE:
            await connection.execute(statement.encode(), [aggregates])
        query = _EVENTS.format(table=log_pages.table_of(erasure.shop, subjects.ENGAGEMENT))
        async with self._log.connection() as log:
            rows = await (await log.execute(query, [aggregates, position])).fetchall()
        if rows:
            await reviews.apply(connection, self._keys, [registry.decode(topic, state) for topic, state in rows])

    async def _opens(self, shop: str, person: str, address: str) -> bool:
        key = await self._keys.get(shop, person)
        return key is not None and key.opens(address, "address")

    async def _tell(self, shop: str, subscription: UUID) -> None:
        if not self._broker.connected:
            return
        command = RemovePushSubscription(
            id=f"erased-{subscription.hex}",
            shop=shop,
            sender_kind="system",
            sender="shopbell",
            subscription=subscription,
            reason="erased",
        )
        subject = subjects.command(subjects.ENGAGEMENT, shop, kind_of(command))
        await self._broker.client.publish(subject, msgspec.json.encode(command))


async def _position(connection: Connection, shop: str, how: str = "") -> int:
    place = [ENGAGEMENT, subjects.ENGAGEMENT, subjects.partition_of(shop)]
    row = await (await connection.execute((_POSITION + how).encode(), place)).fetchone()
    return int(row[0]) if row else 0


async def _ids(connection: Connection, query: str, values: dict[str, Any] | list[Any]) -> list[UUID]:
    return [one for (one,) in await (await connection.execute(query.encode(), values)).fetchall()]
