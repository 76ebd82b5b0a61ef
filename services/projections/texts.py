"""What events say in clear, while the key of their person is there."""

from collections.abc import Mapping
from typing import Final

from contracts.conversations.events import Event
from contracts.personal import personal_fields
from services.common.person_keys import PersonKey, Unreadable

ShopPerson = tuple[str, str]

Texts = dict[str, str]
"""Personal fields of one event in clear, by name."""

ERASED: Final = ""
"""Stands for a text that nobody can read any more."""


class Reader:
    """Opens texts of events under the keys at hand, and notes whose did not open although a key is there."""

    def __init__(self, keys: Mapping[ShopPerson, PersonKey]) -> None:
        self._keys = keys
        self.former: list[ShopPerson] = []
        """One entry a beginning that does not open under its person's key: it was sealed under one of before."""
        self.unreadable: list[ShopPerson] = []
        """One entry a later event of which that is true, though what it belongs to did open."""

    def has_key(self, shop: str, person: str) -> bool:
        """False for who was erased."""
        return (shop, person) in self._keys

    def first(self, event: Event, person: str) -> Texts | None:
        """Of an event with which something begins: None if it is nobody's any more.

        Somebody who was erased and came again has a new key; what was sealed under the old one stays erased.
        """
        key = self._keys.get((event.shop, person))
        if key is None:
            return None
        try:
            return _opened(event, key)
        except Unreadable:
            self.former.append((event.shop, person))
            return None

    def further(self, event: Event, person: str) -> Texts:
        """Of a later event; ERASED stands for what does not open."""
        try:
            return _opened(event, self._keys[event.shop, person])
        except Unreadable:
            self.unreadable.append((event.shop, person))
            return {name: ERASED for name in personal_fields(type(event)) if getattr(event, name) is not None}


def _opened(event: Event, key: PersonKey) -> Texts:
    """The personal fields that the event has, in clear. Raises Unreadable.

    PostgreSQL keeps no NUL in a text, and a shop's identity token may hold one in a name.
    """
    texts = {}
    for name in personal_fields(type(event)):
        if (sealed := getattr(event, name)) is not None:
            texts[name] = key.open(sealed, name).replace("\0", "\ufffd")
    return texts
