"""The visitors who are here, by shop: who hears what a new conversation would find."""

from typing import Final, Protocol

import msgspec

from contracts.desks import Availability
from contracts.sockets.visitor import Availability as AvailabilityFrame
from services.gateway.sockets.outbox import Outbox

_encode: Final = msgspec.json.Encoder().encode


class Present(Protocol):
    """A visitor's socket that was welcomed."""

    shop: str
    outbox: Outbox


class Crowd:
    """Comes and goes with the sockets."""

    def __init__(self) -> None:
        self._by_shop: dict[str, set[Present]] = {}

    def add(self, visitor: Present) -> None:
        self._by_shop.setdefault(visitor.shop, set()).add(visitor)

    def remove(self, visitor: Present) -> None:
        here = self._by_shop.get(visitor.shop, set())
        here.discard(visitor)
        if not here:
            self._by_shop.pop(visitor.shop, None)

    def tell(self, shop: str, availability: Availability) -> int:
        """Push a shop's new availability to its visitors; how many there are."""
        here = self._by_shop.get(shop, ())
        frame = _encode(AvailabilityFrame(state=availability)).decode()
        for visitor in here:
            visitor.outbox.put(frame)
        return len(here)
