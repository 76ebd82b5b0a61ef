"""History to take away: a table for spreadsheets or JSON, oldest first, made page by page while it goes out.

However much there is, it takes no more memory than a page, and holds no connection while a slow client reads.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from services.common.attachments.details import names_in
from services.gateway.attachments.links import Links
from services.gateway.rest.history.query import Filter
from services.gateway.rest.history.store import ConversationRow, EventRow, HistoryStore
from services.gateway.rest.history.views import conversation_shown
from services.gateway.rest.problems import Problem
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row
from services.gateway.shops import StaffNames

AT_ONCE: Final = 50
"""Conversations read and written in one go: sockets that this process serves wait no longer than for these."""

CONVERSATION_COLUMNS: Final = (
    "id",
    "customer",
    "signed_in",
    "name",
    "email",
    "phone",
    "locale",
    "status",
    "operator",
    "rating",
    "comment",
    "messages",
    "started_at",
    "last_message_at",
    "ended_at",
    "archived_at",
    "last_message",
    "time_zone",
)
MESSAGE_COLUMNS: Final = (
    "conversation",
    "customer",
    "seq",
    "at",
    "kind",
    "from",
    "author",
    "text",
    "score",
    "department",
    "since",
    "files",
    "time_zone",
)

Taken = Literal["csv", "json"]
_SEPARATORS: Final = {"comma": ",", "semicolon": ";"}

_encode: Final = msgspec.json.Encoder().encode


class Wish(Struct, frozen=True):
    """What form it is to have. `rows`: one a conversation, or one a message (and whatever else happened)."""

    kind: Taken
    rows: Literal["conversations", "messages"] = "conversations"
    separator: str = ","

    @property
    def media_type(self) -> str:
        return "text/csv; charset=utf-8" if self.kind == "csv" else "application/json"


def taken(kind: Taken, params: Mapping[str, str]) -> Wish:
    """The wish of a request's parameters. Raises a Problem that says which one is wrong."""
    rows, separator = params.get("rows") or "conversations", params.get("separator") or "comma"
    if rows not in ("conversations", "messages"):
        raise Problem(400, "invalid", "The parameter rows must be one of conversations, messages.")
    if separator not in _SEPARATORS:
        raise Problem(400, "invalid", f"The parameter separator must be one of {', '.join(_SEPARATORS)}.")
    return Wish(kind, rows, _SEPARATORS[separator])  # type: ignore[arg-type]  # one of the two, as was seen


class Export:
    """What a shop takes away."""

    def __init__(self, store: HistoryStore, names: StaffNames, links: Links, shop: str, time_zone: str) -> None:
        """`time_zone`: the shop's, in which tables show times."""
        self._store = store
        self._names = names
        self._links = links
        self._shop = shop
        self._zone = ZoneInfo(time_zone)

    def name(self, wish: Wish) -> str:
        """Of the file."""
        return f"{wish.rows}-{self._shop}-{datetime.now(self._zone):%Y-%m-%d}.{wish.kind}"

    async def parts(self, wish: Wish, wanted: Filter) -> AsyncIterator[str | bytes]:
        """The file piece by piece. Raises psycopg's errors if the database goes away."""
        parts = self._json(wanted) if wish.kind == "json" else self._table(wish, wanted)
        async for part in parts:
            yield part
            await asyncio.sleep(0)  # let others have their turn also where nothing makes this wait

    async def _json(self, wanted: Filter) -> AsyncIterator[bytes]:
        between = b""
        yield b'{"conversations":['
        async for rows, events in self._pages(wanted):
            shown = (conversation_shown(self._shop, row, events[row.id], self._names, self._links) for row in rows)
            yield between + b",\n".join(_encode(one) for one in shown)
            between = b",\n"
        yield b"]}\n"

    async def _table(self, wish: Wish, wanted: Filter) -> AsyncIterator[str]:
        columns: tuple[str, ...] = CONVERSATION_COLUMNS
        rows_of = self._conversation_rows
        if wish.rows == "messages":
            columns, rows_of = MESSAGE_COLUMNS, self._message_rows
        yield BYTE_ORDER_MARK + csv_row(columns, wish.separator)
        async for rows, events in self._pages(wanted):
            lines = (line for row in rows for line in rows_of(row, events[row.id]))
            yield "".join(csv_row((line.get(name) for name in columns), wish.separator) for line in lines)

    async def _pages(self, wanted: Filter) -> AsyncIterator[tuple[list[ConversationRow], dict[UUID, list[EventRow]]]]:
        async for rows in self._store.all(self._shop, wanted, AT_ONCE):
            yield rows, await self._store.events([row.id for row in rows])

    def _conversation_rows(self, row: ConversationRow, events: list[EventRow]) -> Iterator[dict[str, Any]]:
        comments = [event.text for event in events if event.kind == "rated"]
        yield {
            "id": row.id,
            "customer": row.customer,
            "signed_in": "yes" if row.signed_in else "no",
            "name": row.name,
            "email": row.email if row.signed_in else None,
            "phone": row.phone if row.signed_in else None,
            "locale": row.locale,
            "status": row.status,
            "operator": self._names.name(self._shop, row.operator) if row.operator else None,
            "rating": row.rating,
            "comment": comments[-1] if comments else None,
            "messages": row.message_count,
            "started_at": self._local(row.started_at),
            "last_message_at": self._local(row.last_message_at),
            "ended_at": self._local(row.ended_at),
            "archived_at": self._local(row.archived_at),
            "last_message": row.last_message,
            "time_zone": self._zone.key,
        }

    def _message_rows(self, row: ConversationRow, events: list[EventRow]) -> Iterator[dict[str, Any]]:
        for event in events:
            yield {
                "conversation": row.id,
                "customer": row.customer,
                "seq": event.seq,
                "at": self._local(event.at),
                "kind": event.kind,
                "from": event.sender,
                "author": self._names.name(self._shop, event.operator) if event.operator else None,
                "text": event.text,
                "score": event.number if event.kind == "rated" else None,
                "department": self._names.department(self._shop, event.department) if event.department else None,
                "since": self._local(event.since),
                "files": names_in(event.attachments) or None,
                "time_zone": self._zone.key,
            }

    def _local(self, at: datetime | None) -> str | None:
        """As spreadsheets understand a time; its zone stands in a column of its own."""
        return None if at is None else f"{at.replace(tzinfo=at.tzinfo or UTC).astimezone(self._zone):%Y-%m-%d %H:%M:%S}"
