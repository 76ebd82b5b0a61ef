"""Review mails as the read tables have them: planned, sent and withheld."""

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, get_args
from uuid import UUID

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.paging import Place

Pool = AsyncConnectionPool[AsyncConnection[Any]]
Shelf = Literal["planned", "sent", "withheld", "all"]
SHELVES: Final[tuple[Shelf, ...]] = get_args(Shelf)

_SELECT: Final = """
    SELECT request.id, request.number, request.step, request.state, request.due_at, request.at, request.reason,
           request.opened_at, bought.name, bought.email IS NOT NULL AS has_address, bought.items, bought.status,
           bought.language, coalesce(recipient.unsubscribed, false) AS unsubscribed,
           coalesce(recipient.bounced, false) AS bounced,
           array(SELECT sku FROM rm_review WHERE order_id = request.order_id) AS reviewed
    FROM rm_review_request AS request JOIN rm_order AS bought ON bought.id = request.order_id
    CROSS JOIN LATERAL (
        SELECT bool_or(unsubscribed_at IS NOT NULL) AS unsubscribed, bool_or(bounced_at IS NOT NULL) AS bounced
        FROM rm_recipient WHERE rm_recipient.id IN (bought.recipient, bought.mailbox)
    ) AS recipient
    WHERE request.shop = %(shop)s
"""
_SOONEST: Final = "(request.due_at, request.id) > (%(at)s, %(id)s)", "request.due_at, request.id"
_NEWEST: Final = "(request.at, request.id) < (%(at)s, %(id)s)", "request.at DESC, request.id DESC"
_STATES: Final[dict[Shelf, list[str]]] = {
    "planned": ["planned"],
    "sent": ["sent"],
    "withheld": ["withheld", "stopped"],
    "all": ["planned", "sent", "withheld", "stopped"],
}
_FIGURES: Final = """
    SELECT count(*) FILTER (WHERE state = 'sent' AND step = 'request') AS sent,
           count(*) FILTER (WHERE state = 'sent' AND step = 'reminder') AS reminded,
           count(DISTINCT order_id) FILTER (WHERE opened_at IS NOT NULL OR wrote) AS opened,
           count(DISTINCT order_id) FILTER (WHERE wrote) AS wrote,
           (SELECT count(*) FROM rm_recipient WHERE shop = %(shop)s AND unsubscribed_at > %(since)s
                AND EXISTS (SELECT FROM rm_order WHERE recipient = rm_recipient.id)) AS unsubscribed,
           (SELECT count(*) FROM rm_review_request WHERE shop = %(shop)s AND state = 'planned') AS planned
    FROM rm_review_request AS request, LATERAL (
        SELECT EXISTS (SELECT FROM rm_review WHERE rm_review.order_id = request.order_id
                       AND rm_review.request IS NOT NULL) AS wrote
    ) AS review
    WHERE shop = %(shop)s AND state = 'sent' AND at > %(since)s
"""
_WITHHELD: Final = """
    SELECT coalesce(reason, ''), count(*) FROM rm_review_request
    WHERE shop = %(shop)s AND state IN ('withheld', 'stopped') AND at > %(since)s GROUP BY 1
"""


class RequestRow(NamedTuple):
    """One mail of an order. `items` are those of the order, `reviewed` the products that something is written about."""

    id: UUID
    number: str
    step: str
    state: str
    due_at: datetime | None
    at: datetime
    reason: str | None
    opened_at: datetime | None
    name: str | None
    has_address: bool
    items: list[dict[str, Any]]
    status: str | None
    language: str
    unsubscribed: bool
    bounced: bool
    reviewed: list[str]


class Cursor(Place, frozen=True, array_like=True):
    """The last mail of the page before."""

    at: datetime
    id: UUID


class FigureRow(NamedTuple):
    sent: int
    reminded: int
    opened: int
    wrote: int
    unsubscribed: int
    planned: int


class RequestQuery(Struct, frozen=True, kw_only=True):
    """Planned ones: the next first; else the newest."""

    state: Shelf = "all"
    cursor: Cursor | None = None
    limit: int = 50


class RequestStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def page(self, shop: str, query: RequestQuery) -> tuple[list[RequestRow], Cursor | None]:
        """The next mails, and where the page after them begins if there is one."""
        soonest = query.state == "planned"
        after, order = _SOONEST if soonest else _NEWEST
        parameters: dict[str, Any] = {"shop": shop, "states": _STATES[query.state], "limit": query.limit + 1}
        sql = f"{_SELECT} AND request.state = ANY (%(states)s)"
        if query.cursor is not None:
            sql += f" AND {after}"
            parameters |= {"at": query.cursor.at, "id": query.cursor.id}
        sql += f" ORDER BY {order} LIMIT %(limit)s"  # made of constants
        rows = class_row(RequestRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            found = await (await cursor.execute(sql.encode(), parameters)).fetchall()
        if len(found) <= query.limit:
            return found, None
        last = found[query.limit - 1]
        return found[: query.limit], Cursor((last.due_at if soonest else None) or last.at, last.id)

    async def figures(self, shop: str, since: datetime) -> tuple[FigureRow, dict[str, int]]:
        """What went out and came of it, and how many were withheld for each reason."""
        parameters = {"shop": shop, "since": since}
        rows = class_row(FigureRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            figures = await (await cursor.execute(_FIGURES, parameters)).fetchone()
            withheld = await (await connection.execute(_WITHHELD, parameters)).fetchall()
        return figures or FigureRow(0, 0, 0, 0, 0, 0), dict(withheld)
