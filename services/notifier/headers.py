"""Header fields as they go over the wire (RFC 5322, 2047), each ending in CRLF.

Written here and not by the library's policies: those fold a long name in quotes into one without, so that a comma in
it makes two addresses, and they write long message ids as encoded words.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from typing import Final

from services.notifier.addresses import Address

LINE: Final = 78
"""Characters that a line should not exceed; 998 is what it must not (RFC 5322, section 2.1.1)."""

_FOLD: Final = "\r\n "
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*")
"""What a name may hold without quotes."""


def unstructured(name: str, value: str) -> bytes:
    """A field of free text, such as Subject. `value` is one line."""
    short = len(name) + 2 + len(value) <= LINE
    if short and _PRINTABLE.fullmatch(value) and "=?" not in value:
        return _field(name, value)
    return _field(name, _encoded(value, name))


def address(name: str, of: Address) -> bytes:
    """A field of one address. Its local part is written as it is: other letters need SMTPUTF8."""
    spec = f"<{of.spec}>"
    if not of.name:
        return _field(name, of.spec)
    shown = _phrase(of.name, name)
    last_line = len(name) + 2 + len(shown) if _FOLD not in shown else len(shown.rpartition(_FOLD)[2]) + 1
    return _field(name, shown + (" " if last_line + 1 + len(spec) <= LINE else _FOLD) + spec)


def tokens(name: str, values: Iterable[str]) -> bytes:
    """A field of words that must stay whole, such as message ids and URLs in angle brackets."""
    return _field(name, _FOLD.join(values))


def date(name: str, at: datetime) -> bytes:
    return _field(name, format_datetime(at))


def _phrase(shown: str, field: str) -> str:
    """A display name (RFC 5322, section 3.2.5; RFC 2047, section 5, rule 3)."""
    if not _PRINTABLE.fullmatch(shown) or "=?" in shown:
        return _encoded(shown, field)
    if _ATOMS.fullmatch(shown):
        return shown
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded(value: str, field: str) -> str:
    """As encoded words, on as many lines as they need. Base64: of what its alphabet has nothing is special."""
    return Header(value, "utf-8", maxlinelen=LINE - 2, header_name=field).encode(linesep="\r\n")


def _field(name: str, value: str) -> bytes:
    """Raises ValueError for a value that would be two fields: nothing that was cleaned is."""
    if re.search(r"\r(?!\n)|(?<!\r)\n|\r\n(?![ \t])|\x00", value):
        raise ValueError(f"{name} would be more than one field")
    return f"{name}: {value}\r\n".encode()
