"""Takes what is due, mails or pushes, and has it handed over: intent first, outcome after."""

import asyncio
import contextlib
import time
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

from services.common import failpoints, metrics
from services.common.database import DatabaseAway
from services.common.logs import logger
from services.notifier.lanes import UNBOUNDED, Lanes
from services.notifier.outcomes import Outcome
from services.notifier.persisting import persist
from services.notifier.queue import Job, Queue

log = logger(__name__)

POLL_SECONDS: Final = 2.0
AHEAD: Final = 8
"""Taken for each connection at most: fewer questions to the database, and few to wait for if we die."""
A_CONNECTION: Final = 2
"""In the making for each connection: while one is handed over, the next is read."""


class Figures:
    """What a process tells of its mails, or of its pushes."""

    def __init__(self, what: str, *, logged: bool = True) -> None:
        """`what`: the plural. `logged`: what was not sent stands in the process's log, too."""
        self.what, self.logged = what, logged
        named = what.replace("_", " ")
        self.handled = metrics.counter(
            f"{what}_total", f"{named.capitalize()}, by kind and by what came of an attempt.", ["kind", "outcome"]
        )
        self.waiting = metrics.gauge(f"{what}_waiting", f"{named.capitalize()} that are to be sent, here or anywhere.")
        self.oldest = metrics.gauge(f"{what}_oldest_seconds", f"How long the longest waiting of the {named} waits.")


MAILS: Final = Figures("mails")


class Connection(Protocol):
    """To a server, or to any number of them; two attempts at a time share one."""

    async def close_if_idle(self) -> None: ...

    async def close(self) -> None: ...


J = TypeVar("J", bound=Job)
C = TypeVar("C", bound=Connection)
J_contra = TypeVar("J_contra", bound=Job, contravariant=True)
C_contra = TypeVar("C_contra", bound=Connection, contravariant=True)


class Attempts(Protocol[J_contra, C_contra]):
    """Hands one over. Raises nothing but what ends the process."""

    async def make(self, job: J_contra, connection: C_contra, /) -> Outcome: ...


