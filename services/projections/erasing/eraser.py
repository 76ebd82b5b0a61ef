"""Drives erasures until they are done. Each step may be done twice, and the process may die between any two.

1. Keys: destroyed once, in one transaction of their database; every process is told to drop what it has cached.
2. Rows: read tables cleared at once, and looked through again when history has come to the erasing event: until then
   it may write again what it read before. Browsers that wanted push are taken off the list.
3. Files are removed from the object store.
4. Mails that wait are dropped.
5. Receipt: what was removed, counted; backups of the keys that exist now are gone after the days that it names.
6. Two minutes later, when no process can hold a destroyed key any longer, all is looked through once more; then
   whose erasure it was is forgotten, too, and what deleted rows left behind is cleared.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from services.common import erased, metrics
from services.common.attachments.store import ObjectStore
from services.common.broker import Broker
from services.common.database import DatabaseAway
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.projections.erasing import book, keys, leftovers, remnants, restored, retention, strays
from services.projections.erasing.book import Erasure
from services.projections.erasing.engagement import EngagementRows
from services.projections.erasing.files import Files
from services.projections.erasing.rows import HistoryBehind, Rows, history_is_at, merged

log = logger(__name__)

LOOK_SECONDS: Final = 1.0
BEHIND_SECONDS: Final = 0.3
VACUUM_SECONDS: Final = 3_600.0
RESTORED_SECONDS: Final = 60.0

_finished = metrics.counter("erasures_total", "Erasures whose receipt is written.")
_failures = metrics.counter("erasure_failures_total", "Attempts at erasing that failed and will be made again.")


@dataclass(kw_only=True)
class Eraser:
    """Takes up what is due, however many of it there are in the installation."""

    log_pool: Pool
    read_pool: Pool
    keys: KeyStore
    broker: Broker
    backup_days: int
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _swept: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._rows = Rows(self.log_pool, self.read_pool, self.keys)
        self._engagement = EngagementRows(self.log_pool, self.read_pool, self.keys, self.broker)
        self.files = Files(self.log_pool, self._rows, ObjectStore(self.broker))

    def wake(self) -> None:
        """There may be something new."""
        self._something.set()

    async def run(self) -> None:
        """Work until cancelled; what fails is noted, and tried again after a growing pause."""
        async with asyncio.TaskGroup() as group:
            for work in (self._erase_all, self._look_for_restored_keys, self._clear_remnants, self.files.run):
                group.create_task(work())

    async def _erase_all(self) -> None:
        while True:
            try:
                while await self.step():
                    pass
            except DatabaseAway as error:
                log.warning("A database is away, erasing waits", error=type(error).__name__)
            self._something.clear()
            try:
                await asyncio.wait_for(self._something.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue

    async def _look_for_restored_keys(self) -> None:
        """Keys that come back with a backup are destroyed again."""
        while True:
            try:
                if await restored.begin_again(self.log_pool, self.keys.pool):
                    self.keys.forget_all()
                    self.wake()
            except Exception as error:  # whatever it is, history goes on beside it
                log.warning("Restored keys are looked for later", error=type(error).__name__)
            await asyncio.sleep(RESTORED_SECONDS)

    async def _clear_remnants(self) -> None:
        """After erasures, at most once an hour; it may take minutes, which no erasure waits for."""
        while True:
            await self._swept.wait()
            self._swept.clear()
            try:
                await remnants.clear(self.read_pool, self.keys.pool)
            except Exception as error:  # as above
                self._swept.set()
                log.warning("Remnants are cleared later", error=type(error).__name__)
                await asyncio.sleep(RESTORED_SECONDS)
            else:
                await asyncio.sleep(VACUUM_SECONDS)

    async def step(self) -> bool:
        """Take up one thing. Returns whether there was any."""
        if (erasure := await book.take(self.log_pool)) is not None:
            await self._attempt(erasure)
            return True
        if (due := await book.take_retention(self.log_pool)) is not None:
            await self._let_go(*due)
            return True
        return False

    async def _let_go(self, shop: str, notification_id: int) -> None:
        try:
            if await history_is_at(self.read_pool, shop, notification_id):
                await self.files.let_go(shop, notification_id)
                await retention.let_go(shop, notification_id, self.keys.pool, self._rows, self._engagement, self.broker)
                await book.retention_done(self.log_pool, shop, notification_id)
        except HistoryBehind:
            log.info("History begins anew, keys of persons with nothing left wait", shop=shop)
        except Exception as error:  # it is taken up again once its lease is over
            _failures.inc()
            log.warning("Keys of persons with nothing left wait", shop=shop, error=type(error).__name__)

    async def _attempt(self, erasure: Erasure) -> None:
        try:
            await self._drive(erasure)
        except HistoryBehind:
            await book.later(self.log_pool, erasure, BEHIND_SECONDS)
        except Exception as error:  # noted, told and tried again, whatever it is: nobody else would
            _failures.inc()
            log.warning(
                "An erasure waits for its next attempt",
                shop=erasure.shop,
                number=erasure.number,
                attempt=erasure.attempts,
                error=type(error).__name__,
            )
            pause = min(book.LONGEST_PAUSE_SECONDS, 2 ** min(erasure.attempts, 10))
            await book.later(self.log_pool, erasure, pause, _what_fails(erasure))

    async def _drive(self, erasure: Erasure) -> None:
        if erasure.keys_at is None:
            await self._destroy_keys(erasure)
        if erasure.rows_at is None:
            await self._clear_rows(erasure)
        if erasure.files_at is None:
            await self._remove_files(erasure)
        if erasure.mails_at is None:
            await self._drop_mails(erasure)
        if erasure.done_at is None:
            await self._write_receipt(erasure)
        elif (await self._now() - erasure.done_at).total_seconds() >= book.SWEEP_SECONDS:
            await self._sweep(erasure)

    async def _destroy_keys(self, erasure: Erasure) -> None:
        """Before all else: from here on nothing can be read again from log, streams or backups of either."""
        persons = None if erasure.whole_shop else erasure.persons
        destroyed = await keys.destroy(self.keys.pool, erasure.shop, erasure.number, persons)
        self.keys.forget(erasure.shop, *erasure.persons)
        await erased.tell(self.broker, erasure.shop, erasure.persons)
        await book.note(self.log_pool, erasure, keys_at=destroyed.at, key_print=destroyed.print)
        erasure.keys_at = destroyed.at

    async def _clear_rows(self, erasure: Erasure) -> None:
        before = await history_is_at(self.read_pool, erasure.shop, erasure.notification_id)
        found = await self._rows.clear(erasure)
        await self._engagement.clear(erasure)
        await self._engagement.end_subscriptions(erasure)
        erasure.conversation_ids = merged(erasure.conversation_ids, found.conversations)
        erasure.message_ids = merged(erasure.message_ids, found.offline_messages)
        ids = {"conversation_ids": erasure.conversation_ids, "message_ids": erasure.message_ids}
        await book.note(self.log_pool, erasure, **ids)
        if not before:
            raise HistoryBehind
        erasure.rows_at = await self._now()
        await book.note(self.log_pool, erasure, rows_at=erasure.rows_at)

    async def _remove_files(self, erasure: Erasure) -> None:
        await self.files.erase(erasure)
        erasure.files_at = await self._now()
        await book.note(self.log_pool, erasure, files_at=erasure.files_at)

    async def _drop_mails(self, erasure: Erasure) -> None:
        dropped = await leftovers.drop(self.log_pool, self.keys.pool, erasure)
        erasure.mails_at = await self._now()
        await book.note(self.log_pool, erasure, mails_at=erasure.mails_at, mails=dropped)

    async def _write_receipt(self, erasure: Erasure) -> None:
        counted = await self._rows.count(erasure)
        now = await self._now()
        await book.note(
            self.log_pool, erasure, **counted._asdict(), backup_days=self.backup_days, done_at=now, error=None
        )
        await book.later(self.log_pool, erasure, book.SWEEP_SECONDS + 1)
        _finished.inc()
        log.info("Erased", shop=erasure.shop, number=erasure.number)

    async def _sweep(self, erasure: Erasure) -> None:
        await erased.tell(self.broker, erasure.shop, erasure.persons)
        self.keys.forget(erasure.shop, *erasure.persons)
        await self._rows.clear(erasure)
        await self._engagement.clear(erasure)
        await self._engagement.end_subscriptions(erasure)
        await self.files.erase(erasure)
        await leftovers.drop(self.log_pool, self.keys.pool, erasure)
        await self._end_strays(erasure)
        await book.note(
            self.log_pool, erasure, swept_at=await self._now(), persons=[], conversation_ids=[], message_ids=[]
        )
        self._swept.set()

    async def _end_strays(self, erasure: Erasure) -> None:
        for event in await strays.begun_since(self.log_pool, erasure):
            if not await self._rows.opens(event):
                log.warning("A conversation was begun while its person was erased: ended", shop=erasure.shop)
                await strays.end(self.broker, erasure.shop, event.originator_id)

    async def _now(self) -> datetime:
        """By the clock of the database that the receipt stands in."""
        async with self.log_pool.connection() as connection:
            row = await (await connection.execute("SELECT now()")).fetchone()
        if row is None:
            raise RuntimeError("the database does not tell the time")
        at: datetime = row[0]
        return at


def _what_fails(erasure: Erasure) -> str:
    """For the receipt: which step, and what holds all the same."""
    if erasure.keys_at is None:
        return "The key could not be destroyed yet; we go on trying."
    if erasure.rows_at is None:
        return "The key is destroyed, but read tables could not be cleared yet; we go on trying."
    if erasure.files_at is None:
        return "The key is destroyed, but files could not be removed yet; nobody can open them any more."
    if erasure.mails_at is None:
        return "The key is destroyed, but waiting mails could not be dropped yet; none of them can be sent any more."
    return "All is removed, but the receipt could not be written yet; we go on trying."
