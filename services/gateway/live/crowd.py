"""The visitors who are here, by shop: who hears what a new conversation would find, and whom operators see."""

from collections.abc import Callable, Collection
from typing import Final, Protocol

import msgspec

from contracts.desks import Availability
from contracts.presence import Seen
from contracts.sockets.common import Operator
from contracts.sockets.visitor import Availability as AvailabilityFrame
from services.gateway.sockets.outbox import Outbox

_encode: Final = msgspec.json.Encoder().encode


class Present(Protocol):
    """A visitor's socket that was welcomed."""

    shop: str
    outbox: Outbox
    blocked: bool
    """The shop wants to hear no more of them: to them nobody ever comes to the counter."""

    remembered: bool
    """They come back from another page as the same."""
    since: int
    """When the visit began, in seconds since 1970."""

    @property
    def outer_id(self) -> str:
        """The id that operators see."""

    @property
    def busy(self) -> bool:
        """Whether they are in a conversation or have something in the cart."""

    def seen(self) -> Seen:
        """As operators see them."""

    def invite(self, operator: Operator, text: str | None) -> None:
        """An operator asks whether they want to talk; None: in the shop's words."""


class Crowd:
    """Comes and goes with the sockets."""

    def __init__(self) -> None:
        self._by_shop: dict[str, set[Present]] = {}
        self.changed: Callable[[Present], None] = lambda _visitor: None
        """Told of who came, or does something else."""
        self.left: Callable[[Present], None] = lambda _visitor: None
        """Told of who has gone."""

    def add(self, visitor: Present) -> None:
        self._by_shop.setdefault(visitor.shop, set()).add(visitor)
        self.changed(visitor)

    def update(self, visitor: Present) -> None:
        """Something about them is other than it was."""
        if visitor in self._by_shop.get(visitor.shop, ()):
            self.changed(visitor)

    def remove(self, visitor: Present) -> None:
        here = self._by_shop.get(visitor.shop, set())
        if visitor not in here:
            return
        here.discard(visitor)
        if not here:
            del self._by_shop[visitor.shop]
        self.left(visitor)

    def of(self, shop: str) -> Collection[Present]:
        return self._by_shop.get(shop, ())

    def with_id(self, shop: str, visitor: str) -> list[Present]:
        """The tabs of one visitor, by the id that operators see."""
        return [one for one in self.of(shop) if one.outer_id == visitor]

    def tell(self, shop: str, availability: Availability) -> int:
        """Push a shop's new availability to its visitors; how many there are."""
        here = self._by_shop.get(shop, ())
        frame = _encode(AvailabilityFrame(state=availability)).decode()
        for visitor in here:
            if not visitor.blocked:
                visitor.outbox.put(frame)
        return len(here)
