"""Reviews as the read tables have them: pages, counts and figures of a shop or of one product."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import class_row, namedtuple_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.reviews.query import Cursor, Order, ReviewQuery

Pool = AsyncConnectionPool[AsyncConnection[Any]]

_COLUMNS: Final = (
    "review.id, review.person, review.sku, review.product, review.variant, review.stars, review.language,"
    " review.written_at, review.confirmed, review.number, review.text, review.author, review.state, review.reply,"
    " review.replied_at, review.replied_by, review.seq,"
    " (SELECT item ->> 'image' FROM rm_order AS bought, jsonb_array_elements(bought.items) AS item"
    "  WHERE bought.id = review.order_id AND item ->> 'sku' = review.sku LIMIT 1) AS image"
)
_ONE: Final = f"SELECT {_COLUMNS} FROM rm_review AS review WHERE shop = %(shop)s AND id = %(id)s"
_COUNTS: Final = """
    SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state = 'published') AS published,
           count(*) FILTER (WHERE state = 'rejected') AS rejected
    FROM rm_review WHERE shop = %(shop)s
"""
_FIGURES: Final = """
    SELECT stars, count(*), count(*) FILTER (WHERE confirmed) FROM rm_review
    WHERE shop = %(shop)s AND state = 'published' AND (%(sku)s::text IS NULL OR sku = %(sku)s) GROUP BY stars
"""
_OF_PRODUCT: Final = """
    SELECT array_agg(DISTINCT language) AS languages, array_agg(DISTINCT variant) FILTER (WHERE variant <> '')
        AS variants, (array_agg(product ORDER BY written_at DESC))[1] AS name
    FROM rm_review WHERE shop = %(shop)s AND sku = %(sku)s AND state = 'published'
