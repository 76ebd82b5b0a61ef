"""What is wrong with a member of a body, in words of people who know nothing of our types. Pure."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import inspect

_SLUG: Final = "It has up to 40 small letters, digits"
_PATTERNS: Final = {
    r"^[a-z]{2}(-[A-Z]{2})?$(?!\n)": "A language is like en or pt-BR",
    r"^[a-z][a-z0-9_-]{0,39}$(?!\n)": f"{_SLUG}, - and _, a letter first",
    r"^[a-z0-9][a-z0-9_-]{0,39}$(?!\n)": f"{_SLUG}, - and _, no - or _ first",
    r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)": f"{_SLUG} and -, no - first",
    r"^[A-Za-z0-9_-]{8,64}$(?!\n)": "It has 8 to 64 letters, digits, - and _",
    r"^[A-Za-z0-9_-]{0,32}$(?!\n)": "It has up to 32 letters, digits, - and _",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)": "A time of day is like 08:00",
    r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)": "A time of day is like 08:00",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)": "A day is like 2026-11-22",
    r"^(#[0-9a-fA-F]{6})?$(?!\n)": "A colour is like #23477e",
    r"^/[A-Za-z0-9._/-]{0,199}$(?!\n)": "A path is like /shopbell-sw.js",
}
"""Of the contracts, with what they ask for."""

_KINDS: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "datetime": "a time",
    "date": "a day",
    "uuid": "a UUID",
    "null": "null",
}


def _long(what: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"It has more than {int(found[1]):,} {what}"


def _short(what: str) -> Callable[[re.Match[str]], str]:
    return lambda found: "It is empty" if found[1] == "1" else f"It has fewer than {found[1]} {what}"


def _kinds(names: str) -> str:
    return " or ".join(_KINDS.get(name, name) for name in names.split(" | "))


_STEP: Final = re.compile(r"\[[^\]]*\]|[^.\[\]]+")
_UNCHOSEN: Final = re.compile(r"Invalid (?:enum )?value")

_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Expected `str` of length <= (\d+)", _long("characters")),
        (r"Expected `str` of length >= (\d+)", _short("characters")),
        (r"Expected `(?:array|object)` of length <= (\d+)", _long("entries")),
        (r"Expected `(?:array|object)` of length >= (\d+)", _short("entries")),
        (r"Expected `(?:int|float)` <= (\S+)", lambda found: f"The number is {found[1]} at most"),
        (r"Expected `(?:int|float)` >= (\S+)", lambda found: f"The number is {found[1]} at least"),
        (r"Expected `datetime` with a timezone", lambda _: "A time needs its zone, as in 2026-11-22T10:00:00+01:00"),
        (r"Invalid RFC3339 encoded datetime", lambda _: "A time is like 2026-11-22T10:00:00+01:00"),
        (r"Invalid RFC3339 encoded date", lambda _: "A day is like 2026-11-22"),
        (r"Invalid UUID", lambda _: "It is no UUID"),
        (_UNCHOSEN.pattern, lambda _: "It is none of the values that it may have; /openapi.json lists them"),
        (r"Expected `(.+)`, got `(.+)`", lambda found: f"It has to be {_kinds(found[1])}, not {_kinds(found[2])}"),
    )
)
"""Of msgspec's messages, what each means."""


def choices_in_words(said: str, where: str, wanted: Any) -> str | None:
    """The clause for a value that is none of a few, with these: `wanted` is the type of the body, `where` the place, as
    `scopes[0]`. None for all else that msgspec says."""
    if not _UNCHOSEN.match(said):
        return None
    found = [inspect.type_info(wanted)]
    for step in _STEP.findall(where):
        found = [inner for one in found for inner in _inside(one, step)]
    values = [str(value) for one in found for part in _parts(one) for value in getattr(part, "values", ())]
    return f"It is one of {', '.join(values)}" if values else None


def _inside(one: inspect.Type, step: str) -> Iterator[inspect.Type]:
    for part in _parts(one):
        match part:
            case inspect.StructType():
                yield from (field.type for field in part.fields if field.encode_name == step)
            case inspect.ListType():
                yield part.item_type
            case inspect.DictType():
                yield part.value_type


def _parts(one: inspect.Type) -> tuple[inspect.Type, ...]:
    """What it may be, without what is only said about it."""
    match one:
        case inspect.UnionType():
            return tuple(part for each in one.types for part in _parts(each))
        case inspect.Metadata():
            return _parts(one.type)
    return (one,)


def in_words(said: str) -> str:
    """The clause for what msgspec said, without its full stop; what is not known stays as it is."""
    if "matching regex" in said:
        return next(
            (words for pattern, words in _PATTERNS.items() if repr(pattern)[1:-1] in said),
            "It is not spelled as it has to be",
        )
    return next((words(found) for rule, words in _RULES if (found := rule.match(said))), said)
