"""The conversations on a desk: which are open, which wait in line, which have ended but are not history yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from services.conversations.domain.line import Line
from services.conversations.domain.snapshots import Seat


class Seats:
    """Conversations by id, the line, and who is in which conversation. No step takes longer with more of them."""

    __slots__ = ("_by_person", "_finished_of", "all", "line")

    def __init__(self) -> None:
        self.all: dict[UUID, Seat] = {}
        self.line = Line()
        self._by_person: dict[str, dict[UUID, None]] = {}
        self._finished_of: dict[str | None, dict[UUID, None]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seats) and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    # Questions

    def of(self, *people: str) -> list[UUID]:
        """The conversations on the desk of these visitors or origins, each once."""
        found: dict[UUID, None] = {}
        for person in people:
            found.update(self._by_person.get(person, {}))
        return list(found)

    def active_of(self, *people: str) -> UUID | None:
        """The open or waiting one among them; nobody has two."""
        return next((found for found in self.of(*people) if self.all[found].status != "ended"), None)

    def all_of(self, people: Iterable[str]) -> tuple[list[str], list[UUID]]:
        """All ids under which these people are here, as guests and since they signed in, and their conversations.

        Looks at every seat.
        """
        ids = dict.fromkeys(filter(None, people))
        while True:
            theirs = [
                conversation for conversation, seat in self.all.items() if {seat.visitor, seat.guest} & ids.keys()
            ]
            found = [one for seat in map(self.all.__getitem__, theirs) for one in (seat.visitor, seat.guest) if one]
            if ids.keys() >= set(found):
                return list(ids), theirs
            ids |= dict.fromkeys(found)

    def finished_of(self, operator: str | None) -> list[UUID]:
        """The ended conversations that this operator held last, or that nobody has held."""
        return list(self._finished_of.get(operator, ()))

    def finished(self) -> list[UUID]:
        """All ended conversations."""
        return [conversation for row in self._finished_of.values() for conversation in row]

    def absent(self) -> list[UUID]:
        """Those, on channels or in line, whose visitor is marked away. Looks at every seat."""
        return [
            conversation
            for conversation, seat in self.all.items()
            if seat.away_since is not None and seat.status != "ended"
        ]

    # Changes

    def sit(self, conversation: UUID, seat: Seat) -> None:
        """A conversation comes to the desk, or its seat changes as a whole."""
        before = self.all.get(conversation)
        if before is not None:
            seat.guest = before.guest
        self._unlist(conversation)
        self.all[conversation] = seat
        self._list(conversation, seat)

    def finish(self, conversation: UUID, at: datetime) -> None:
        """An open or waiting conversation has ended."""
        seat = self.all[conversation]
        self.line.leave(conversation)
        seat.status, seat.since, seat.channel = "ended", at, None
        self._finished_of.setdefault(seat.operator, {})[conversation] = None

    def mark_away(self, conversation: UUID, since: datetime | None) -> None:
        """The visitor has had no connection, or (None) has one again."""
        seat = self.all[conversation]
        seat.away_since = since
        if seat.status == "waiting":
            self.line.set_there(conversation, since is None)

    def rename(self, conversation: UUID, visitor: str) -> None:
        """The guest has signed in: what the guest was known by leads here no more."""
        seat = self.all[conversation]
        for person in {seat.visitor, seat.origin}:
            _drop(self._by_person, person, conversation)
        seat.guest = seat.guest or seat.visitor
        seat.visitor, seat.origin = visitor, ""
        self._know_people(conversation, seat)

    def remove(self, conversation: UUID) -> None:
        """A conversation leaves the desk."""
        self._unlist(conversation)
        self.all.pop(conversation, None)

    def restore(self, seats: dict[UUID, Seat], line: Iterable[UUID]) -> None:
        """Takes over the seats of a snapshot."""
        for conversation in line:
            self.sit(conversation, seats[conversation])
        for conversation, seat in seats.items():
            if seat.status != "waiting":
                self.sit(conversation, seat)

    def _list(self, conversation: UUID, seat: Seat) -> None:
        self._know_people(conversation, seat)
        if seat.status == "waiting":
            self.line.join(conversation, seat.department, there=seat.away_since is None)
        elif seat.status == "ended":
            self._finished_of.setdefault(seat.operator, {})[conversation] = None

    def _know_people(self, conversation: UUID, seat: Seat) -> None:
        for person in filter(None, (seat.visitor, seat.origin)):
            self._by_person.setdefault(person, {})[conversation] = None

    def _unlist(self, conversation: UUID) -> None:
        seat = self.all.get(conversation)
        if seat is None:
            return
        for person in {seat.visitor, seat.origin}:
            _drop(self._by_person, person, conversation)
        self.line.leave(conversation)
        _drop(self._finished_of, seat.operator, conversation)


def _drop(rows: dict[Any, dict[UUID, None]], key: str | None, conversation: UUID) -> None:
    row = rows.get(key)
    if row is not None:
        row.pop(conversation, None)
        if not row:
            del rows[key]