"""
_KNOWN: Final = "SELECT id FROM rm_review WHERE shop = %s AND id = ANY (%s)"

_ORDERS: Final[dict[Order, tuple[str, str]]] = {
    "newest": (
        "written_at DESC, id DESC",
        "(review.written_at, review.id) < (%(at)s, %(last)s)",
    ),
    "best": (
        "stars DESC, written_at DESC, id DESC",
        "(review.stars, review.written_at, review.id) < (%(last_stars)s, %(at)s, %(last)s)",
    ),
    "worst": (
        "stars, written_at DESC, id DESC",
        "(review.stars > %(last_stars)s OR review.stars = %(last_stars)s"
        " AND (review.written_at, review.id) < (%(at)s, %(last)s))",
    ),
}
_ROWS_AT_ONCE: Final = 500


class ReviewRow(NamedTuple):
    """One review. `number`: of the order; `image`: of the product, as the order has it."""

    id: UUID
    person: str
    sku: str
    product: str
    variant: str | None
    stars: int
    language: str
    written_at: datetime
    confirmed: bool
    number: str | None
    text: str | None
    author: str | None
    state: str
    reply: str | None
    replied_at: datetime | None
    replied_by: str | None
    seq: int
    image: str | None


class Counts(NamedTuple):
    """How many reviews there are in each state."""

    waiting: int
    published: int
    rejected: int


class Figures(Struct):
    """Of published reviews. `stars`: how many there are of each number; `average` is 0 without any."""

    average: float
    count: int
    confirmed: int
    stars: dict[int, int]


class Product(NamedTuple):
    """What published reviews of a product say of it: in which languages, of which variants, its newest name."""

    languages: list[str]
    variants: list[str]
    name: str


class ReviewStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def page(self, shop: str, query: ReviewQuery) -> tuple[list[ReviewRow], Cursor | None]:
        """The next reviews, and where the page after them begins if there is one."""
        sql, parameters = statement(shop, query)
        rows = await self._rows(sql, parameters)
        if len(rows) <= query.limit:
            return rows, None
        last, seen = rows[query.limit - 1], query.cursor.seen if query.cursor else 0
        return rows[: query.limit], Cursor(last.stars, last.written_at, last.id, seen + query.limit)

    async def all(self, shop: str, query: ReviewQuery) -> AsyncIterator[list[ReviewRow]]:
        """Everything that the query finds, whatever its place and limit, some hundred at a time."""
        following: ReviewQuery | None = msgspec.structs.replace(query, cursor=None, limit=_ROWS_AT_ONCE)
        while following is not None:
            rows, cursor = await self.page(shop, following)
            yield rows
            following = msgspec.structs.replace(following, cursor=cursor) if cursor else None

    async def one(self, shop: str, review: UUID) -> ReviewRow | None:
        rows = await self._rows(_ONE, {"shop": shop, "id": review})
        return rows[0] if rows else None

    async def known(self, shop: str, reviews: Sequence[UUID]) -> set[UUID]:
        """Those of these that are there."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_KNOWN, [shop, list(reviews)])).fetchall()
        return {review for (review,) in rows}

    async def count(self, shop: str, query: ReviewQuery) -> int:
        """How many reviews the query finds, whatever its place and limit."""
        where, parameters = _where(shop, query)
        sql = f"SELECT count(*) FROM rm_review AS review WHERE {where}"  # made of constants
        async with self._pool.connection() as connection:
            row = await (await connection.execute(sql.encode(), parameters)).fetchone()
        return row[0] if row else 0

    async def counts(self, shop: str) -> Counts:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Counts)) as cursor:
            return await (await cursor.execute(_COUNTS, {"shop": shop})).fetchone() or Counts(0, 0, 0)

    async def figures(self, shop: str, sku: str | None = None) -> Figures:
        """Of the whole shop, or of one product."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_FIGURES, {"shop": shop, "sku": sku})).fetchall()
        stars = dict.fromkeys(range(1, 6), 0) | {number: count for number, count, _ in rows}
        count = sum(stars.values())
        average = sum(number * each for number, each in stars.items()) / count if count else 0.0
        return Figures(round(average, 2), count, sum(confirmed for _, _, confirmed in rows), stars)

    async def product(self, shop: str, sku: str) -> Product:
        async with self._pool.connection() as connection, connection.cursor(row_factory=namedtuple_row) as cursor:
            row = await (await cursor.execute(_OF_PRODUCT, {"shop": shop, "sku": sku})).fetchone()
        found: Any = row
        return Product(sorted(found.languages or []), sorted(found.variants or []), found.name or "")

    async def _rows(self, sql: str, parameters: dict[str, Any]) -> list[ReviewRow]:
        rows = class_row(ReviewRow)
        async with self._pool.connection() as connection, connection.cursor(row_factory=rows) as cursor:
            return await (await cursor.execute(sql.encode(), parameters)).fetchall()


def statement(shop: str, query: ReviewQuery) -> tuple[str, dict[str, Any]]:
    """The SELECT of a page, one row longer than the page, and its parameters."""
    where, parameters = _where(shop, query)
    parameters["limit"] = query.limit + 1
    order, after = _ORDERS[query.order]
    if query.cursor is not None:
        where += f" AND {after}"
        parameters |= {"at": query.cursor.written_at, "last": query.cursor.id, "last_stars": query.cursor.stars}
    return f"SELECT {_COLUMNS} FROM rm_review AS review WHERE {where} ORDER BY {order} LIMIT %(limit)s", parameters


def _where(shop: str, query: ReviewQuery) -> tuple[str, dict[str, Any]]:
    """What holds of the reviews that the query finds, and its parameters."""
    parameters: dict[str, Any] = {"shop": shop}
    conditions = ["review.shop = %(shop)s"]
    for name in ("state", "sku", "stars", "language", "variant"):
        if (value := getattr(query, name)) is not None:
            conditions.append(f"review.{name} = %({name})s")
            parameters[name] = value
    for number, word in enumerate((query.q or "").split()):
        conditions.append(f"{_SAID} ILIKE %(word{number})s")
        parameters[f"word{number}"] = f"%{_literally(word)}%"
    return " AND ".join(conditions), parameters


_SAID: Final = (
    "(review.sku || ' ' || review.product || ' ' || coalesce(review.variant, '') || ' ' || coalesce(review.number, '')"
    " || ' ' || coalesce(review.text, '') || ' ' || coalesce(review.author, ''))"
)


def _literally(word: str) -> str:
    """Without the meaning that LIKE gives to some characters."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
