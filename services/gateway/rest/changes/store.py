"""The two books of changes as their tables have them: settings in `rm_change`, access in `staff.audit`."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec.structs import astuple
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from services.gateway.rest.changes.query import ACCESS, SETTINGS, ChangePlace, Filter

Pool = AsyncConnectionPool[AsyncConnection[Any]]

_CHANGE: Final = """
    SELECT change.seq, change.number, change.at, change.author, change.what, change.before, change.after,
        change.among, undoing.author AS undone_by, undoing.command AS undone_command, undone.author AS undoes_of
    FROM rm_change AS change
    LEFT JOIN LATERAL (
        SELECT author, command FROM rm_change
        WHERE shop = change.shop AND (undoes_seq, undoes_number) = (change.seq, change.number)
        ORDER BY seq DESC LIMIT 1
    ) AS undoing ON true
    LEFT JOIN rm_change AS undone
        ON (undone.shop, undone.seq, undone.number) = (change.shop, change.undoes_seq, change.undoes_number)
    WHERE change.shop = %(shop)s
"""
_ONE: Final = f"{_CHANGE} AND (change.seq, change.number) = (%(seq)s, %(number)s)"
_PAGE: Final = f"""
    {_CHANGE}
    AND (%(at)s::timestamptz IS NULL OR (change.at <= %(at)s AND
        (change.at, {SETTINGS}, change.seq, change.number) < (%(at)s, %(book)s::int, %(seq)s::bigint, %(number)s::int)))
    AND (%(who)s::text IS NULL OR change.author = %(who)s)
    AND (%(names)s::text[] IS NULL OR split_part(change.what, '.', 1) = ANY (%(names)s))
    AND (%(since)s::timestamptz IS NULL OR change.at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR change.at < %(until)s)
    AND (%(text)s::text IS NULL OR change.before ILIKE %(text)s OR change.after ILIKE %(text)s
        OR change.what ILIKE %(text)s OR change.author = ANY (%(authors)s)
        OR change.what = ANY (%(named)s) OR change.what LIKE ANY (%(within)s))
    ORDER BY change.at DESC, change.seq DESC, change.number DESC LIMIT %(limit)s
"""
_DEEDS: Final = f"""
    SELECT id, at, author, what, subject, details FROM staff.audit
    WHERE shop = %(shop)s
    AND (%(at)s::timestamptz IS NULL OR (at <= %(at)s AND
        (at, {ACCESS}, id, 0) < (%(at)s, %(book)s::int, %(seq)s::bigint, %(number)s::int)))
    AND (%(who)s::text IS NULL OR author = %(who)s)
    AND (%(names)s::text[] IS NULL OR split_part(what, '.', 1) = ANY (%(names)s))
    AND NOT split_part(what, '.', 1) = ANY (%(but)s)
    AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
    AND (%(text)s::text IS NULL OR details::text ILIKE %(text)s OR what ILIKE %(text)s OR author = ANY (%(authors)s)
        OR subject = ANY (%(authors)s) OR what = ANY (%(named)s) OR what LIKE ANY (%(within)s))
    ORDER BY at DESC, id DESC LIMIT %(limit)s
"""


class ChangeRow(NamedTuple):
    """A setting or canned reply that was changed; `before` and `after` are JSON. `among`: the ids, as JSON, of the list
    that it was taken out of. `undone_by`, `undone_command`: who undid it, and by what; `undoes_of`: whose change it
    undid."""

    seq: int
    number: int
    at: datetime
    author: str
    what: str
    before: str
    after: str
    among: str | None
    undone_by: str | None
    undone_command: str | None
    undoes_of: str | None

    def place(self) -> ChangePlace:
        return ChangePlace(self.at, SETTINGS, self.seq, self.number)


class DeedRow(NamedTuple):
    """Access that was given or taken."""

    id: int
    at: datetime
    author: str
    what: str
    subject: str
    details: dict[str, Any]

    def place(self) -> ChangePlace:
        return ChangePlace(self.at, ACCESS, self.id, 0)


Entry = ChangeRow | DeedRow


class ChangeStore:
    """Queries of one shop each. All raise psycopg.OperationalError or PoolTimeout while a database is away."""

    def __init__(self, log_pool: Pool, read_pool: Pool) -> None:
        self._log_pool, self._pool = log_pool, read_pool

    async def page(
        self, shop: str, wanted: Filter, authors: Collection[str], after: ChangePlace | None, limit: int
    ) -> tuple[list[Entry], ChangePlace | None]:
        """Of both books the newest first, and where the next page begins. `authors`: who has the text in their name."""
        values = _values(shop, wanted, authors, after, limit + 1)
        names = wanted.names
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ChangeRow)) as cursor:
            await cursor.execute(_PAGE, {**values, "names": names.settings and list(names.settings)})
            found: list[Entry] = [*await cursor.fetchall()]
        async with (
            self._log_pool.connection() as connection,
            connection.cursor(row_factory=class_row(DeedRow)) as deeds,
        ):
            access = None if names.access is None else list(names.access)
            await deeds.execute(_DEEDS, {**values, "names": access, "but": list(names.all_access_but)})
            found += await deeds.fetchall()
        found.sort(key=lambda entry: astuple(entry.place()), reverse=True)
        return found[:limit], found[limit - 1].place() if len(found) > limit else None

    async def one(self, shop: str, seq: int, number: int) -> ChangeRow | None:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ChangeRow)) as cursor:
            return await (await cursor.execute(_ONE, {"shop": shop, "seq": seq, "number": number})).fetchone()


def _values(
    shop: str, wanted: Filter, authors: Collection[str], after: ChangePlace | None, limit: int
) -> dict[str, Any]:
    return {
        "shop": shop,
        "at": after and after.at,
        "book": after and after.book,
        "seq": after and after.seq,
        "number": after and after.number,
        "who": wanted.who,
        "since": wanted.since,
        "until": wanted.until,
        "text": None if wanted.text is None else f"%{_literally(wanted.text)}%",
        "authors": list(authors),
        "named": list(wanted.named),
        "within": [f"{_literally(name)}.%" for name in wanted.named],
        "limit": limit,
    }


def _literally(text: str) -> str:
    """As a part of a pattern that stands for nothing but itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
