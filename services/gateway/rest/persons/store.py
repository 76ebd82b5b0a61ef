"""What read tables hold of one person: who they are, how much there is, and the timeline."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.persons.query import Cursor, TimelineQuery
from services.gateway.rest.persons.who import Who

_CONVERSATIONS: Final = "SELECT id FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s)"
_MESSAGES: Final = "SELECT id FROM rm_offline_message WHERE shop = %(shop)s AND person = ANY (%(persons)s)"
_SEEN: Final = """
    (SELECT started_at AS since, active_at AS at, customer, signed_in, locale, name, email, phone
     FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s))
    UNION ALL
    (SELECT left_at, left_at, customer, signed_in, locale,
            nullif(concat_ws(' ', first_name, last_name), ''), email, phone
     FROM rm_offline_message WHERE shop = %(shop)s AND person = ANY (%(persons)s))
    UNION ALL
    (SELECT placed_at, placed_at, coalesce(customer, ''), false, language, name, email, NULL
     FROM rm_order WHERE shop = %(shop)s AND person = ANY (%(persons)s))
    ORDER BY at DESC LIMIT 1000
"""
_THEIRS: Final = "shop = %(shop)s AND person = ANY (%(persons)s)"
_COUNTS: Final = f"""
    SELECT (SELECT count(*) FROM rm_conversation WHERE {_THEIRS}),
           (SELECT count(*) FROM rm_offline_message WHERE {_THEIRS}),
           count(*) FILTER (WHERE kind = 'rated'),
           count(*) FILTER (WHERE kind = 'transcript'),
           count(*) FILTER (WHERE kind = 'note'),
           count(*) FILTER (WHERE kind = 'message'),
           (SELECT coalesce(sum(seq), 0) FROM rm_conversation WHERE {_THEIRS})
           + (SELECT coalesce(sum(seq), 0) FROM rm_offline_message WHERE {_THEIRS}),
           (SELECT count(*) FROM rm_order WHERE {_THEIRS}),
           (SELECT count(*) FROM rm_review WHERE {_THEIRS}),
           (SELECT count(*) FROM rm_push_subscriber WHERE {_THEIRS} AND left_at IS NULL)
    FROM rm_message WHERE conversation = ANY (ARRAY({_CONVERSATIONS}))
"""
_BOUNDS: Final = """
    SELECT (SELECT min(started_at) FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s)),
           (SELECT min(active_at) FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s)),
           (SELECT min(left_at) FROM rm_offline_message WHERE shop = %(shop)s AND person = ANY (%(persons)s))
"""
_ONGOING: Final = """
    SELECT id, status, operator FROM rm_conversation
    WHERE shop = %(shop)s AND person = ANY (%(persons)s) AND status <> 'archived' ORDER BY active_at DESC
"""
_ENGAGED: Final = """
    SELECT 'orders', id, person, placed_at AS at FROM rm_order WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    UNION ALL
    SELECT 'review_requests', request.id, person, at FROM rm_review_request AS request
    JOIN rm_order ON rm_order.id = order_id WHERE rm_order.shop = %(shop)s AND person = ANY (%(persons)s)
    UNION ALL
    SELECT 'reviews', id, person, written_at FROM rm_review WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    UNION ALL
    SELECT DISTINCT 'review_mails', rm_recipient.id, person, coalesce(unsubscribed_at, bounced_at)
    FROM rm_recipient JOIN rm_order ON rm_recipient.id IN (rm_order.recipient, rm_order.mailbox)
    WHERE rm_order.shop = %(shop)s AND person = ANY (%(persons)s)
    UNION ALL
    SELECT 'push_subscriptions', id, person, since FROM rm_push_subscriber
    WHERE shop = %(shop)s AND person = ANY (%(persons)s) AND left_at IS NULL
    ORDER BY 1, 4, 2
"""
_COLUMNS: Final = "everything (at, key, kind, id, status, text, number, operator, sender)"
_BRANCHES: Final = {
    "conversation": """
        SELECT active_at, id || '/', 'conversation', id, status, last_message, message_count, NULL, NULL
        FROM rm_conversation WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    """,
    "offline_message": """
        SELECT left_at, id || '/', 'offline_message', id, status, text, NULL, answered_by, NULL
        FROM rm_offline_message WHERE shop = %(shop)s AND person = ANY (%(persons)s)
    """,
    "rating": f"""
        SELECT at, conversation || '/' || seq, 'rating', conversation, NULL, text, number, NULL, NULL
        FROM rm_message WHERE kind = 'rated' AND conversation = ANY (ARRAY({_CONVERSATIONS}))
    """,
    "transcript": f"""
        SELECT at, conversation || '/' || seq, 'transcript', conversation, NULL, text, NULL, operator, sender
        FROM rm_message WHERE kind = 'transcript' AND conversation = ANY (ARRAY({_CONVERSATIONS}))
    """,
}
_OPERATORS: Final = """
    SELECT conversation, operator FROM rm_message
    WHERE conversation = ANY (%s) AND kind IN ('assigned', 'transferred') AND operator IS NOT NULL
    ORDER BY conversation, seq
