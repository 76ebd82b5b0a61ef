"""The inbox as a table for spreadsheets."""

from collections.abc import AsyncIterator
from typing import Any, Final

from contracts.envelope import rfc3339
from services.gateway.rest.offline.inbox_store import MessageRow
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row

COLUMNS: Final = (
    "id",
    "left_at",
    "status",
    "customer",
    "signed_in",
    "first_name",
    "last_name",
    "email",
    "phone",
    "text",
    "locale",
    "answered_at",
    "called_at",
)


async def rows_as_csv(pages: AsyncIterator[list[MessageRow]]) -> AsyncIterator[str]:
    """The table page by page, its head first."""
    yield BYTE_ORDER_MARK + csv_row(COLUMNS)
    async for page in pages:
        yield "".join(csv_row(_cell(getattr(row, name)) for name in COLUMNS) for row in page)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return rfc3339(value) if hasattr(value, "isoformat") else value
