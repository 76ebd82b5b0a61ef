"""Interest in subjects, held as long as somebody here needs it."""

from dataclasses import dataclass
from typing import Final

import nats.errors

from services.common.broker import Broker
from services.common.direct import DirectSubscription, Heard
from services.gateway.batching import Batcher

FLUSH_SECONDS: Final = 2


@dataclass(slots=True)
class _Held:
    subscription: DirectSubscription | None
    holders: int


class Subscriptions:
    """One subscription a subject, however many hold it."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._held: dict[str, _Held] = {}
        self._flushes: Batcher[None, None] = Batcher(self._flush)

    async def hold(self, subject: str, heard: Heard) -> None:
        """Subscribe, or hold the subscription that is there. The broker may not know of it yet, see `settle`."""
        held = self._held.get(subject)
        if held is not None:
            held.holders += 1
            return
        held = self._held[subject] = _Held(None, 1)
        subscription = await self._broker.client.hear(subject, heard)
        held.subscription = subscription
        if held.holders == 0:
            await self._drop(subject, held)

    async def release(self, subject: str) -> None:
        """Hold it no more."""
        held = self._held.get(subject)
        if held is None:
            return
        held.holders -= 1
        if held.holders == 0 and held.subscription is not None:
            await self._drop(subject, held)

    async def settle(self) -> None:
        """Wait until the broker knows of all that is held now; without a broker, don't: it will be told."""
        if self._broker.connected:
            await self._flushes.get(None)

    async def _drop(self, subject: str, held: _Held) -> None:
        if self._held.get(subject) is held:
            del self._held[subject]
        try:
            if held.subscription is not None:
                await held.subscription.unsubscribe()
        except nats.errors.Error:
            return  # the connection is closing, and the interest with it

    async def _flush(self, _keys: list[None]) -> dict[None, None]:
        try:
            await self._broker.client.flush(timeout=FLUSH_SECONDS)
        except nats.errors.Error:
            return {}  # a reconnect tells the broker, and then all heads are compared
        return {}
