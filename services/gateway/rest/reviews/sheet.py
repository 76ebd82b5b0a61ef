"""A table of reviews that were written elsewhere, row by row, and what is wrong with which line. Pure."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, get_args

from msgspec import Struct

from contracts.engagement.reviews import ReviewState
from services.gateway.rest.moments import is_possible
from services.gateway.rest.reviews.names import visible
from services.gateway.rest.spreadsheets import BYTE_ORDER_MARK, harmless
from services.gateway.sockets.texts import BadText, clean

MOST_CHARACTERS: Final = 4_000
"""Of a review's text."""
MOST_OF_NAME: Final = 80
MOST_ROWS: Final = 5_000

_LANGUAGE: Final = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_STATES: Final[dict[str, ReviewState]] = {state: state for state in get_args(ReviewState)}
_YES: Final = frozenset({"yes", "true", "1", "oui", "tak", "y", "x"})


class BadSheet(ValueError):
    """The table as a whole can't be read; the message is a sentence for whoever sent it."""


class BadRow(ValueError):
    """One of its rows can't be taken, because of what stands in the column `field`."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class Written(Struct, frozen=True, kw_only=True):
    """A review. `source`: its id where it comes from, or else what tells it from others."""

    source: str
    sku: str
    product: str
    stars: int
    language: str
    written_at: datetime
    state: ReviewState
    confirmed: bool
    variant: str | None
    number: str | None
    text: str | None
    author: str | None
    reply: str | None


def rows_of(body: bytes) -> list[tuple[int, Mapping[str, str]]]:
    """The rows by the names of their columns, each with the line that it ends on. Raises BadSheet."""
    try:
        text = body.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError:
        raise BadSheet("The file is not in UTF-8.") from None
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    read = 0
    try:
        names = [name.strip().lower() for name in reader.fieldnames or []]
        if missing := [name for name in ("sku", "stars") if name not in names]:
            raise BadSheet(f"The first row names the columns; {' and '.join(missing)} must be among them.")
        reader.fieldnames, read = names, reader.line_num
        for row in reader:
            if len(rows) == MOST_ROWS:
                raise BadSheet(f"The table has more than {MOST_ROWS} rows; bring it in several.")
            read = reader.line_num
            rows.append((read, {name: _cell(value) for name, value in row.items() if name}))
    except csv.Error:
        raise BadSheet(
            f"In the row of line {read + 1} a quote is not closed, or stands within a text undoubled."
        ) from None
    return rows


def _cell(value: object) -> str:
    """Without the apostrophe that keeps spreadsheets from running it as a formula."""
    text = value.strip() if isinstance(value, str) else ""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def written(row: Mapping[str, str], language: str, now: datetime, alike: Counter[str]) -> Written:
    """The review of a row; `language` and `now` are for what it does not say. Raises BadRow.

    `alike` counts the rows of a table that say the same and have no id: they are as many reviews, for many a star is
    given without a word, and the same ones when the table comes again.
    """
    sku, stars = _text("sku", row, 64), row.get("stars", "")
    if not sku:
        raise BadRow("sku", "The sku is missing.")
    if stars not in ("1", "2", "3", "4", "5"):
        raise BadRow("stars", "The stars are no number from 1 to 5.")
    variant = _text("variant", row, 100)
    text, author = _text("text", row, MOST_CHARACTERS), _text("author", row, MOST_OF_NAME)
    spoken = _language(row.get("language", "") or language)
    at = _moment(row.get("written_at", ""), now)
    reply = _text("reply", row, MOST_CHARACTERS)
    said = "\n".join((sku, variant or "", stars, row.get("written_at", ""), author or "", text or ""))
    return Written(
        source=_text("id", row, 200) or _told_apart(said, alike),
        sku=sku,
        product=_text("product", row, 200) or sku,
        stars=int(stars),
        language=spoken,
        written_at=at,
        state=_STATES.get(row.get("state", "").lower(), "waiting"),
        confirmed=row.get("confirmed", "").lower() in _YES,
        variant=variant,
        number=_text("order", row, 64),
        text=text,
        author=author,
        reply=reply,
    )


def _told_apart(said: str, alike: Counter[str]) -> str:
    alike[said] += 1
    before = alike[said] - 1
    return hashlib.sha256(f"{said}\n{before}".encode() if before else said.encode()).hexdigest()


def _text(name: str, row: Mapping[str, str], most: int) -> str | None:
    value = row.get(name, "")
    if not value:
        return None
    try:
        cleaned = clean(value.replace("\r\n", "\n"), most)
    except BadText as bad:
        raise BadRow(name, f"The {name} can't be taken: {bad.detail}.") from None
    if name in ("author", "product", "variant"):
        return visible(cleaned) or None
    return cleaned if name in ("text", "reply") else " ".join(cleaned.split())


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise BadRow("language", "The language is none like en or pt-BR.")
    return value


def _moment(value: str, now: datetime) -> datetime:
    """RFC 3339, or a date alone."""
    if not value:
        return now
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise BadRow("written_at", "The time written_at is none like 2026-11-22 or 2026-11-22T13:56:00Z.") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if at > now:
        raise BadRow("written_at", "The time written_at is yet to come.")
    if not is_possible(at):
        raise BadRow("written_at", "The time written_at is too long ago.")
    return at
