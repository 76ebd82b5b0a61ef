"""The change log to take away: a table for spreadsheets, the newest first, made page by page while it goes out."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from services.gateway.rest.changes.query import MOST, Filter
from services.gateway.rest.changes.store import ChangeStore, DeedRow, Entry
from services.gateway.rest.changes.views import people, shown
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row
from services.gateway.shops import StaffNames

COLUMNS: Final = ("id", "at", "author", "part", "what", "before", "after", "undone_by", "time_zone")


class Table:
    """Of one shop; times in its zone."""

    def __init__(self, store: ChangeStore, names: StaffNames, shop: str, time_zone: str, separator: str) -> None:
        self._store, self._names, self._shop = store, names, shop
        self._separator = separator
        self._zone = ZoneInfo(time_zone)

    def name(self) -> str:
        """Of the file."""
        return f"changes-{self._shop}-{datetime.now(self._zone):%Y-%m-%d}.csv"

    async def parts(self, wanted: Filter, authors: Collection[str]) -> AsyncIterator[str]:
        """The file piece by piece. Raises psycopg's errors if a database goes away."""
        yield BYTE_ORDER_MARK + csv_row(COLUMNS, self._separator)
        after = None
        while True:
            entries, after = await self._store.page(self._shop, wanted, authors, after, MOST)
            await self._names.refresh(self._shop, people(entries))
            yield "".join(csv_row(self._row(entry), self._separator) for entry in entries)
            if after is None:
                return

    def _row(self, entry: Entry) -> list[object]:
        change = shown(self._shop, entry, self._names)
        values: tuple[object, object]
        if isinstance(entry, DeedRow):
            values = None, msgspec.json.encode({"subject": entry.subject, **entry.details}).decode()
        else:
            values = _value(entry.before), _value(entry.after)
        return [
            change.id,
            f"{entry.at.astimezone(self._zone):%Y-%m-%d %H:%M:%S}",
            change.author.name,
            change.part,
            change.what,
            *values,
            change.undone_by.name if change.undone_by else None,
            self._zone.key,
        ]


def _value(json: str) -> object:
    """A text without its quotes, nothing where nothing was; anything else as JSON."""
    value = msgspec.json.decode(json)
    return value if isinstance(value, str) or value is None else json