"""

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Seen(NamedTuple):
    """How somebody was known at one time."""

    since: datetime
    at: datetime
    customer: str
    signed_in: bool
    locale: str
    name: str | None
    email: str | None
    phone: str | None


class Counts(NamedTuple):
    """How much there is. `log_entries`: events of the conversations' log that erasing leaves as unreadable blanks;
    `browsers`: those in which they want push."""

    conversations: int
    offline_messages: int
    ratings: int
    transcripts: int
    notes: int
    messages: int
    log_entries: int
    orders: int
    reviews: int
    browsers: int


class Bounds(NamedTuple):
    """The oldest of each."""

    first_started: datetime | None
    oldest_conversation: datetime | None
    oldest_message: datetime | None


class Ongoing(NamedTuple):
    """A conversation that is not archived."""

    id: UUID
    status: str
    operator: str | None


class Entry(NamedTuple):
    """One line of the timeline. `number` is how many messages, or the score."""

    at: datetime
    key: str
    kind: str
    id: UUID
    status: str | None
    text: str | None
    number: int | None
    operator: str | None
    sender: str | None


class Ids(NamedTuple):
    """What of a person stands in the log, as far as it is shown."""

    conversations: list[UUID]
    offline_messages: list[UUID]


class Engaged(NamedTuple):
    """Something in the log `engagement`, sealed under the key of `person`."""

    kind: str
    id: UUID
    person: str
    at: datetime | None


class PersonStore:
    """Queries about one person each. All raise psycopg.OperationalError or PoolTimeout while the database is away."""

    def __init__(self, pool: Pool) -> None:
        """`pool` connects to the database of read tables."""
        self._pool = pool

    async def seen(self, who: Who) -> list[Seen]:
        """How they were known, newest first."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Seen)) as cursor:
            return await (await cursor.execute(_SEEN, _values(who))).fetchall()

    async def counts(self, who: Who) -> Counts:
        return Counts(*await self._one(_COUNTS, who))

    async def bounds(self, who: Who) -> Bounds:
        return Bounds(*await self._one(_BOUNDS, who))

    async def ongoing(self, who: Who) -> list[Ongoing]:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Ongoing)) as cursor:
            return await (await cursor.execute(_ONGOING, _values(who))).fetchall()

    async def ids(self, who: Who) -> Ids:
        """All their conversations and offline messages."""
        async with self._pool.connection() as connection:
            conversations = await (await connection.execute(_CONVERSATIONS, _values(who))).fetchall()
            messages = await (await connection.execute(_MESSAGES, _values(who))).fetchall()
        return Ids([one for (one,) in conversations], [one for (one,) in messages])

    async def engaged(self, who: Who) -> list[Engaged]:
        """Their orders, what they were asked about them and wrote, and the browsers in which they want push."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_ENGAGED, _values(who))).fetchall()
        return [Engaged(*row) for row in rows]

    async def timeline(self, who: Who, query: TimelineQuery) -> tuple[list[Entry], Cursor | None]:
        """The next lines, newest first, and where those after them begin if there are any."""
        branches = " UNION ALL ".join(
            f"({sql})" for kind, sql in _BRANCHES.items() if query.kind is None or kind == query.kind
        )
        after = "WHERE (at, key) < (%(after_at)s, %(after_key)s)" if query.cursor else ""
        sql = f"SELECT * FROM ({branches}) AS {_COLUMNS} {after} ORDER BY at DESC, key DESC LIMIT %(limit)s"
        values = {**_values(who), "limit": query.limit + 1}
        if query.cursor:
            values |= {"after_at": query.cursor.at, "after_key": query.cursor.key}
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Entry)) as cursor:
            rows = await (await cursor.execute(sql.encode(), values)).fetchall()
        if len(rows) <= query.limit:
            return rows, None
        last = rows[query.limit - 1]
        return rows[: query.limit], Cursor(last.at, last.key)

    async def operators(self, conversations: list[UUID]) -> dict[UUID, list[str]]:
        """Who held each of these conversations, in order, each once."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_OPERATORS, [conversations])).fetchall()
        held: dict[UUID, list[str]] = {}
        for conversation, operator in rows:
            if operator not in (those := held.setdefault(conversation, [])):
                those.append(operator)
        return held

    async def _one(self, query: str, who: Who) -> tuple[Any, ...]:
        async with self._pool.connection() as connection:
            row: tuple[Any, ...] | None = await (await connection.execute(query.encode(), _values(who))).fetchone()
        if row is None:
            raise RuntimeError("an aggregate without a row")
        return row


def _values(who: Who) -> dict[str, Any]:
    return {"shop": who.shop, "persons": who.persons}
