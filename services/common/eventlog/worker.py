"""One worker: beats, takes and gives partitions, and runs those that it owns."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, Generic

from services.common.broker import Broker
from services.common.eventlog import figures
from services.common.eventlog.definition import D, LogDefinition
from services.common.eventlog.faults import Lost, Unserviceable
from services.common.eventlog.group_commit import GroupCommit
from services.common.eventlog.loading import LogAway, reading
from services.common.eventlog.ownership import Ownership, Taken
from services.common.eventlog.partition import Partition
from services.common.eventlog.sharing import SILENT_SECONDS, WATCH_SECONDS, Owned, Plan, living, plan
from services.common.eventlog.store.application import PartitionLog
from services.common.eventlog.store.datastore import Pool
from services.common.health import Readiness
from services.common.logs import logger
from services.common.stopping import end_tasks

log = logger(__name__)

BEAT_SECONDS: Final = 0.3
TICK_SECONDS: Final = 1.0
GAP_SECONDS: Final = 1.0
"""A longer pause between two heartbeats means that we, or the database, were away."""
BROKER_AWAY_SECONDS: Final = 5.0
"""Without the broker for so long we stop beating: whoever has it shall have our partitions."""
PAUSE_SECONDS: Final = 2.0
"""Between two ticks: so much more than they are apart means that this process did not run."""
RETRY_SECONDS: Final = 5.0
"""Before a partition that failed for no reason that we know is taken again."""
DRAIN_SECONDS: Final = 7.0
LEAVE_SECONDS: Final = 1.0


class Worker(Generic[D]):
    """`run` it until `stop` is set. Raises Unserviceable."""

    def __init__(
        self,
        definition: LogDefinition[D],
        broker: Broker,
        pool: Pool,
        ownership: Ownership,
        group: GroupCommit,
        readiness: Readiness,
    ) -> None:
        self._definition = definition
        self._broker, self._pool, self._group, self._readiness = broker, pool, group, readiness
        self._ownership, self.name = ownership, ownership.worker
        self._heart = ThreadPoolExecutor(1, thread_name_prefix="heartbeat")
        self._leaving = False
        self._partitions: dict[int, Partition[D]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._not_before: dict[int, float] = {}
        self._beaten = 0.0
        self._watching_since = -WATCH_SECONDS  # who was silent before we came is not waited for
        self._broker_seen = time.monotonic()
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        broker.on_disconnect.append(self._broker_lost)
        broker.on_reconnect.append(self._broker_back)

    def partition(self, number: int) -> Partition[D] | None:
        """The partition, if we own it and know that we still do."""
        found = self._partitions.get(number)
        fresh = time.monotonic() - self._beaten < SILENT_SECONDS
        return found if found is not None and found.ready and fresh else None

    def held(self, number: int) -> Partition[D] | None:
        """The partition, if it is in our hands, ready or not."""
        return self._partitions.get(number)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, then drain and hand everything over."""
        stopped = asyncio.create_task(stop.wait())
        loops = [asyncio.create_task(self._beat_on()), asyncio.create_task(self._tick_on())]
        try:
            ending: list[asyncio.Future[Any]] = [stopped, *loops, self._failure]
            done, _ = await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            await end_tasks(stopped, *loops)
            await self._leave()

    async def _beat_on(self) -> None:
        while True:
            if self._broker.connected:
                self._broker_seen = time.monotonic()
            if time.monotonic() - self._broker_seen < BROKER_AWAY_SECONDS:
                try:
                    await self._beat()
                except LogAway as away:
                    self._readiness.set("database", ready=False)
                    log.warning("No heartbeat", error=str(away))
            await asyncio.sleep(BEAT_SECONDS)

    async def _tick_on(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK_SECONDS)
            paused = time.monotonic() - before > TICK_SECONDS + PAUSE_SECONDS
            for partition in self._partitions.values():
                if paused:
                    partition.was_away()
                partition.tick()
            figures.aggregates.labels(self._definition.name).set(
                sum(partition.aggregates for partition in self._partitions.values())
            )

    async def _beat(self) -> None:
        workers, rows = await reading(self._ownership.beat, self._heart)
        now = time.monotonic()
        if self._beaten and now - self._beaten > GAP_SECONDS:
            self._watching_since = now
        self._beaten = now
        self._readiness.set("database")
        mine = {number: partition.epoch for number, partition in self._partitions.items()}
        patient = now - self._watching_since < WATCH_SECONDS
        await self._act(plan(self.name, mine, rows, living(self.name, workers), patient=patient))
        served = all(self.partition(number) for number in self._tasks)
        self._readiness.set("partitions", ready=served and self._broker.connected)
        figures.owned.labels(self._definition.name).set(len(self._partitions))

    async def _act(self, todo: Plan) -> None:
        for number in todo.lost:
            if not self._tasks[number].cancelling():
                log.warning("Partition lost", partition=number)
                self._tasks[number].cancel()
        for number in todo.give:
            self._partitions[number].stop()
        for row in todo.release:
            await reading(partial(self._ownership.give, row.partition, row.epoch))
        if todo.ends:
            log.warning("Taking over from silent workers", workers=sorted(todo.ends))
            await reading(lambda: self._ownership.end_sessions(todo.ends), self._heart)
        for row in todo.take:
            if row.partition not in self._tasks and self._not_before.get(row.partition, 0.0) < time.monotonic():
                self._tasks[row.partition] = asyncio.create_task(self._take_and_own(row))

    async def _take_and_own(self, row: Owned) -> None:
        """The task of a partition from here until it is lost or given up."""
        number = row.partition
        try:
            taken = await reading(lambda: self._ownership.take(row))
            if taken is not None:
                await self._own(taken, row.owner)
        except LogAway as away:
            log.warning("Partition not taken", partition=number, error=str(away))
        finally:
            self._partitions.pop(number, None)
            self._tasks.pop(number, None)

    async def _own(self, taken: Taken, before: str | None) -> None:
        figures.takeovers.inc()
        log.info("Partition taken", partition=taken.partition, epoch=taken.epoch, before=before)
        partition_log = PartitionLog(self._pool, taken.partition, self._definition.name)
        partition = Partition(self._definition, self._broker, self._ownership, self._group, partition_log, taken)
        self._partitions[taken.partition] = partition
        if self._leaving:
            partition.stop()
        try:
            await partition.run()
            await self._give(partition)
        except Lost:
            log.warning("Partition has another owner", partition=taken.partition)
        except Unserviceable as error:
            if not self._failure.done():
                self._failure.set_exception(error)
        except Exception:
            log.exception("Partition failed", partition=taken.partition)
            self._not_before[taken.partition] = time.monotonic() + RETRY_SECONDS
            await self._give(partition)

    async def _give(self, partition: Partition[D]) -> None:
        try:
            await reading(lambda: self._ownership.give(partition.number, partition.epoch))
            log.info("Partition given up", partition=partition.number)
        except LogAway as away:
            log.warning("Partition not given up", partition=partition.number, error=str(away))

    async def _leave(self) -> None:
        """Every partition finishes its batch and is given up; then we are gone.

        Our heart beats until the end: nobody shall take by force what is just being handed over.
        """
        self._leaving = True
        beating = asyncio.create_task(self._beat_on_leaving())
        for partition in self._partitions.values():
            partition.stop()
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
        await end_tasks(*tasks, beating)
        try:
            await asyncio.wait_for(reading(self._ownership.leave, self._heart), LEAVE_SECONDS)
        except (LogAway, TimeoutError) as away:
            log.warning("Left without a word", error=str(away))
        self._heart.shutdown(wait=False)

    async def _beat_on_leaving(self) -> None:
        while True:
            try:
                await reading(self._ownership.beat, self._heart)
            except LogAway as away:
                log.warning("No heartbeat", error=str(away))
            await asyncio.sleep(BEAT_SECONDS)

    def _broker_lost(self) -> None:
        for partition in self._partitions.values():
            partition.broker_lost()

    def _broker_back(self) -> None:
        for partition in self._partitions.values():
            partition.broker_back()
