"""Commands that have come and wait for their batch; knows how far the stream is dealt with."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from services.common.eventlog.store.recorder import NOWHERE, Position

WINDOW: Final = 1024
"""Commands of one partition that may wait in memory: what shops take turns in."""


@dataclass(slots=True, eq=False)
class Arrived:
    """A command as it came. `at` is the stream's time of it, in seconds since the epoch."""

    seq: int
    at: float
    shop: str
    kind: str
    data: bytes
    done: bool = False


class Inbox:
    """Gives batches in which shops take turns; each shop's commands keep their order.

    Because turns are taken, a batch may leave gaps behind: the position stands before the first command that is
    not done, and names those above it that are. Read again after a takeover they don't run again.
    """

    def __init__(self, position: Position = NOWHERE) -> None:
        self.position = position
        self.received = position.seq
        self._done_before = set(position.done)
        self._order: deque[Arrived] = deque()
        self._of_shop: dict[str, deque[Arrived]] = {}
        self.waiting = 0

    def restart(self, position: Position) -> None:
        """Begin anew at a position of another stream; what still waits went with the old one."""
        self.position, self.received = position, position.seq
        self._done_before = set(position.done)
        self._order.clear()
        self._of_shop.clear()
        self.waiting = 0

    def put(self, arrived: Arrived) -> None:
        """Commands come in the order of the stream."""
        self.received = arrived.seq
        self._order.append(arrived)
        if arrived.seq in self._done_before:
            self._done_before.remove(arrived.seq)
            arrived.done = True
            return
        self.waiting += 1
        queue = self._of_shop.get(arrived.shop)
        if queue is None:
            self._of_shop[arrived.shop] = deque((arrived,))
        else:
            queue.append(arrived)

    def take(self, most: int) -> list[Arrived]:
        """At most so many, one of each shop in turn; the shop whose turn comes next stays first."""
        batch: list[Arrived] = []
        shops = self._of_shop
        while shops and len(batch) < most:
            shop = next(iter(shops))
            queue = shops.pop(shop)
            batch.append(queue.popleft())
            if queue:
                shops[shop] = queue
        self.waiting -= len(batch)
        return batch

    def take_next(self) -> list[Arrived]:
        """The next one in the order of the stream, for when commands run one by one."""
        for arrived in self._order:
            queue = self._of_shop.get(arrived.shop)
            if not arrived.done and queue and queue[0] is arrived:
                queue.popleft()
                if not queue:
                    del self._of_shop[arrived.shop]
                self.waiting -= 1
                return [arrived]
        return []

    def put_back(self, arrived: Arrived) -> None:
        """It was taken but not tried: it is its shop's next again."""
        self._of_shop.setdefault(arrived.shop, deque()).appendleft(arrived)
        self.waiting += 1

    def position_after(self, batch: list[Arrived]) -> Position:
        """Where the position will stand once this batch is stored."""
        batched = {arrived.seq for arrived in batch}
        seq, gap, above = self.position.seq, False, []
        for arrived in self._order:
            done = arrived.done or arrived.seq in batched
            gap = gap or not done
            if not gap:
                seq = arrived.seq
            elif done:
                above.append(arrived.seq)
        to_come = sorted(one for one in self._done_before if one > self.received)
        return Position(self.position.stream, seq, (*above, *to_come))

    def stored(self, batch: list[Arrived], position: Position) -> None:
        """The batch, and the position that `position_after` told for it, are in the log."""
        if position.stream != self.position.stream:
            return
        for arrived in batch:
            arrived.done = True
        while self._order and self._order[0].seq <= position.seq:
            self._order.popleft()
        self.position = position
