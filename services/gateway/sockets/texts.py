"""What a person may write: plain text, normalised, of bounded length."""

import re
import unicodedata
from typing import Final

from contracts.sockets import MAX_TEXT_CHARACTERS

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LOCALE: Final = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}")
"""It stands in the log in clear, so that it must be no place for anything else (RFC 5646, loosely)."""
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


class BadText(ValueError):
    """The text can't be taken; `code` is the protocol's."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def clean(text: str, most: int = MAX_TEXT_CHARACTERS) -> str:
    """The text in normal form C (Unicode Standard Annex 15).

    Raises BadText: `invalid` if it is empty or holds control characters but newline and tab, or lone surrogates;
    `too_long` above `most` characters after normalisation.
    """
    if not text.isascii():
        if _SURROGATES.search(text):
            raise BadText("invalid", "the text holds half a character")
        text = unicodedata.normalize("NFC", text)
    if _CONTROLS.search(text):
        raise BadText("invalid", "the text holds control characters")
    if not text:
        raise BadText("invalid", "the text is empty")
    if len(text) > most:
        raise BadText("too_long", f"the text has more than {most} characters")
    return text


def clean_or_none(text: str | None, most: int = MAX_TEXT_CHARACTERS) -> str | None:
    """The same for a text that may be absent."""
    return None if text is None else clean(text, most)


def locale_or_english(locale: str) -> str:
    """The locale, if it looks like one."""
    return locale if _LOCALE.fullmatch(locale) else "en"
