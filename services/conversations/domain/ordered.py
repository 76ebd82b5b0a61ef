"""Things in the order of a number, of which the first is asked for again and again."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush, nsmallest
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T", UUID, str)

_SPARE = 64


class Ordered(Generic[T]):
    """Put, take out, ask for the first: a few steps each (logarithmic, over time), however many there are.

    What was taken out or got another number stays in the heap until it comes to the top, or until such leftovers are
    more than half of it.
    """

    __slots__ = ("_heap", "_numbers")

    def __init__(self, numbers: Iterable[tuple[T, int]] = ()) -> None:
        self._numbers: dict[T, int] = dict(numbers)
        self._rebuild()

    def __eq__(self, other: object) -> bool:
        """Alike in what is there, and in which order; the numbers themselves don't matter."""
        return isinstance(other, Ordered) and self.head(len(self)) == other.head(len(other))

    def __contains__(self, one: object) -> bool:
        return one in self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, one: T) -> int:
        """Raises `KeyError`."""
        return self._numbers[one]

    def first(self, but_not: T | None = None) -> T | None:
        """What comes first, `but_not` this one."""
        heap, skipped = self._heap, None
        while heap:
            number, one = heap[0]
            if self._numbers.get(one) == number and one != but_not:
                break
            top = heappop(heap)
            if self._numbers.get(one) == number:
                skipped = top
        found = heap[0][1] if heap else None
        if skipped is not None:
            heappush(heap, skipped)
        return found

    def head(self, count: int) -> list[T]:
        """The first ones, in order."""
        if count == 1:
            first = self.first()
            return [] if first is None else [first]
        return nsmallest(max(0, count), self._numbers, key=lambda one: (self._numbers[one], one))

    def put(self, one: T, number: int) -> None:
        """It comes in, or gets another number."""
        if self._numbers.get(one) == number:
            return
        self._numbers[one] = number
        heappush(self._heap, (number, one))
        if len(self._heap) > 2 * len(self._numbers) + _SPARE:
            self._rebuild()

    def discard(self, one: T) -> None:
        """It goes, if it is there."""
        self._numbers.pop(one, None)

    def _rebuild(self) -> None:
        self._heap: list[tuple[int, T]] = [(number, one) for one, number in self._numbers.items()]
        heapify(self._heap)
