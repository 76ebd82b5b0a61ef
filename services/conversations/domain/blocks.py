"""Visitors whom staff want to hear no more of."""

from collections import Counter
from collections.abc import Mapping

BLOCKED_MOST = 10_000
"""Of a shop. With one more the oldest goes."""


class Blocks:
    """`all` are the origins of the blocked by visitor, the oldest first; a guest is found by either."""

    __slots__ = ("_origins", "all")

    def __init__(self, blocked: Mapping[str, str] | None = None) -> None:
        self.all: dict[str, str] = {}
        self._origins: Counter[str] = Counter()
        for visitor, origin in (blocked or {}).items():
            self.add(visitor, origin)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and list(self.all.items()) == list(other.all.items())

    def __contains__(self, visitor: object) -> bool:
        return visitor in self.all

    def any_of(self, *people: str) -> bool:
        """Whether one of these visitors or origins is blocked."""
        return any(who in self.all or who in self._origins for who in people if who)

    def too_many(self) -> list[str]:
        """Whom to let in again, as more are blocked than are kept."""
        return list(self.all)[: max(0, len(self.all) - BLOCKED_MOST)]

    def add(self, visitor: str, origin: str) -> None:
        """They are blocked from here on."""
        self.remove(visitor)
        self.all[visitor] = origin
        if origin:
            self._origins[origin] += 1

    def remove(self, visitor: str) -> None:
        """They may come again."""
        origin = self.all.pop(visitor, "")
        if origin:
            self._origins[origin] -= 1
            if not self._origins[origin]:
                del self._origins[origin]
