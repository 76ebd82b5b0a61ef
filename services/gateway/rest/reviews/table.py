"""Reviews as a table for spreadsheets, which the import takes back."""

from collections.abc import AsyncIterator
from typing import Final

from contracts.envelope import rfc3339
from services.gateway.rest.reviews.store import ReviewRow
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row

COLUMNS: Final = (
    "id",
    "sku",
    "product",
    "variant",
    "stars",
    "text",
    "author",
    "confirmed",
    "order",
    "language",
    "state",
    "written_at",
    "reply",
    "replied_at",
)


async def rows_as_csv(pages: AsyncIterator[list[ReviewRow]], separator: str) -> AsyncIterator[str]:
    """The table page by page, its head first."""
    yield BYTE_ORDER_MARK + csv_row(COLUMNS, separator)
    async for page in pages:
        yield "".join(csv_row(_cells(row), separator) for row in page)


def _cells(row: ReviewRow) -> tuple[object, ...]:
    confirmed, replied_at = "yes" if row.confirmed else "no", rfc3339(row.replied_at) if row.replied_at else None
    return (
        row.id,
        row.sku,
        row.product,
        row.variant,
        row.stars,
        row.text,
        row.author,
        confirmed,
        row.number,
        row.language,
        row.state,
        rfc3339(row.written_at),
        row.reply,
        replied_at,
    )
