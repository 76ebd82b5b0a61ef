"""Lists of history as SQL.

Words, operators, ratings and whether somebody was signed in are looked up in one index of archived conversations
(`history_words` in the migrations), where shop and week stand before every word. So what other shops say costs
nothing, and a list goes from week to week only until it is full: the newest of a word in half of all conversations
are found as quickly as the few of a rare one. Conversations that are not archived yet are few, and looked at one by
one.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from services.gateway.rest.history.query import NEWEST_FIRST, OLDEST_FIRST, Filter, HistoryQuery

Found = Literal["plain", "by week", "by customer"]

COLUMNS: Final = (
    "id, customer, signed_in, locale, name, email, phone, status, operator, rating, message_count, last_message,"
    " last_message_at, active_at, started_at, ended_at, archived_at, seq"
)
_ORDER: Final = {
    "-last_message_at": "active_at DESC, id DESC",
    "last_message_at": "active_at, id",
    "customer": "customer, active_at DESC, id DESC",
}
_AFTER: Final = {
    "-last_message_at": "(active_at, id) < (%(active_at)s, %(last)s)",
    "last_message_at": "(active_at, id) > (%(active_at)s, %(last)s)",
    "customer": "customer >= %(after_customer)s"
    " AND (customer > %(after_customer)s OR (active_at, id) < (%(active_at)s, %(last)s))",
}
_INDEXED: Final = "history_words(shop, active_at, words, operator, rating, signed_in) @@ wanted"


@dataclass
class Where:
    """Conditions on rm_conversation with their parameters."""

    parameters: dict[str, Any]
    conditions: list[str] = field(default_factory=lambda: ["shop = %(shop)s"])

    def add(self, condition: str, **parameters: Any) -> None:
        self.conditions.append(condition)
        self.parameters |= parameters

    def __str__(self) -> str:
        return " AND ".join(self.conditions)


def page(shop: str, query: HistoryQuery, *, few: bool = False) -> tuple[str, dict[str, Any]]:
    """The SELECT of a page, one row longer than the page, and its parameters.

    `few`: so few are found in all that they can be sorted by customer.
    """
    parameters = {"shop": shop, "limit": query.limit + 1}
    if not needs_index(query.filter) or (query.sort == "customer" and not few):
        where = _plainly(parameters, query.filter)
        _go_on(where, query)
        return _select(where, query.sort), parameters
    if query.sort == "customer":
        rows = _all_of_index(parameters, query.filter, COLUMNS)
        after = f" WHERE {_AFTER['customer']}" if query.cursor else ""
        _go_on(Where(parameters), query)
        return (
            f"SELECT {COLUMNS} FROM ({rows}) AS found{after} ORDER BY {_ORDER['customer']} LIMIT %(limit)s",
            parameters,
        )
    return _week_by_week(parameters, query), parameters


def count(shop: str, wanted: Filter, most: int) -> tuple[str, dict[str, Any]]:
    """How many there are, counted to `most` + 1."""
    parameters: dict[str, Any] = {"shop": shop, "limit": most + 1}
    if needs_index(wanted):
        rows = _all_of_index(parameters, wanted, "1 AS one")
    else:
        rows = f"SELECT 1 FROM rm_conversation WHERE {_plainly(parameters, wanted)}"
    return f"SELECT count(*) FROM ({rows} LIMIT %(limit)s) AS found", parameters


def needs_index(wanted: Filter) -> bool:
    """Whether what is wanted may be rare among many."""
    named = wanted.customer is not None or wanted.ids is not None or wanted.status not in (None, "archived")
    special = (wanted.words, wanted.operator, wanted.ratings, wanted.signed_in)
    return not named and any(one is not None for one in special)


def template(wanted: Filter) -> str:
    """What the index is asked for, with # in the place of shop and week."""
    parts = [f"'#{word}':*" for word in wanted.words or ()]
    if wanted.operator is not None:
        parts.append(f"'#.o{wanted.operator}'")
    if wanted.ratings is not None:
        parts.append("(" + " | ".join(f"'#.r{score}'" for score in wanted.ratings) + ")")
    if wanted.signed_in is not None:
        parts.append(f"'#.s{wanted.signed_in:d}'")
    return " & ".join(parts)


def _plainly(parameters: dict[str, Any], wanted: Filter) -> Where:
    """Everything as a condition of the row."""
    where = Where(parameters)
    _bound(where, wanted)
    if wanted.customer is not None:
        where.add("customer = %(customer)s", customer=wanted.customer)
    if wanted.ids is not None:
        where.add("id = ANY (%(ids)s)", ids=list(wanted.ids))
    if wanted.status is not None:
        where.add("status = %(status)s", status=wanted.status)
        if wanted.status != "archived":
            where.add("status <> 'archived'")  # word by word as in the index of conversations that go on
    if wanted.operator is not None:
        where.add("operator = %(operator)s", operator=wanted.operator)
    if wanted.ratings is not None:
        where.add("coalesce(rating, 0) = ANY (%(ratings)s)", ratings=list(wanted.ratings))
    if wanted.signed_in is not None:
        where.add("signed_in = %(signed_in)s", signed_in=wanted.signed_in)
    for number, word in enumerate(wanted.words or ()):
        where.add(f"words LIKE %(word{number})s", **{f"word{number}": f"% {word}%"})
    if wanted.words == ():
        where.add("false")
    return where


