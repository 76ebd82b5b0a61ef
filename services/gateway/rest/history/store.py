"""History as the read tables have it: pages of a shop's conversations, and one of them whole."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from msgspec.structs import replace
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.history import search
from services.gateway.rest.history.query import OLDEST_FIRST, Cursor, Filter, HistoryQuery

Pool = AsyncConnectionPool[AsyncConnection[Any]]

MOST_SORTED: Final = 5_000
"""Finds up to which all of them are sorted by customer; more, and it is quicker to walk through the customers."""

_ONE: Final = f"SELECT {search.COLUMNS} FROM rm_conversation WHERE shop = %s AND id = %s"
_EVENT: Final = (
    "conversation, seq, at, kind, sender, operator, message, text, number, visitor, department, since, attachments"
)
_EVENTS: Final = f"SELECT {_EVENT} FROM rm_message WHERE conversation = ANY (%s) ORDER BY conversation, seq"
_EXIST: Final = "SELECT id FROM rm_conversation WHERE shop = %s AND id = ANY (%s)"
_ALIKE: Final = """
    WITH said AS MATERIALIZED (
        SELECT DISTINCT unnest(string_to_array(ltrim(words), ' ')) AS word FROM (
            SELECT words FROM rm_conversation WHERE shop = %(shop)s ORDER BY active_at DESC, id DESC LIMIT %(lately)s
        ) AS lately
    )
    SELECT DISTINCT ON (wanted) wanted, word FROM unnest(%(words)s::text[]) AS wanted CROSS JOIN said
    WHERE similarity(wanted, word) >= %(alike)s
        AND NOT EXISTS (SELECT FROM said AS same WHERE starts_with(same.word, wanted))
    ORDER BY wanted, similarity(wanted, word) DESC, word
"""


class ConversationRow(NamedTuple):
    """One conversation."""

    id: UUID
    customer: str
    signed_in: bool
    locale: str
    name: str | None
    email: str | None
    phone: str | None
    status: str
    operator: str | None
    rating: int | None
    message_count: int
    last_message: str | None
    last_message_at: datetime | None
    active_at: datetime
    started_at: datetime
    ended_at: datetime | None
    archived_at: datetime | None
    seq: int


class EventRow(NamedTuple):
    """One event of a conversation."""

    conversation: UUID
    seq: int
    at: datetime
    kind: str
    sender: str | None
    operator: str | None
    message: str | None
    text: str | None
    number: int | None
    visitor: str | None
    department: str | None = None
    since: datetime | None = None
    attachments: str | None = None


class HistoryStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def page(self, shop: str, query: HistoryQuery) -> tuple[list[ConversationRow], Cursor | None]:
        """The next conversations, and where the page after them begins if there is one."""
        few = False
        if query.sort == "customer" and search.needs_index(query.filter):
            few = await self.count(shop, query.filter, MOST_SORTED) <= MOST_SORTED
        rows = await self._rows(*search.page(shop, query, few=few))
        if len(rows) <= query.limit:
            return rows, None
        last = rows[query.limit - 1]
        return rows[: query.limit], Cursor(query.sort, last.active_at, last.id, last.customer)

    async def count(self, shop: str, wanted: Filter, most: int) -> int:
        """How many conversations there are; `most` + 1 stands for all that is more."""
        sql, parameters = search.count(shop, wanted, most)
        async with self._pool.connection() as connection:
            row = await (await connection.execute(sql.encode(), parameters, prepare=False)).fetchone()
        return int(row[0]) if row else 0

    async def all(self, shop: str, wanted: Filter, at_once: int) -> AsyncIterator[list[ConversationRow]]:
        """All that there are, oldest first, some at a time: between them no connection is held.

        Each conversation comes once, also one in which people talk meanwhile and which so moves to the end; those
        that begin meanwhile may be missing.
        """
        query: HistoryQuery | None = HistoryQuery(filter=wanted, sort=OLDEST_FIRST, limit=at_once)
        seen: set[UUID] = set()
        while query is not None:
            rows, cursor = await self.page(shop, query)
            new = [row for row in rows if row.id not in seen]
            seen.update(row.id for row in new if row.status != "archived")
            if new:
                yield new
            query = replace(query, cursor=cursor) if cursor else None

    async def whole(self, shop: str, conversation: UUID) -> tuple[ConversationRow, list[EventRow]] | None:
        """A conversation with its events; None if the shop's history has it not."""
        rows = await self._rows(_ONE, [shop, conversation])
        return (rows[0], (await self.events([conversation])).get(conversation, [])) if rows else None

    async def events(self, conversations: list[UUID]) -> dict[UUID, list[EventRow]]:
        """The events of conversations that are known to be the shop's, each conversation's in order."""
        found: dict[UUID, list[EventRow]] = {conversation: [] for conversation in conversations}
        rows = class_row(EventRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            for row in await (await cursor.execute(_EVENTS, [conversations])).fetchall():
                found[row.conversation].append(row)
        return found

    async def existing(self, shop: str, conversations: list[UUID]) -> set[UUID]:
        """Which of these the shop's history has."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_EXIST, [shop, conversations])).fetchall()
        return {row[0] for row in rows}

    async def alike(self, shop: str, words: list[str], lately: int, least: float) -> dict[str, str]:
        """For words that begin none of the newest `lately` conversations: the one there that is most like it.

        `least` is how alike (0 to 1, by trigrams) it has to be.
        """
        parameters = {"shop": shop, "words": words, "lately": lately, "alike": least}
        async with self._pool.connection() as connection:
            return dict(await (await connection.execute(_ALIKE, parameters, prepare=False)).fetchall())

    async def _rows(self, sql: str, parameters: Any) -> list[ConversationRow]:
        """Planned anew each time: a plan made for any shop and any word would be a bad one for all."""
        rows = class_row(ConversationRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            return await (await cursor.execute(sql.encode(), parameters, prepare=False)).fetchall()
