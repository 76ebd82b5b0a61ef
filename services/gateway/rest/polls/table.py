"""The votes of a poll to take away: a table for spreadsheets, made page by page while it goes out."""

from collections.abc import AsyncIterator
from typing import Final
from zoneinfo import ZoneInfo

from services.gateway.polls.rows import PollRow
from services.gateway.polls.store import PollStore
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, csv_row

COLUMNS: Final = ("vote", "at", "answer", "text", "time_zone")


async def parts(store: PollStore, poll: PollRow, time_zone: str, separator: str) -> AsyncIterator[str]:
    """The file piece by piece, the first vote first. Raises psycopg's errors if the database goes away."""
    zone, texts = ZoneInfo(time_zone), {answer.id: answer.text for answer in poll.content.answers}
    yield BYTE_ORDER_MARK + csv_row(COLUMNS, separator)
    async for votes in store.votes(poll.id):
        yield "".join(
            csv_row((vote, f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}", answer, texts.get(answer), zone.key), separator)
            for vote, answer, at in votes
        )