def _bound(where: Where, wanted: Filter) -> None:
    if wanted.since is not None:
        where.add("active_at >= %(since)s", since=wanted.since)
    if wanted.until is not None:
        where.add("active_at < %(until)s", until=wanted.until)


def _go_on(where: Where, query: HistoryQuery) -> None:
    if (cursor := query.cursor) is not None:
        where.add(_AFTER[query.sort], active_at=cursor.active_at, last=cursor.id, after_customer=cursor.customer)


def _select(where: Where, sort: str) -> str:
    return f"SELECT {COLUMNS} FROM rm_conversation WHERE {where} ORDER BY {_ORDER[sort]} LIMIT %(limit)s"


def _week_by_week(parameters: dict[str, Any], query: HistoryQuery) -> str:
    """Archived conversations from the index and the others, in order of time."""
    order = _ORDER[query.sort]
    archived = Where(parameters)
    _bound(archived, query.filter)
    _go_on(archived, query)
    down = "DESC" if query.sort == NEWEST_FIRST else "ASC"
    of_week = f"""
        {_of_index(COLUMNS, archived)} ORDER BY {order} LIMIT %(limit)s
    """
    found = f"""
        SELECT {COLUMNS} FROM ({_weeks(parameters, query)} ORDER BY week {down}) AS weeks
        CROSS JOIN LATERAL ({of_week}) AS of_week ORDER BY week {down}, {order} LIMIT %(limit)s
    """
    if query.filter.status == "archived":
        return found
    ongoing = _ongoing(parameters, query.filter)
    _go_on(ongoing, query)
    both = f"({found}) UNION ALL ({_select(ongoing, query.sort)})"
    return f"SELECT * FROM ({both}) AS either ORDER BY {order} LIMIT %(limit)s"


def _all_of_index(parameters: dict[str, Any], wanted: Filter, columns: str) -> str:
    """The same in no order."""
    archived = Where(parameters)
    _bound(archived, wanted)
    weeks = _weeks(parameters, HistoryQuery(filter=wanted))
    of_week = _of_index(columns, archived)
    found = f"SELECT of_week.* FROM ({weeks}) AS weeks CROSS JOIN LATERAL ({of_week}) AS of_week"
    if wanted.status == "archived":
        return found
    return f"{found} UNION ALL SELECT {columns} FROM rm_conversation WHERE {_ongoing(parameters, wanted)}"


def _of_index(columns: str, where: Where) -> str:
    """Of one week, by the index of words alone and read whole (OFFSET 0).

    Other conditions come after it: with them at hand the planner would take a walk through the list for cheaper, or
    look every week anew through all of the shop's conversations by time.
    """
    found = f"SELECT shop, {COLUMNS} FROM rm_conversation WHERE status = 'archived' AND {_INDEXED} OFFSET 0"
    return f"SELECT {columns} FROM ({found}) AS found WHERE {where}"


def _ongoing(parameters: dict[str, Any], wanted: Filter) -> Where:
    where = _plainly(parameters, wanted)
    where.add("status <> 'archived'")
    return where


def _weeks(parameters: dict[str, Any], query: HistoryQuery) -> str:
    """The weeks in which the shop had conversations and the query looks, each with what to ask the index for."""
    wanted, cursor = query.filter, query.cursor
    since, until = wanted.since, wanted.until
    if cursor is not None and query.sort == NEWEST_FIRST:
        until = cursor.active_at if until is None else min(until, cursor.active_at)
    if cursor is not None and query.sort == OLDEST_FIRST:
        since = cursor.active_at if since is None else max(since, cursor.active_at)
    parameters |= {"template": template(wanted), "first_at": since, "last_at": until}
    nothing = " AND false" if wanted.words == () else ""
    first = _week_of("greatest(oldest, %(first_at)s::timestamptz)")
    last = _week_of("least(newest, %(last_at)s::timestamptz)")
    return f"""
        SELECT week, replace(%(template)s, '#', %(shop)s || '/' || week || '/')::tsquery AS wanted
        FROM (
            SELECT min(active_at) AS oldest, max(active_at) AS newest
            FROM rm_conversation WHERE shop = %(shop)s{nothing} HAVING min(active_at) IS NOT NULL
        ) AS bounds CROSS JOIN LATERAL generate_series({first}, {last}) AS week
    """


def _week_of(moment: str) -> str:
    """As in the index."""
    return f"floor(extract(epoch FROM {moment}) / 604800)::bigint"
