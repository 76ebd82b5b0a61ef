"""Tells the readers of a log that there is something new, not more often than they can use."""

import asyncio
from typing import Final

import nats.errors

from contracts import subjects
from services.common.broker import Broker

PAUSE_SECONDS: Final = 0.025


class Bell:
    """Rings at once, and then at most every 25 ms; says the last notification id."""

    def __init__(self, broker: Broker, log: str, partition: int) -> None:
        self._broker = broker
        self._subject = subjects.bell(log, partition)
        self._last_id = 0
        self._rung = 0
        self._ringing: asyncio.Task[None] | None = None

    def ring(self, last_id: int) -> None:
        """Events up to this notification id are in the stream."""
        self._last_id = last_id
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._ring())

    async def _ring(self) -> None:
        while self._rung != self._last_id and self._broker.connected:
            self._rung = self._last_id
            try:
                await self._broker.client.publish(self._subject, b"%d" % self._rung)
            except nats.errors.Error:
                return
            await asyncio.sleep(PAUSE_SECONDS)
