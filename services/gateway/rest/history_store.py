"""History as the read tables have it: pages of a shop's conversations, and one of them whole."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.history_query import Cursor, HistoryQuery

Pool = AsyncConnectionPool[AsyncConnection[Any]]

_ITEM: Final = "id, customer, signed_in, name, email, phone, status, last_message, last_message_at, active_at"
_WHOLE: Final = f"{_ITEM}, started_at, ended_at, archived_at, operator, rating, message_count, seq"
_ORDER: Final = {
    "-last_message_at": "active_at DESC, id DESC",
    "last_message_at": "active_at, id",
    "customer": "customer, active_at DESC, id DESC",
}
_AFTER: Final = {
    "-last_message_at": "(active_at, id) < (%(active_at)s, %(id)s)",
    "last_message_at": "(active_at, id) > (%(active_at)s, %(id)s)",
    "customer": "customer >= %(after_customer)s"
    " AND (customer > %(after_customer)s OR (active_at, id) < (%(active_at)s, %(id)s))",
}
_WHO: Final = """
    to_tsvector('simple', customer || ' ' || coalesce(name, '') || ' ' || coalesce(email, '') || ' '
                || coalesce(phone, '')) @@ to_tsquery('simple', %(words)s)
"""
_SAID: Final = "text IS NOT NULL AND to_tsvector('simple', text) @@ to_tsquery('simple', %(words)s)"
# An array, and not IN (…): the planner takes beginnings of words to be common, and would read the whole table.
_ANY_OF_THE_FOUND: Final = f"""
    id = ANY (ARRAY(
        SELECT id FROM rm_conversation WHERE shop = %(shop)s AND {_WHO}
        UNION SELECT conversation FROM rm_message WHERE {_SAID}
    ))
"""
_ONE_BY_ONE: Final = f"({_WHO} OR EXISTS (SELECT FROM rm_message WHERE conversation = rm_conversation.id AND {_SAID}))"
_IS_COMMON: Final = f"""
    SELECT count(*) > %(many)s FROM (
        (SELECT FROM rm_conversation WHERE shop = %(shop)s AND {_WHO} LIMIT %(many)s + 1)
        UNION ALL (
            SELECT FROM rm_message JOIN rm_conversation ON rm_conversation.id = conversation
            WHERE shop = %(shop)s AND {_SAID} LIMIT %(many)s + 1
        )
    ) AS found
"""
MANY: Final = 20_000
"""Hits of a search above which it is quicker to walk through the list and look at each conversation."""

_EVENTS: Final = """
    SELECT seq, at, kind, sender, operator, message, text, number, visitor FROM rm_message
    WHERE conversation = %s ORDER BY seq
"""


class Item(NamedTuple):
    """A conversation in a list."""

    id: UUID
    customer: str
    signed_in: bool
    name: str | None
    email: str | None
    phone: str | None
    status: str
    last_message: str | None
    last_message_at: datetime | None
    active_at: datetime


class Whole(NamedTuple):
    """A conversation by itself: an Item, and more."""

    id: UUID
    customer: str
    signed_in: bool
    name: str | None
    email: str | None
    phone: str | None
    status: str
    last_message: str | None
    last_message_at: datetime | None
    active_at: datetime
    started_at: datetime
    ended_at: datetime | None
    archived_at: datetime | None
    operator: str | None
    rating: int | None
    message_count: int
    seq: int


class EventRow(NamedTuple):
    """One event of a conversation."""

    seq: int
    at: datetime
    kind: str
    sender: str | None
    operator: str | None
    message: str | None
    text: str | None
    number: int | None
    visitor: str | None


class HistoryStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def page(self, shop: str, query: HistoryQuery) -> tuple[list[Item], Cursor | None]:
        """The next conversations, and where the page after them begins if there is one."""
        async with self._pool.connection() as connection:
            common = query.q is not None and await self._is_common(connection, shop, query.q)
            sql, parameters = statement(shop, query, common=common)
            async with connection.cursor(row_factory=class_row(Item)) as cursor:
                rows = await (await cursor.execute(sql.encode(), parameters)).fetchall()
        if len(rows) <= query.limit:
            return rows, None
        last = rows[query.limit - 1]
        return rows[: query.limit], Cursor(query.sort, last.active_at, last.id, last.customer)

    async def whole(self, shop: str, conversation: UUID) -> tuple[Whole, list[EventRow]] | None:
        """A conversation with its events; None if the shop's history has it not."""
        select = f"SELECT {_WHOLE} FROM rm_conversation WHERE shop = %s AND id = %s"
        async with self._pool.connection() as connection:
            async with connection.cursor(row_factory=class_row(Whole)) as cursor:
                row = await (await cursor.execute(select.encode(), [shop, conversation])).fetchone()
            if row is None:
                return None
            async with connection.cursor(row_factory=class_row(EventRow)) as events:
                return row, await (await events.execute(_EVENTS, [conversation])).fetchall()

    @staticmethod
    async def _is_common(connection: AsyncConnection[Any], shop: str, text: str) -> bool:
        parameters = {"shop": shop, "words": words_of(text), "many": MANY}
        row = await (await connection.execute(_IS_COMMON.encode(), parameters)).fetchone()
        return bool(row and row[0])

    async def exists(self, shop: str, conversation: UUID) -> bool:
        """Whether the shop's history has this conversation."""
        select = "SELECT 1 FROM rm_conversation WHERE shop = %s AND id = %s"
        async with self._pool.connection() as connection:
            return await (await connection.execute(select, [shop, conversation])).fetchone() is not None


def statement(shop: str, query: HistoryQuery, *, common: bool = False) -> tuple[str, dict[str, Any]]:
    """The SELECT of a page, one row longer than the page, and its parameters. `common`: the search finds very many."""
    parameters: dict[str, Any] = {"shop": shop, "limit": query.limit + 1}
    conditions = ["shop = %(shop)s"]

    def require(condition: str, **values: Any) -> None:
        conditions.append(condition)
        parameters.update(values)

    if query.cursor is not None:
        at, last = query.cursor.active_at, query.cursor.id
        require(_AFTER[query.sort], active_at=at, id=last, after_customer=query.cursor.customer)
    if query.since is not None:
        require("active_at >= %(since)s", since=query.since)
    if query.until is not None:
        require("active_at < %(until)s", until=query.until)
    if query.customer is not None:
        require("customer = %(customer)s", customer=query.customer)
    if query.status is not None:
        require("status = %(status)s", status=query.status)
        if query.status != "archived":
            require("status <> 'archived'")  # word by word as in the index of conversations that go on
    if query.q is not None:
        require(_ONE_BY_ONE if common else _ANY_OF_THE_FOUND, words=words_of(query.q))
    where = " AND ".join(conditions)
    order = _ORDER[query.sort]
    return f"SELECT {_ITEM} FROM rm_conversation WHERE {where} ORDER BY {order} LIMIT %(limit)s", parameters


def words_of(text: str) -> str:
    """A text search of all these words, each good as the beginning of a longer one."""
    words = (word.replace("'", "''").replace("\\", "\\\\") for word in text.split())
    return " & ".join(f"'{word}':*" for word in words)
