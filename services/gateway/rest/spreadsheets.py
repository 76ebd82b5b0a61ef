"""Rows of CSV (RFC 4180) that spreadsheets show as what they are."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Final

from services.gateway.rest.paging import wrong

BYTE_ORDER_MARK: Final = "\ufeff"
"""Goes before the first row: without it spreadsheets take UTF-8 for something else."""

SEPARATORS: Final = {"comma": ",", "semicolon": ";"}

_FORMULA: Final = re.compile(r"\s*[=+\-@|%＝＋－＠]|[\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[\d ]+")


def csv_row(values: Iterable[object], separator: str = ",") -> str:
    """One row with its end. None is an empty cell. Where a comma is for decimals, spreadsheets want a semicolon."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="\r\n").writerow(
        ["" if value is None else harmless(str(value)) for value in values]
    )
    return line.getvalue()


def separator_of(params: Mapping[str, str]) -> str:
    """What a request's parameters want between cells: a comma unless they say so. Raises Problem."""
    separator = SEPARATORS.get(params.get("separator") or "comma")
    if separator is None:
        raise wrong("separator", f"must be one of {', '.join(SEPARATORS)}")
    return separator


def harmless(text: str) -> str:
    """The text behind an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
