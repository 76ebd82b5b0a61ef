"""The words by which history is searched: the same for what is kept and for what is asked.

Words are runs of letters and digits, without case and accents; a Chinese or Japanese character is a word by itself,
for those are written without spaces. The column `words` of a conversation holds each of its words once, a space
before every one. So a search for the beginning of a word is `LIKE '% beginning%'`, and an index over them needs no
parser.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

LONGEST_WORD: Final = 40
MOST_WORDS: Final = 4_000
"""Of one conversation, which no index can hold without a bound: a tsvector has 1 MiB. Later words are not found."""
SHORTEST_PART: Final = 3
LONGEST_IN_PARTS: Final = 20
"""Of names and addresses also the ends of words are kept: so any part is found. Longer words are made-up ids."""

_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
# Signs of Indic and Thai vowels are no letters to Python, yet part of the word.
_WORD: Final = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff]|(?:[^\W_\u2e80-\u9fff\uf900-\ufaff]|[\u0900-\u0963\u0966-\u0eff])+"
)
_ACCENTS: Final = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u3099\u309a]+")
_DIGITS: Final = re.compile(r"\d+")
# Letters that Unicode does not take apart.
_WITHOUT_STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_STROKES: Final = re.compile("[łøđħŧıæœþð]")


def words_of(text: str) -> list[str]:
    """The words of a text in order, as often as they stand there."""
    folded = text.lower() if text.isascii() else _folded(text)
    found = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    return [word[:LONGEST_WORD] for word in found]


def add_texts(words: str, texts: Iterable[str]) -> str:
    """The column `words` with those of some texts added. The same however the texts come in groups."""
    return _added(words, chain.from_iterable(map(words_of, texts)))


def add_who(words: str, *fields: str | None) -> str:
    """The column `words` with what is known of a person: name, address, number, id."""
    return _added(words, (part for field in fields if field for word in _names(field) for part in _parts(word)))


def _added(words: str, more: Iterable[str]) -> str:
    all_words = dict.fromkeys(words.split())  # in order, each once
    before = len(all_words)
    all_words.update(dict.fromkeys(more))
    if len(all_words) == before:
        return words
    return " " + " ".join(islice(all_words, max(before, MOST_WORDS)))


def _names(field: str) -> list[str]:
    """The words of a field; a number that is written in groups also in one piece."""
    words = words_of(field)
    if len(words) > 1 and all(_DIGITS.fullmatch(word) for word in words):
        words.append("".join(words)[:LONGEST_WORD])
    return words


def _parts(word: str) -> Iterator[str]:
    yield word
    if len(word) <= LONGEST_IN_PARTS:
        for start in range(1, len(word) - SHORTEST_PART + 1):
            yield word[start:]


def _folded(text: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    bare = bare.casefold()  # again: some decompositions are capitals
    return bare.translate(_WITHOUT_STROKES) if _STROKES.search(bare) else bare
