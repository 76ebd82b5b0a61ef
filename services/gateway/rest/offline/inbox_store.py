"""The inbox as the read table has it: pages of a shop's offline messages, and one by itself."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.offline.query import Cursor, InboxQuery

_COLUMNS: Final = (
    "id, customer, signed_in, first_name, last_name, email, phone, text, page, locale,"
    " left_at, answered_at, answered_by, called_at, called_by, answers, status, seq"
)
_ONE: Final = f"SELECT {_COLUMNS} FROM rm_offline_message WHERE shop = %(shop)s AND id = %(id)s"
_COUNTS: Final = """
    SELECT count(*) FILTER (WHERE status = 'new') AS new,
           count(*) FILTER (WHERE status = 'answered') AS answered,
           count(*) FILTER (WHERE status = 'called') AS called,
           (SELECT count(*) FROM rm_offline_message WHERE shop = %(shop)s AND id = ANY (%(failed)s)) AS failed
    FROM rm_offline_message WHERE shop = %(shop)s
"""
_ROWS_AT_ONCE: Final = 500


class MessageRow(NamedTuple):
    """One offline message. `answers` are objects of id, operator, at and text."""

    id: UUID
    customer: str
    signed_in: bool
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    text: str | None
    page: str | None
    locale: str
    left_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    called_at: datetime | None
    called_by: str | None
    answers: list[dict[str, str]]
    status: str
    seq: int


class InboxCounts(NamedTuple):
    """How many messages there are, by what staff did last; `failed` are those with a mail that could not be sent."""

    new: int
    answered: int
    called: int
    failed: int


class InboxStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Any]]) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def page(
        self, shop: str, query: InboxQuery, among: list[UUID] | None
    ) -> tuple[list[MessageRow], Cursor | None]:
        """The next messages, `among` these if given, and where the page after them begins if there is one."""
        sql, parameters = statement(shop, query, among)
        rows = await self._rows(sql, parameters)
        if len(rows) <= query.limit:
            return rows, None
        last = rows[query.limit - 1]
        return rows[: query.limit], Cursor(last.left_at, last.id)

    async def one(self, shop: str, message: UUID) -> MessageRow | None:
        rows = await self._rows(_ONE, {"shop": shop, "id": message})
        return rows[0] if rows else None

    async def counts(self, shop: str, failed: list[UUID]) -> InboxCounts:
        """Of those whose mail `failed` only what is still there counts: mails outlive what was deleted."""
        counts = class_row(InboxCounts)
        async with self._pool.connection() as connection, connection.cursor(row_factory=counts) as cursor:
            row = await (await cursor.execute(_COUNTS, {"shop": shop, "failed": failed})).fetchone()
        return row or InboxCounts(0, 0, 0, 0)

    async def all(self, shop: str, query: InboxQuery, among: list[UUID] | None) -> AsyncIterator[list[MessageRow]]:
        """Everything that the query finds, whatever its place and limit, some hundred at a time."""
        following: InboxQuery | None = InboxQuery(status=query.status, q=query.q, limit=_ROWS_AT_ONCE)
        while following is not None:
            rows, cursor = await self.page(shop, following, among)
            yield rows
            following = msgspec.structs.replace(following, cursor=cursor) if cursor else None

    async def _rows(self, sql: str, parameters: dict[str, Any]) -> list[MessageRow]:
        rows = class_row(MessageRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            return await (await cursor.execute(sql.encode(), parameters)).fetchall()


def statement(shop: str, query: InboxQuery, among: list[UUID] | None) -> tuple[str, dict[str, Any]]:
    """The SELECT of a page, one row longer than the page, and its parameters."""
    parameters: dict[str, Any] = {"shop": shop, "limit": query.limit + 1}
    conditions = ["shop = %(shop)s"]
    if query.status not in (None, "failed"):
        conditions.append("status = %(status)s")
        parameters["status"] = query.status
    if among is not None:
        conditions.append("id = ANY (%(among)s)")
        parameters["among"] = among
    for number, word in enumerate((query.q or "").split()):
        conditions.append(f"{_SAID} ILIKE %(word{number})s")
        parameters[f"word{number}"] = f"%{_literally(word)}%"
    if query.cursor is not None:
        conditions.append("(left_at, id) < (%(left_at)s, %(last)s)")
        parameters |= {"left_at": query.cursor.left_at, "last": query.cursor.id}
    where = " AND ".join(conditions)
    order = "left_at DESC, id DESC"
    return f"SELECT {_COLUMNS} FROM rm_offline_message WHERE {where} ORDER BY {order} LIMIT %(limit)s", parameters


_SAID: Final = (
    "(customer || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' '"
    " || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(text, ''))"
)


def _literally(word: str) -> str:
    """Without the meaning that LIKE gives to some characters."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
