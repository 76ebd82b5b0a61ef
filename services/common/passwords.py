"""What a new password must be: long, and none that everybody tries (NIST SP 800-63B, section 5.1.1.2).

No rules about signs and digits: they make passwords worse. Passwords from before stay as they are.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 256
MOST_DECORATION: Final = 6
"""Signs around a common word that make it no better: `password2026!`."""
LONGEST_UNIT: Final = 6
"""What is repeated and no longer than this is no password: `abcabcabcabc`."""
SHORTEST_WORD: Final = 4
LEFT_OVER: Final = 8
"""So many signs must be left without the words that are known of who sets it."""

_NOT_LETTERS: Final = "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "


class BadPassword(ValueError):
    """`reason` is for programs: too_short, too_long, common, personal; the message is one sentence for a person."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def normal(password: str) -> str:
    """In the one spelling that keyboards of all kinds arrive at."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, known: Iterable[str] = ()) -> None:
    """Raise BadPassword unless it may be set. `known` is what is known of the person: address, name, shop."""
    low = normal(password).casefold()
    if len(low) < SHORTEST:
        raise BadPassword("too_short", f"A password has at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise BadPassword("too_long", f"A password has at most {LONGEST} characters.")
    if _is_common(low):
        raise BadPassword("common", "This password is one of the first that are tried; take another.")
    if _is_personal(low, known):
        raise BadPassword("personal", "This password is mostly a name or an address; take another.")


def _is_common(low: str) -> bool:
    core = low.strip(_NOT_LETTERS)
    decorated = core in _common() and len(low) - len(core) <= MOST_DECORATION
    return low in _common() or decorated or _is_repeated(low) or _is_sequence(low)


def _is_repeated(low: str) -> bool:
    """Whether it is one short or common thing again and again."""
    for length in range(1, len(low) // 2 + 1):
        unit = low[:length]
        if low == (unit * (len(low) // length + 1))[: len(low)]:
            return length <= LONGEST_UNIT or unit in _common()
    return False


def _is_sequence(low: str) -> bool:
    """Whether each sign follows on the one before, up or down: `abcdefghijkl`, `123456789012`."""
    steps = [(ord(after) - ord(before)) % 10 for before, after in pairwise(low)]
    return low.isalnum() and (all(step == 1 for step in steps) or all(step == 9 for step in steps))


def _is_personal(low: str, known: Iterable[str]) -> bool:
    rest = low
    for word in sorted(_words(["shopbell", *known]), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != low and len(rest.strip(_NOT_LETTERS)) < LEFT_OVER


def _words(known: Iterable[str]) -> set[str]:
    """Whole texts, and what they are made of."""
    texts = {normal(one).casefold() for one in known}
    parts = {part for text in texts for part in "".join(one if one.isalnum() else " " for one in text).split()}
    return {word for word in texts | parts if len(word) >= SHORTEST_WORD}


@cache
def _common() -> frozenset[str]:
    """The long ones of two published lists, and the words that most others are made of, from `common_passwords.txt`."""
    return frozenset((files(__package__) / "common_passwords.txt").read_text().split())
