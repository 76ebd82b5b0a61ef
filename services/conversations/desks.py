"""The desks of a partition as others see them: live to operators' gateways, counts to a bucket for all gateways."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

import msgspec
import nats.errors
from nats.js.errors import APIError, KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from contracts import subjects
from contracts.desks import DeskSummary
from services.common.broker import Broker
from services.common.logs import logger
from services.conversations.domain.desk import Desk
from services.conversations.views import desk_summary, desk_view

log = logger(__name__)

PAUSE_SECONDS: Final = 0.1
"""Between two publications of one shop's desk."""
LONG_PAUSE_SECONDS: Final = 0.2
"""The same for a desk of thousands of channels, which takes its time: it still has to be seen within 250 ms."""
MANY_CHANNELS: Final = 1000
RETRY_SECONDS: Final = 0.5


class DeskViews:
    """Publishes each changed desk, at once and then at most every 100 ms.

    The owner's loop calls `publish_due` between batches, so that nothing is shown that is not committed.
    """

    def __init__(self, broker: Broker, bucket: "DeskBucket", wake: Callable[[], None]) -> None:
        self._broker, self._bucket, self._wake = broker, bucket, wake
        self._changed: set[str] = set()
        self._next: dict[str, float] = {}

    def changed(self, shops: Iterable[str]) -> None:
        """These desks look different now."""
        self._changed.update(shops)

    def all_again(self) -> None:
        """Whoever listens may have missed something: show all that were shown before."""
        self.changed(self._bucket.shops())

    def due(self) -> list[str]:
        """The shops whose desk may be published now; wakes the loop again for the others."""
        if not self._changed:
            return []
        now = asyncio.get_running_loop().time()
        due = [shop for shop in self._changed if self._next.get(shop, 0.0) <= now]
        self._changed.difference_update(due)
        if self._changed:
            soonest = min(self._next[shop] for shop in self._changed)
            asyncio.get_running_loop().call_at(soonest, self._wake)
        self._next = {shop: at for shop, at in self._next.items() if at > now}
        self._next |= dict.fromkeys(due, now + PAUSE_SECONDS)
        return due

    async def publish(self, desk: Desk) -> None:
        """Show the desk as it stands."""
        self._bucket.write(desk.shop, desk_summary(desk))
        if not self._broker.connected:
            return
        view = desk_view(desk)
        if len(view.channels) > MANY_CHANNELS:
            self._next[desk.shop] = asyncio.get_running_loop().time() + LONG_PAUSE_SECONDS
        try:
            await self._broker.client.publish(subjects.live_desk(desk.shop), msgspec.json.encode(view))
        except nats.errors.Error as error:
            log.warning("Desk not shown", error=type(error).__name__)


class DeskBucket:
    """Writes summaries into the bucket by expected revision, so that a former owner's late write is refused."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._waiting: dict[str, DeskSummary] = {}
        self._written: dict[str, tuple[int, DeskSummary]] = {}
        self._work = asyncio.Event()

    def write(self, shop: str, summary: DeskSummary) -> None:
        """Write soon; only the newest of a shop counts, and only if a count differs."""
        known = self._written.get(shop)
        if known is not None and msgspec.structs.replace(known[1], version=summary.version) == summary:
            return
        self._waiting[shop] = summary
        self._work.set()

    def shops(self) -> list[str]:
        """Those written so far; they are written again if they are given again."""
        shops = list(self._written)
        self._written.clear()
        return shops

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                bucket = await self._broker.js.key_value(subjects.DESKS_BUCKET)
                while self._waiting:
                    shop = next(iter(self._waiting))
                    summary = self._waiting[shop]
                    await self._write(bucket, shop, summary)
                    if self._waiting.get(shop) is summary:
                        del self._waiting[shop]
            except (nats.errors.Error, APIError, TimeoutError) as error:
                log.debug("Bucket of desks waits", error=type(error).__name__)
                self._written.clear()
                await asyncio.sleep(RETRY_SECONDS)
                self._work.set()

    async def _write(self, bucket: KeyValue, shop: str, summary: DeskSummary) -> None:
        known = self._written.get(shop)
        first = known is None
        revision = await _revision(bucket, shop) if known is None else known[0]
        while True:
            try:
                revision = await bucket.update(shop, msgspec.json.encode(summary), last=revision)
                self._written[shop] = revision, summary
                return
            except KeyWrongLastSequenceError:
                found = await bucket.get(shop)
                if not first and _version_of(found.value) > summary.version:
                    return
                revision = found.revision or 0


def _version_of(value: bytes | None) -> int:
    """The version of a desk that somebody else wrote; -1 for what can't be read."""
    try:
        return msgspec.json.decode(value or b"", type=DeskSummary).version
    except msgspec.DecodeError:
        return -1


async def _revision(bucket: KeyValue, shop: str) -> int:
    try:
        return (await bucket.get(shop)).revision or 0
    except KeyNotFoundError:
        return 0
