"""Which operator takes the next conversation."""

from collections.abc import Iterable

from contracts.conversations.departments import Department
from services.conversations.domain.ordered import Ordered


class Turns:
    """Operators online stand in one row, and whoever is first of those who may take a conversation takes it.

    An operator goes to the end of the row with coming online, with coming back after having been away, with each
    conversation that they take, and when their last one leaves them. So the first is who has been free longest: who
    has waited longest since they were given something to do or became wholly free. A freed channel of somebody who
    still talks on another does not put them back. `ready` are those who may take one now: they are there and have a
    free channel. A department has a row of its own, of its operators in the same order.

    A turn is a number that only rises; the version of the desk at which it was given.
    """

    __slots__ = ("_ready", "_rows", "_rows_of", "turns")

    def __init__(self) -> None:
        self.turns: dict[str, int] = {}
        self._ready: Ordered[str] = Ordered()
        self._rows: dict[str, Ordered[str]] = {}
        self._rows_of: dict[str, list[Ordered[str]]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Turns) and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def first(self, department: str | None = None, but_not: str | None = None) -> str | None:
        """Who is to take a conversation now, for a department if it has one; None: nobody can."""
        row = self._ready if department is None else self._rows.get(department)
        return None if row is None else row.first(but_not)

    def put_last(self, operator: str, turn: int) -> None:
        """They go to the end of the row."""
        self.turns[operator] = turn
        if operator in self._ready:
            self._stand(operator)

    def set_ready(self, operator: str, ready: bool) -> None:
        """Whether they may take a conversation."""
        if ready:
            self._stand(operator)
            return
        for row in self._rows_with(operator):
            row.discard(operator)

    def leave(self, operator: str) -> None:
        """They are not online any more."""
        self.set_ready(operator, ready=False)
        self.turns.pop(operator, None)

    def arrange(self, departments: Iterable[Department]) -> None:
        """These are the departments now."""
        self._rows, self._rows_of = {}, {}
        for department in departments:
            row = self._rows[department.id] = Ordered(
                (operator, self.turns[operator])
                for operator in dict.fromkeys(department.operators)
                if operator in self._ready
            )
            for operator in dict.fromkeys(department.operators):
                self._rows_of.setdefault(operator, []).append(row)

    def _stand(self, operator: str) -> None:
        for row in self._rows_with(operator):
            row.put(operator, self.turns[operator])

    def _rows_with(self, operator: str) -> Iterable[Ordered[str]]:
        return [self._ready, *self._rows_of.get(operator, ())]
