"""Whoever is told what a new conversation would find is told the next, however fast it turned back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from contracts.desks import Availability, DeskSummary
from services.common.stopping import end_tasks
from services.gateway.live.availability import Availabilities
from tests.support.waiting import eventually

SHOP = "morrow"


@dataclass
class Entry:
    key: str
    value: bytes
    delta: int = 0


@dataclass
class Bucket:
    """Stands for the broker, its bucket and the watcher of it."""

    entries: asyncio.Queue[Entry] = field(default_factory=asyncio.Queue)
    connected: bool = True
    version: int = 0

    @property
    def js(self) -> "Bucket":
        return self

    async def key_value(self, _name: str) -> "Bucket":
        return self

    async def watchall(self) -> "Bucket":
        return self

    async def updates(self, timeout: float) -> Entry:
        async with asyncio.timeout(timeout):
            return await self.entries.get()

    async def stop(self) -> None: ...

    def turn(self, availability: Availability) -> None:
        self.version += 1
        summary = DeskSummary(version=self.version, availability=availability, operators=0, busy=0, limit=1, waiting=0)
        self.entries.put_nowait(Entry(SHOP, msgspec.json.encode(summary)))


@asynccontextmanager
async def watching(bucket: Bucket, told: list[Availability]) -> AsyncIterator[Availabilities]:
    def changed(_shop: str, availability: Availability) -> int:
        told.append(availability)
        return 1

    availabilities = Availabilities(cast(Any, bucket), changed)
    task = asyncio.create_task(availabilities.run())
    try:
        yield availabilities
    finally:
        await end_tasks(task)


async def shown(availabilities: Availabilities, wanted: Availability) -> None:
    await eventually(lambda: availabilities.of(SHOP, "hidden") == wanted)


async def test_who_was_welcomed_amid_a_turn_hears_that_it_turned_back() -> None:
    bucket, told = Bucket(), list[Availability]()
    async with watching(bucket, told) as availabilities:
        bucket.turn("form")
        await eventually(lambda: told == ["form"])
        bucket.turn("online")
        await shown(availabilities, "online")
        bucket.turn("form")
        await eventually(lambda: told[-1] == "form" and len(told) > 1)
