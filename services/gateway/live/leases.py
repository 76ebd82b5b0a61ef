"""Tells the owners of partitions who is connected here: every ten seconds, and soon after a change."""

import asyncio
from collections import defaultdict
from typing import Final
from uuid import UUID

import msgspec
import nats.errors

from contracts import subjects
from contracts.desks import Leases, OperatorLease, VisitorLease
from services.common.broker import Broker
from services.common.logs import logger

log = logger(__name__)

EVERY_SECONDS: Final = 10.0
AFTER_CHANGE_SECONDS: Final = 0.2
"""A first change is told at once, those of this time after it in one message; it grows with the leases."""
BUSY: Final = 500

_encode: Final = msgspec.json.Encoder().encode


class LeaseKeeper:
    """Counts connections: a conversation or an operator may have several."""

    def __init__(self, broker: Broker, gateway: str) -> None:
        self._broker = broker
        self._gateway = gateway
        self._visitors: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        self._operators: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        self._changed: set[int] = set()
        self._wake = asyncio.Event()
        self._partitions_used: set[int] = set()

    def visitor_came(self, shop: str, conversation: str) -> None:
        self._count(self._visitors, shop, conversation, 1)

    def visitor_left(self, shop: str, conversation: str) -> None:
        self._count(self._visitors, shop, conversation, -1)

    def operator_came(self, shop: str, operator: str) -> None:
        self._count(self._operators, shop, operator, 1)

    def operator_left(self, shop: str, operator: str) -> None:
        self._count(self._operators, shop, operator, -1)

    async def run(self) -> None:
        """Send until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time() + EVERY_SECONDS
        while True:
            try:
                async with asyncio.timeout_at(due):
                    await self._wake.wait()
            except TimeoutError:
                due = loop.time() + EVERY_SECONDS
                await self.send(self._partitions_used)
                continue
            self._wake.clear()
            changed, self._changed = self._changed, set()
            await self.send(changed)
            await asyncio.sleep(self._pause())

    def again(self) -> None:
        """The broker was away: tell everything soon."""
        self._changed |= self._partitions_used
        self._wake.set()

    async def send_all(self) -> None:
        """Send what holds now, for every partition in use."""
        await self.send(self._partitions_used)

    async def send(self, partitions: set[int]) -> None:
        """Send the complete leases of these partitions."""
        for partition in sorted(partitions):
            payload = _encode(self._leases(partition))
            try:
                if self._broker.connected:
                    await self._broker.client.publish(subjects.leases(subjects.CONVERSATIONS, partition), payload)
            except nats.errors.MaxPayloadError:
                log.error("Too many connections of one partition for a lease", partition=partition, bytes=len(payload))
            except nats.errors.Error:
                return  # the next ones come in seconds

    def _leases(self, partition: int) -> Leases:
        visitors, operators = self._visitors[partition], self._operators[partition]
        return Leases(
            gateway=self._gateway,
            visitors=[VisitorLease(shop, UUID(conversation)) for shop, conversation in visitors],
            operators=[OperatorLease(shop, operator) for shop, operator in operators],
        )

    def _pause(self) -> float:
        """Longer with more leases, as each message names them all."""
        held = sum(map(len, self._visitors.values()))
        return AFTER_CHANGE_SECONDS * max(1.0, min(10.0, held / BUSY))

    def _count(self, counts: dict[int, dict[tuple[str, str], int]], shop: str, who: str, change: int) -> None:
        partition = subjects.partition_of(shop)
        here = counts[partition]
        count = here.get((shop, who), 0) + change
        if count > 0:
            here[shop, who] = count
        else:
            here.pop((shop, who), None)
        if count == 0 or (count == 1 and change > 0):
            self._partitions_used.add(partition)
            self._changed.add(partition)
            self._wake.set()