class Sender(Generic[J, C]):
    """As many at once as there are connections, twice."""

    def __init__(
        self,
        queue: Queue[J],
        attempts: Attempts[J, C],
        connections: list[C],
        figures: Figures = MAILS,
        failpoint: str = "after_mail",
        *,
        ahead: int = AHEAD,
        lane: int = UNBOUNDED,
    ) -> None:
        """`failpoint` is passed between an attempt and the note of its outcome. `ahead`: taken for each connection at
        most; `lane`: under way at once in one lane."""
        self._queue, self._attempts = queue, attempts
        self._figures, self._failpoint = figures, failpoint
        self.connections = connections
        self._most = ahead * len(connections)
        self._ready: Lanes[J] = Lanes(lane)
        self._held: dict[UUID, J] = {}
        self._ours_until: dict[UUID, float] = {}
        """When others may take it, unless it is renewed; by the monotonic clock."""
        self._under_way: set[UUID] = set()
        self._done: dict[UUID, tuple[J, Outcome]] = {}
        """Attempts whose outcome is not written down yet."""
        self._wake, self._room, self._news = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def start(self) -> list[asyncio.Task[None]]:
        """Send until cancelled; then call `stop`."""
        workers = [self._send(one) for one in self.connections for _ in range(A_CONNECTION)]
        loops = [self._take(), self._note(), self._renew(), self._count(), *workers]
        return [asyncio.create_task(loop) for loop in loops]

    async def finish(self, seconds: float) -> None:
        """Begin nothing more, and give what is under way so long."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._under_way:
                    self._room.clear()
                    await self._room.wait()

    async def stop(self) -> None:
        """Leave what was not tried to others, and close the connections. The tasks must have ended."""
        with contextlib.suppress(*DatabaseAway):
            await self._write_down(dict(self._done))
            await self._queue.give_back([job for job in self._held.values() if job.id not in self._under_way])
        await asyncio.gather(*(connection.close() for connection in self.connections))

    async def _take(self) -> None:
        """Keep some at hand, asking only when about half of them are gone."""
        while not self._stopping:
            self._wake.clear()
            self._room.clear()
            self._ready.drained.clear()
            room = self._most - len(self._held)
            if 2 * room < self._most:
                await _either(self._room)
                continue
            full = self._ready.full
            taken = await self._take_some(room, full)
            if len(taken) == room:
                await _either(self._room)
            elif full or self._ready.full:
                await _either(self._ready.drained)
            elif not (taken and self._ready.bounded):  # of lanes no more is taken at once than each may have
                await _either(self._wake)

    async def _take_some(self, room: int, full: list[str]) -> list[J]:
        asked_at = time.monotonic()
        taken = await persist(lambda: self._queue.take(room, full))
        for job in taken:
            if job.id not in self._held:  # or its lease ran out while a database was away: it is in hand already
                self._held[job.id] = job
                self._ours_until[job.id] = asked_at + self._queue.lease
                self._ready.put(job)
        return taken

    async def _send(self, connection: C) -> None:
        """One of the loops that share a connection."""
        while not self._stopping:
            try:
                async with asyncio.timeout(POLL_SECONDS):  # unlike wait_for it loses nothing that comes just then
                    job = await self._ready.get()
            except TimeoutError:
                await connection.close_if_idle()
                continue
            if not self._is_ours(job):
                self._forget(job.id)
                self._ready.done(job)
                continue
            self._under_way.add(job.id)
            outcome = await self._attempts.make(job, connection)
            failpoints.hit(self._failpoint)
            self._done[job.id] = job, outcome
            self._ready.done(job)
            self._news.set()

    def _is_ours(self, job: J) -> bool:
        """Whether nobody else can have taken it: a process that stood still comes back too late for what it held."""
        return self._held.get(job.id) is job and time.monotonic() < self._ours_until[job.id]

    def _forget(self, job: UUID) -> None:
        self._held.pop(job, None)
        self._ours_until.pop(job, None)
        self._under_way.discard(job)
        self._room.set()

    async def _note(self) -> None:
        """Write outcomes down at once; those that come up meanwhile go together."""
        while True:
            await self._news.wait()
            self._news.clear()
            done = dict(self._done)
            await persist(lambda done=done: self._write_down(done))  # type: ignore[misc]

    async def _write_down(self, done: dict[UUID, tuple[J, Outcome]]) -> None:
        """Forget what is written; a second time, after the database was away, changes nothing."""
        await self._queue.sent([job.id for job, outcome in done.values() if outcome.status == "sent"])
        for job, outcome in done.values():
            if outcome.status != "sent":
                await self._settle(job, outcome)
            self._figures.handled.labels(job.kind, outcome.status).inc()
            self._forget(job.id)
            self._done.pop(job.id, None)

    async def _settle(self, job: J, outcome: Outcome) -> None:
        """Write down the outcome of an attempt that did not send it."""
        about = {"of": self._figures.what, "id": str(job.id), "kind": job.kind, "attempts": job.attempts}
        if self._figures.logged and outcome.status == "failed":
            log.warning("Not sent", why=outcome.error, **about)
        elif self._figures.logged and outcome.status == "pending":
            log.info("Not sent yet", why=outcome.error, **about)
        await self._queue.settle(job, outcome)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._queue.lease / 3)
            if not self._held:
                continue
            held, asked_at = list(self._held.values()), time.monotonic()
            ours = await persist(lambda held=held: self._queue.renew(held))  # type: ignore[misc]
            for job in held:
                if job.id in ours:
                    self._ours_until[job.id] = asked_at + self._queue.lease
                elif job.id not in self._under_way:
                    self._forget(job.id)

    async def _count(self) -> None:
        while True:
            waiting, oldest = await persist(self._queue.waiting)
            self._figures.waiting.set(waiting)
            self._figures.oldest.set(oldest)
            await asyncio.sleep(5 * POLL_SECONDS)


async def _either(event: asyncio.Event) -> None:
    """Until the event is set, or it is time to look anyway."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), POLL_SECONDS)
