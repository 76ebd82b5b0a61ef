"""Events in clear, as plain members, for those who are given what is kept about them."""

from typing import Any, Final

import msgspec

from contracts.event import Event
from services.common.person_keys import PersonKey, Unreadable, open_fields

INTERNAL: Final = frozenset({"command", "correlation", "origin"})
"""Members that say nothing about anybody: how a retry is recognised, and where it was asked for."""

Json = dict[str, Any]


def in_clear(event: Event, key: PersonKey) -> Json:
    """The event under the names of its contract; what nobody can open any more stays sealed."""
    try:
        return as_sealed(open_fields(event, key))
    except Unreadable:
        return as_sealed(event)


def as_sealed(event: Event) -> Json:
    """The same of an event as it is."""
    told: Json = msgspec.to_builtins(event)
    return {name: value for name, value in told.items() if name not in INTERNAL}
