"""The line: who waits, in order, and who of them may be served with which channels."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from services.conversations.domain.ordered import Ordered


class Head(NamedTuple):
    """The first of those who wait for a department and are there; without one, for anybody."""

    number: int
    conversation: UUID
    department: str | None


class Line:
    """Conversations in the order in which they came, `in`, `len` and iteration included.

    Each department has a lane, as those have who wait for anybody; a conversation for a department that is no more
    waits for anybody, too. Whose visitor is away keeps the place, but is not in a lane: nobody can serve them.
    """

    __slots__ = ("_absent", "_lanes", "_last", "_waiting")

    def __init__(self) -> None:
        self._waiting: dict[UUID, tuple[int, str | None]] = {}
        self._absent: set[UUID] = set()
        self._lanes: dict[str | None, Ordered[UUID]] = {None: Ordered()}
        self._last = 0

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Line)
            and list(self) == list(other)
            and self._absent == other._absent
            and self._lanes == other._lanes
        )

    def __contains__(self, conversation: object) -> bool:
        return conversation in self._waiting

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._waiting)

    def __len__(self) -> int:
        return len(self._waiting)

    # Questions

    def heads(self) -> list[Head]:
        """Of each lane the first, the one who has waited longest before the others."""
        firsts = ((department, lane, lane.first()) for department, lane in self._lanes.items())
        return sorted(Head(lane.number(first), first, department) for department, lane, first in firsts if first)

    def anybody_for(self, departments: Iterable[str]) -> bool:
        """Whether somebody is there who waits for anybody, or for one of these departments."""
        return any(self._lanes[lane] for lane in (None, *departments) if lane in self._lanes)

    def first_ones(self, count: int) -> list[UUID]:
        """The first so many of each lane: whoever is served when so many can be is among them."""
        return [conversation for lane in self._lanes.values() for conversation in lane.head(count)] if count else []

    def department(self, conversation: UUID) -> str | None:
        """For which department it waits, None: for anybody. Raises `KeyError`."""
        wanted = self._waiting[conversation][1]
        return wanted if wanted in self._lanes else None

    def place(self, conversation: UUID) -> int | None:
        """The place in line, from 1."""
        if conversation not in self._waiting:
            return None
        return next(place for place, waiting in enumerate(self._waiting, 1) if waiting == conversation)

    # Changes

    def join(self, conversation: UUID, department: str | None, *, there: bool = True) -> None:
        """It comes to the end."""
        self._last += 1
        self._waiting[conversation] = (self._last, department)
        self.set_there(conversation, there)

    def leave(self, conversation: UUID) -> None:
        """It goes, if it waits."""
        if conversation in self._waiting:
            self._lane_of(conversation).discard(conversation)
            self._absent.discard(conversation)
            del self._waiting[conversation]

    def set_there(self, conversation: UUID, there: bool) -> None:
        """Whether the visitor is there to be served."""
        if there:
            self._absent.discard(conversation)
            self._lane_of(conversation).put(conversation, self._waiting[conversation][0])
        else:
            self._absent.add(conversation)
            self._lane_of(conversation).discard(conversation)

    def arrange(self, departments: Iterable[str]) -> None:
        """These are the departments now."""
        self._lanes = {None: Ordered(), **{department: Ordered() for department in departments}}
        for conversation, (number, _) in self._waiting.items():
            if conversation not in self._absent:
                self._lane_of(conversation).put(conversation, number)

    def _lane_of(self, conversation: UUID) -> Ordered[UUID]:
        return self._lanes[self.department(conversation)]
