"""One partition's owner: gathers commands, decides, commits, answers, and hands the events to the relay.

Everything that looks at aggregates happens in one loop, between commits, so that nothing uncommitted is ever shown
and no lock is needed. While a batch commits the next one gathers in the inbox.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from eventsourcing.persistence import Notification

from services.common.broker import Broker
from services.common.eventlog import figures
from services.common.eventlog.clock import utc_now
from services.common.eventlog.committing import Committer
from services.common.eventlog.consumer import Consumer
from services.common.eventlog.decider import Decider, Item
from services.common.eventlog.definition import D, LogDefinition, Surroundings
from services.common.eventlog.faults import Lost, Unserviceable
from services.common.eventlog.group_commit import Fenced, GroupCommit, Unanswered
from services.common.eventlog.held import Held
from services.common.eventlog.inbox import Inbox
from services.common.eventlog.intake import Intake
from services.common.eventlog.loading import Loader, LogAway, reading
from services.common.eventlog.ownership import Ownership, Taken, Tenure
from services.common.eventlog.relay import Relay
from services.common.eventlog.store.application import PartitionLog
from services.common.logs import logger
from services.common.stopping import end_tasks

log = logger(__name__)

LOG_AWAY_SECONDS: Final = 0.2
FLUSH_SECONDS: Final = 0.5

T = TypeVar("T")


class Partition(Generic[D]):
    """`run` it until it ends by `stop` or because another worker has it."""

    def __init__(
        self,
        definition: LogDefinition[D],
        broker: Broker,
        ownership: Ownership,
        group: GroupCommit,
        partition_log: PartitionLog,
        taken: Taken,
    ) -> None:
        self.number, name = taken.partition, definition.name
        self._tenure = Tenure(taken.partition, taken.epoch)
        self._broker, self._ownership, self._log = broker, ownership, partition_log
        self._wake = asyncio.Event()
        self._stopping = False
        self._opened = False
        self._blind = not broker.connected
        self._held = Held(definition.snapshot_interval)
        self._loader = Loader(definition, partition_log, self._held)
        self._decider = Decider(definition, self._held, self._loader.load)
        self._inbox = Inbox(taken.position)
        self._consumer = Consumer(broker, name, taken.partition, self._inbox, self._wake.set)
        self._intake = Intake(definition, broker, ownership, taken, self._tenure, self._inbox, self._consumer)
        self._relay = Relay(broker, name, taken.partition, self._read_log)
        self._committer = Committer(broker, group, partition_log, self._tenure, self._inbox, self._held, self._relay)
        self._lag = figures.lag.labels(name, str(self.number))
        self.duties = definition.duties(
            Surroundings(
                broker=broker,
                held=self._held,
                load=self._loader.load,
                founders=self._loader.founders,
                wake=self._wake.set,
            )
        )

    @property
    def epoch(self) -> int:
        """Under which it writes now."""
        return self._tenure.epoch

    @property
    def aggregates(self) -> int:
        """How many are in memory."""
        return len(self._held)

    @property
    def ready(self) -> bool:
        """Whether it takes commands."""
        return self._opened and not self._stopping

    def stop(self) -> None:
        """Finish the batch under way, then end."""
        self._stopping = True
        self._wake.set()

    def broker_lost(self) -> None:
        """Nobody can tell us anything: no deadline counts for that."""
        self._blind = True

    def broker_back(self) -> None:
        """The connection to the broker was away: read on behind what came, ask the stream what it has."""
        self._blind = False
        self._consumer.reset()
        self._relay.resume()
        self.was_away()
        self.duties.broker_back()
        self._wake.set()

    def was_away(self) -> None:
        """Nobody could tell us anything for a while."""
        self.duties.was_away()

    def tick(self) -> None:
        """Every second: notice silence, look at deadlines."""
        self._consumer.check()
        self._relay.check()
        self._lag.set(self._consumer.pending + self._inbox.waiting)
        self._wake.set()

    async def run(self) -> None:
        """Own the partition. Raises Lost, Unserviceable."""
        tasks: list[asyncio.Task[None]] = []
        try:
            self._relay.begin(await self._renew())
            await self._patiently(self._loader.check_release)
            tasks = [asyncio.create_task(part) for part in (self._work(), self._relay.run(), self.duties.run())]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            await self._relay.flushed(FLUSH_SECONDS)
        finally:
            self._opened = False
            await asyncio.gather(self._consumer.stop(), end_tasks(*tasks), return_exceptions=True)
            self._held.drop_all("given up")
            self.duties.end()
            self._lag.set(0)

    async def _work(self) -> None:
        await self._consumer.start()
        await self._patiently(self.duties.begin)
        self._opened = True
        while not self._stopping:
            if not (self._inbox.waiting or self.duties.busy):
                await self._wake.wait()
            self._wake.clear()
            try:
                await self._turn()
            except LogAway:
                await self._recover()

    async def _turn(self) -> None:
        if items := await self._intake.take():
            await self._carry_out(items)
        if not self._blind and (commands := await self.duties.due(utc_now())):
            await self._carry_out([Item(command) for command in commands])
        await self.duties.turn()
        self._held.evict_idle()

    async def _carry_out(self, items: Sequence[Item]) -> None:
        """Decide and store, whatever it takes. Raises Lost, Unserviceable."""
        while True:
            try:
                await self._decide_and_commit(items)
                return
            except (LogAway, Unanswered):
                await self._recover()
                items = [item for item in items if item.arrived is not None]
            except Fenced:
                figures.fenced.inc()
                raise Lost from None
            except (Lost, Unserviceable):
                raise
            except Exception as error:  # a fault of ours, or a batch that the log refuses for what is in it
                log.exception("Batch failed", partition=self.number, commands=len(items), error=type(error).__name__)
                await self._recover()
                await self._one_by_one(items)
                return

    async def _one_by_one(self, items: Sequence[Item]) -> None:
        """What fails alone is the culprit; the others have nothing to do with it."""
        if len(items) > 1:
            for item in items:
                await self._carry_out([item])
        elif items[0].arrived is not None and items[0].command is not None:
            await self._carry_out([await self._intake.give_up(items[0], "fails")])

    async def _decide_and_commit(self, items: Sequence[Item]) -> None:
        self._held.begin()
        verdicts = await self._decider.decide(items, utc_now())
        await self._committer.commit(items, verdicts)
        self.duties.stored(verdicts.events)

    async def _recover(self) -> None:
        """Memory and log may differ: forget, and wait until the log can be read. Raises Lost."""
        self._held.drop_all("failure")
        self._relay.look(await self._renew())

    async def _renew(self) -> int:
        """Make sure that nothing of ours is still on its way into the log, and say where it ends. Raises Lost."""
        standing = await self._patiently(
            lambda: reading(lambda: self._ownership.renew(self.number, self._tenure.epoch))
        )
        if standing is None:
            raise Lost
        self._tenure.epoch = standing.epoch
        return standing.head

    async def _patiently(self, read: Callable[[], Awaitable[T]]) -> T:
        """Read until the log answers. Raises Lost when we are to stop meanwhile."""
        while True:
            try:
                return await read()
            except LogAway as away:
                log.warning("Log away", partition=self.number, error=str(away))
                if self._stopping:
                    raise Lost from away
                await asyncio.sleep(LOG_AWAY_SECONDS)

    async def _read_log(self, after: int, most: int) -> Sequence[Notification]:
        """For the relay: what follows in the log."""
        recorder = self._log.recorder
        return await self._patiently(
            lambda: reading(lambda: recorder.select_notifications(after, most, inclusive_of_start=False))
        )
