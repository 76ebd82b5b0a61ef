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

    def __init__(self, what: str, *, logged: bool = True, lane: str = "") -> None:
        """`what`: the plural. `logged`: what was not sent stands in the process's log, too. `lane`: what its lanes are,
        if it has any; the outcomes are counted for each of them then."""
        self.what, self.logged, self._lane = what, logged, lane
        named = what.replace("_", " ")
        labels = ["kind", "outcome", *([lane] if lane else [])]
        told = f"{named.capitalize()}, by kind and by what came of an attempt{f', and by {lane}' if lane else ''}."
        self._handled = metrics.counter(f"{what}_total", told, labels)
        self.waiting = metrics.gauge(f"{what}_waiting", f"{named.capitalize()} that are to be sent, here or anywhere.")
        self.oldest = metrics.gauge(f"{what}_oldest_seconds", f"How long the longest waiting of the {named} waits.")

    def count(self, job: Job, outcome: str) -> None:
        """This came of an attempt."""
        self._handled.labels(job.kind, outcome, *([job.lane] if self._lane else [])).inc()


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
        self._ready: Lanes[J] = Lanes(lane, A_CONNECTION * len(connections))
        self._held: dict[UUID, J] = {}
        self._ours_until: dict[UUID, float] = {}
        """When others may take it, unless it is renewed; by the monotonic clock."""
        self._under_way: set[UUID] = set()
        self._done: dict[UUID, tuple[J, Outcome]] = {}
        """Attempts whose outcome is not written down yet."""
        self._wake, self._room, self._news = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._asking = asyncio.Lock()
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
            await self._write_down()
            await self._queue.give_back([job for job in self._held.values() if job.id not in self._under_way])
        await asyncio.gather(*(connection.close() for connection in self.connections))

    async def _take(self) -> None:
        """Keep some at hand, asking only when about half of them are gone."""
        while not self._stopping:
            self._wake.clear()
            self._room.clear()
            self._ready.drained.clear()
            room = self._most - len(self._held) + self._ready.stuck
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
        """Nothing that is in hand: after a database was away for longer than a lease, what came of it may wait to be
        written down, and taken again it would count as left behind by somebody who died."""

        async def take() -> tuple[float, list[J]]:
            return time.monotonic(), await self._queue.take(room, full, list(self._held))

        asked_at, taken = await persist(take)
        for job in taken:
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
            ours = await self._is_ours(job)
            if self._stopping:  # it is given back
                return
            if ours:
                await self._try(job, connection)
            else:
                self._forget(job)
            self._ready.done(job)

    async def _try(self, job: J, connection: C) -> None:
        self._under_way.add(job.id)
        outcome = await self._attempts.make(job, connection)
        failpoints.hit(self._failpoint)
        self._done[job.id] = job, outcome
        self._news.set()

    async def _is_ours(self, job: J) -> bool:
        """Whether nobody else can have taken it. Once its lease may be over the table is asked: we stood still, or the
        database was away."""
        if self._is_over(job):
            async with self._asking:  # one asks for all, who waited has the answer
                while self._is_over(job):
                    await persist(self._renew_held)
        return self._held.get(job.id) is job

    def _is_over(self, job: J) -> bool:
        """Whether others may have taken what is in hand."""
        return self._held.get(job.id) is job and time.monotonic() >= self._ours_until[job.id]

    def _forget(self, job: J) -> None:
        """Unless the same was taken anew meanwhile."""
        if self._held.get(job.id) is job:
            del self._held[job.id], self._ours_until[job.id]
            self._under_way.discard(job.id)
            self._room.set()

    async def _note(self) -> None:
        """Write outcomes down at once; those that come up meanwhile go together."""
        while True:
            await self._news.wait()
            self._news.clear()
            await persist(self._write_down)

    async def _write_down(self) -> None:
        """Forget what is written. If the database goes away in the middle, the next try begins with what is left: the
        rest may be taken anew and under way by then."""
        done = list(self._done.values())
        await self._queue.sent([job.id for job, outcome in done if outcome.status == "sent"])
        for job, outcome in done:
            if outcome.status != "sent":
                await self._settle(job, outcome)
            self._figures.count(job, outcome.status)
            del self._done[job.id]
            self._forget(job)

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
            if self._held:
                await persist(self._renew_held)

    async def _renew_held(self) -> None:
        """Keep what is in hand; what others took meanwhile is theirs."""
        held, asked_at = list(self._held.values()), time.monotonic()
        ours = await self._queue.renew(held)
        for job in held:
            if self._held.get(job.id) is not job:  # it was written down meanwhile, and may be taken anew
                continue
            if job.id in ours:
                self._ours_until[job.id] = asked_at + self._queue.lease
            elif job.id not in self._under_way:
                self._forget(job)

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
