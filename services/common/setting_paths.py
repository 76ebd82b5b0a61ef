"""The single settings that a shop's settings are made of, each by its path, and ids of the commands that undo.

A path names what somebody changes at once: `limit`, `welcome.fr` (a text of one language), `hours.week.5` (Saturday),
`hours.exceptions.2026-12-24`, `departments.wholesale`, `offline_form.fields.email`, `mail.templates.answer.en`. What a
path of a language, a date or an id names may be absent, which is None.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from contracts.conversations.settings import ShopSettings

HOURS: Final = "hours"
_WEEK: Final = "hours.week"
_LISTS: Final = {"departments": "id", "invitations": "id", "hours.exceptions": "date"}
"""Lists by what their items are known by."""
_BY_KEY: Final = (
    "header",
    "welcome",
    "offline_form.header",
    "offline_form.welcome",
    "privacy.notice",
    "mail.templates",
)
_WHOLE: Final = re.compile(r"(chat_fields|offline_form\.fields)\.\w+|mail\.templates\..+")
"""What has members that change together."""
_UNDO: Final = re.compile(r"undo-(\d{1,9})-(\d{1,9})-[0-9a-f]+")

Value = Any
Members = dict[str, Any]


def paths(settings: ShopSettings) -> dict[str, Value]:
    """Every setting by its path; values as JSON has them."""
    return dict(_walk(msgspec.to_builtins(settings), ""))


def changes(before: ShopSettings, after: ShopSettings) -> dict[str, tuple[Value, Value]]:
    """What differs, by path. Hours that begin or cease to be there are one change of `hours`."""
    old, new = paths(before), paths(after)
    if (before.hours is None) != (after.hours is None):
        for found, settings in ((old, before), (new, after)):
            for path in [path for path in found if path.startswith(HOURS)]:
                del found[path]
            found[HOURS] = msgspec.to_builtins(settings.hours)
    names = dict.fromkeys((*old, *new))
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def value_at(settings: ShopSettings, path: str) -> Value:
    """None also for what is absent."""
    return msgspec.to_builtins(settings.hours) if path == HOURS else paths(settings).get(path)


def replaced(settings: ShopSettings, path: str, value: Value) -> tuple[str, Value]:
    """The member of the settings that the path is in, as it is with this value.

    Raises LookupError where there is nothing any more that the path could be in.
    """
    members: Members = msgspec.to_builtins(settings)
    holder, key = _holder(path)
    at: Any = members
    for name in holder.split(".") if holder else ():
        at = at[name] if isinstance(at, dict) else None
        if at is None:
            raise LookupError(path)
    if holder in _LISTS:
        _put(at, _LISTS[holder], key, value)
    elif holder == _WEEK:
        at[int(key)] = value
    elif value is None and holder in _BY_KEY:
        at.pop(key, None)
    else:
        at[key] = value
    top = path.partition(".")[0]
    return top, members[top]


def _walk(members: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Value]]:
    for name, value in members.items():
        path = f"{prefix}{name}"
        if path in _LISTS:
            yield from ((f"{path}.{one[_LISTS[path]]}", one) for one in value)
        elif path == _WEEK:
            yield from ((f"{path}.{day}", spans) for day, spans in enumerate(value))
        elif isinstance(value, dict) and not _WHOLE.fullmatch(path):
            yield from _walk(value, f"{path}.")
        else:
            yield path, value


def _holder(path: str) -> tuple[str, str]:
    """In what the value of a path is, and under which key there: keys of some have points in them."""
    for name in (*_LISTS, *_BY_KEY):
        if path.startswith(f"{name}."):
            return name, path.removeprefix(f"{name}.")
    holder, _, key = path.rpartition(".")
    return holder, key


def _put(items: list[Members], known_by: str, key: str, value: Value) -> None:
    """In its former place, or at the end; None takes it out."""
    at = next((number for number, one in enumerate(items) if one[known_by] == key), len(items))
    items[at : at + 1] = [] if value is None else [value]


# Undoing


def undo_command(seq: int, number: int, key: str) -> str:
    """The id of a command that undoes a change; `key` (hexadecimal digits) tells it from another that does."""
    return f"undo-{seq}-{number}-{key}"


def undone_by_command(command: str) -> tuple[int, int] | None:
    """Which change the command undoes: seq of its event and number in it; None for any other command."""
    found = _UNDO.fullmatch(command)
    return (int(found[1]), int(found[2])) if found else None
