"""Conversations on channels that are to go to a department as soon as one of its channels is free."""

from uuid import UUID


class Handovers:
    """`all` says for which department each waits, in the order in which it was asked."""

    __slots__ = ("_of", "all")

    def __init__(self) -> None:
        self.all: dict[UUID, str] = {}
        self._of: dict[str, dict[UUID, int]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handovers) and list(self.all.items()) == list(other.all.items())

    def __len__(self) -> int:
        return len(self.all)

    def departments(self) -> list[str]:
        """For which something waits."""
        return list(self._of)

    def of(self, department: str) -> dict[UUID, int]:
        """What waits for a department, in order, with a number by which departments can be compared."""
        return self._of.get(department, {})

    def ask(self, conversation: UUID, department: str, number: int) -> None:
        """It waits for this department, and for no other any more. `number` only rises."""
        self.drop(conversation)
        self.all[conversation] = department
        self._of.setdefault(department, {})[conversation] = number

    def drop(self, conversation: UUID) -> None:
        """It waits no more, if it did."""
        department = self.all.pop(conversation, None)
        if department is not None:
            del self._of[department][conversation]
            if not self._of[department]:
                del self._of[department]
