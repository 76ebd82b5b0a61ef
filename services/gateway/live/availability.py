"""What a new conversation would find in each shop: watched in the bucket `desks`."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec
import nats.errors

from contracts import subjects
from contracts.desks import Availability, DeskSummary
from services.common.broker import Broker
from services.common.logs import logger
from services.common.stopping import end_tasks

log = logger(__name__)

RETRY_SECONDS: Final = 1.0
SILENCE_SECONDS: Final = 2.0
PUSH_EVERY_SECONDS: Final = 0.25
"""A shop at its limit flips with every conversation: its visitors hear the newest, this often at most."""
SECONDS_EACH: Final = 0.0001
"""Many visitors hear it a little less often: telling one costs about a third of this."""

_decoder: Final = msgspec.json.Decoder(DeskSummary)

Changed = Callable[[str, Availability], int]


class Availabilities:
    """The newest availability by shop, and whom a change concerns."""

    def __init__(self, broker: Broker, changed: Changed) -> None:
        """`changed(shop, availability)` says how many it told, and must not wait."""
        self._broker = broker
        self._changed = changed
        self._summaries: dict[str, DeskSummary] = {}
        self._told: dict[str, Availability] = {}
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._again = asyncio.Event()
        self.ready = asyncio.Event()
        """Set once the bucket has been read."""

    def of(self, shop: str, otherwise: Availability) -> Availability:
        """The newest; whoever asks may keep it until they are told another."""
        summary = self._summaries.get(shop)
        found = otherwise if summary is None else summary.availability
        if self._told.get(shop) != found:
            # Not all know the same any more. Should it turn back before it is told, those who ask now must hear that.
            self._told.pop(shop, None)
        return found

    def restart(self) -> None:
        """Watch anew: the broker was away."""
        self._again.set()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            self._again.clear()
            watching = asyncio.create_task(self._watch())
            again = asyncio.create_task(self._again.wait())
            done, _ = await asyncio.wait((watching, again), return_when=asyncio.FIRST_COMPLETED)
            await end_tasks(watching, again)
            if watching in done and not watching.cancelled() and watching.exception() is not None:
                log.warning("Desks can't be watched", error=str(watching.exception()))
            if not self._again.is_set():
                await asyncio.sleep(RETRY_SECONDS)

    async def _watch(self) -> None:
        bucket = await self._broker.js.key_value(subjects.DESKS_BUCKET)
        watcher = await bucket.watchall()
        try:
            while True:
                try:
                    entry = await watcher.updates(timeout=SILENCE_SECONDS)  # type: ignore[no-untyped-call]
                except (nats.errors.TimeoutError, TimeoutError):
                    entry = None
                # The library's word that the bucket has been read (None) can get lost while others write into it;
                # an entry with nothing behind it says the same, and so does silence.
                if entry is not None and entry.value:
                    self._take(entry.key, entry.value)
                if entry is None or not entry.delta:
                    self.ready.set()
        finally:
            if self._broker.connected:
                await watcher.stop()  # type: ignore[no-untyped-call]

    def _take(self, shop: str, payload: bytes) -> None:
        summary = _decoder.decode(payload)
        known = self._summaries.get(shop)
        if known is not None and summary.version < known.version:
            return
        self._summaries[shop] = summary
        if shop not in self._soon:
            self._tell(shop)

    def _tell(self, shop: str) -> None:
        """Push what is new, and then nothing for a moment."""
        self._soon.pop(shop, None)
        newest = self._summaries[shop].availability
        if self._told.get(shop) == newest:
            return
        self._told[shop] = newest
        pause = max(PUSH_EVERY_SECONDS, self._changed(shop, newest) * SECONDS_EACH)
        self._soon[shop] = asyncio.get_running_loop().call_later(pause, self._tell, shop)
