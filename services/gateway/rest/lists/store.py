"""The lists as the tables have them."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.paging import Place

Pool = AsyncConnectionPool[AsyncConnection[Any]]

_REPLIES: Final = """
    SELECT id, shortcut, texts, author, changed_at, seq FROM rm_canned_reply WHERE shop = %s ORDER BY shortcut, id
"""
_REPLY: Final = """
    SELECT id, shortcut, texts, author, changed_at, seq FROM rm_canned_reply WHERE shop = %s AND id = %s
"""
_BLOCKS: Final = """
    SELECT block.visitor, block.conversation, block.author, block.at, talk.customer, talk.name
    FROM rm_block AS block LEFT JOIN rm_conversation AS talk ON talk.id = block.conversation AND talk.shop = block.shop
    WHERE block.shop = %(shop)s
        AND (%(at)s::timestamptz IS NULL OR (block.at, block.visitor) < (%(at)s::timestamptz, %(visitor)s))
    ORDER BY block.at DESC, block.visitor DESC LIMIT %(limit)s
"""
_BLOCKED: Final = "SELECT FROM rm_block WHERE shop = %s AND visitor = %s"


class ReplyRow(NamedTuple):
    """A canned reply, as the Shop's event `seq` left it."""

    id: UUID
    shortcut: str
    texts: dict[str, str]
    author: str
    changed_at: datetime
    seq: int


class BlockRow(NamedTuple):
    """A blocked visitor. `customer` and `name` are those of the conversation, as long as history has it."""

    visitor: str
    conversation: UUID
    author: str
    at: datetime
    customer: str | None
    name: str | None


class BlockPlace(Place, frozen=True, array_like=True):
    """The last block of a page."""

    at: datetime
    visitor: str


class ListStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of the read tables."""
        self._pool = pool

    async def replies(self, shop: str) -> list[ReplyRow]:
        """By shortcut: a shop keeps some hundreds at most."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ReplyRow)) as cursor:
            return await (await cursor.execute(_REPLIES, [shop])).fetchall()

    async def reply(self, shop: str, reply: UUID) -> ReplyRow | None:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ReplyRow)) as cursor:
            return await (await cursor.execute(_REPLY, [shop, reply])).fetchone()

    async def blocks(self, shop: str, after: BlockPlace | None, limit: int) -> tuple[list[BlockRow], BlockPlace | None]:
        """A page, the newest first, and where the next one begins."""
        values = {
            "shop": shop,
            "at": after and after.at,
            "visitor": after.visitor if after else "",
            "limit": limit + 1,
        }
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(BlockRow)) as cursor:
            rows = await (await cursor.execute(_BLOCKS, values)).fetchall()
        page = rows[:limit]
        return page, BlockPlace(page[-1].at, page[-1].visitor) if len(rows) > limit else None

    async def is_blocked(self, shop: str, visitor: str) -> bool:
        async with self._pool.connection() as connection:
            return await (await connection.execute(_BLOCKED, [shop, visitor])).fetchone() is not None
