"""The single settings that a shop's settings are made of, each by its path, and ids of the commands that undo.

A path names what somebody changes at once: `limit`, `welcome.fr` (a text of one language), `hours.week.5` (Saturday),
`hours.exceptions.2026-12-24`, `departments.wholesale`, `offline_form.fields.email`, `mail.templates.answer.en`. What a
path of a language, a date or an id names may be absent, which is None. `departments` and `invitations` are the order
of what is in them: its ids.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from contracts.conversations.settings import ShopSettings

HOURS: Final = "hours"
_WEEK: Final = "hours.week"
_LISTS: Final = {"departments": "id", "invitations": "id", "hours.exceptions": "date"}
"""Lists by what their items are known by."""
_ORDERED: Final = ("departments", "invitations")
"""Those in which the place counts, for visitors are offered one before the other."""
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
    """What differs, by path. Hours that begin or cease to be there are one change of `hours`. That what stays in a list
    has another order comes last.
    """
    old, new = paths(before), paths(after)
    if (before.hours is None) != (after.hours is None):
        for found, settings in ((old, before), (new, after)):
            for path in [path for path in found if path.startswith(HOURS)]:
                del found[path]
            found[HOURS] = msgspec.to_builtins(settings.hours)
    names = dict.fromkeys((*old, *new))
    found = {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}
    return found | dict(_orders(before, after))


def among(settings: ShopSettings, path: str) -> list[str] | None:
    """The ids in the list that the path's value is in, in their order; None where the place does not count."""
    holder, _ = _holder(path)
    return _ids(settings, holder) if holder in _ORDERED else None


def value_at(settings: ShopSettings, path: str) -> Value:
    """None also for what is absent."""
    if path in _ORDERED:
        return _ids(settings, path)
    return msgspec.to_builtins(settings.hours) if path == HOURS else paths(settings).get(path)


def replaced(settings: ShopSettings, path: str, value: Value, former: Sequence[str] = ()) -> tuple[str, Value]:
    """The member of the settings that the path is in, as it is with this value. What is put back into a list follows
    those that it followed in the `former` one, ids in their order; without that it is the last.

    Raises LookupError where there is nothing any more that the path could be in.
    """
    members: Members = msgspec.to_builtins(settings)
    if path in _ORDERED:
        return path, sorted(members[path], key=lambda one: value.index(one["id"]) if one["id"] in value else len(value))
    holder, key = _holder(path)
    at: Any = members
    for name in holder.split(".") if holder else ():
        at = at[name] if isinstance(at, dict) else None
        if at is None:
            raise LookupError(path)
    if holder in _LISTS:
        _put(at, _LISTS[holder], key, value, former)
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


def _put(items: list[Members], known_by: str, key: str, value: Value, former: Sequence[str]) -> None:
    """In the place where it is, behind those that it followed, or at the end; None takes it out."""
    keys = [one[known_by] for one in items]
    if key in keys:
        items[keys.index(key) : keys.index(key) + 1] = [] if value is None else [value]
    elif value is not None:
        ahead = set(former[: former.index(key)]) if key in former else set(keys)
        items.insert(max((number for number, one in enumerate(keys, 1) if one in ahead), default=0), value)


def _ids(settings: ShopSettings, name: str) -> list[str]:
    return [one.id for one in getattr(settings, name)]


def _orders(before: ShopSettings, after: ShopSettings) -> Iterator[tuple[str, tuple[Value, Value]]]:
    """Lists in which what was there and still is has changed its order."""
    for name in _ORDERED:
        old, new = _ids(before, name), _ids(after, name)
        if [one for one in old if one in new] != [one for one in new if one in old]:
            yield name, (old, new)


# Undoing


def undo_command(seq: int, number: int, key: str) -> str:
    """The id of a command that undoes a change; `key` (hexadecimal digits) tells it from another that does."""
    return f"undo-{seq}-{number}-{key}"


def undone_by_command(command: str) -> tuple[int, int] | None:
    """Which change the command undoes: seq of its event and number in it; None for any other command."""
    found = _UNDO.fullmatch(command)
    return (int(found[1]), int(found[2])) if found else None
