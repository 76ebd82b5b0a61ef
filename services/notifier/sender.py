"""Takes mails that are due and has them handed over: intent first, outcome after."""

import asyncio
import contextlib
import time
from typing import Final
from uuid import UUID

from services.common import failpoints, metrics
from services.common.following import DatabaseAway
from services.common.logs import logger
from services.notifier.attempts import Attempts, Outcome, persist
from services.notifier.queue import Due, Queue
from services.notifier.smtp import Connection

log = logger(__name__)

POLL_SECONDS: Final = 2.0
AHEAD: Final = 8
"""Mails taken for each connection at most: fewer questions to the database, and few to wait for if we die."""
A_CONNECTION: Final = 2
"""Mails in the making for each connection: while one is handed over, the next is read."""

_handled = metrics.counter("mails_total", "Mails, by kind and by what came of an attempt.", ["kind", "outcome"])
_waiting = metrics.gauge("mails_waiting", "Mails that are to be sent, here or anywhere.")
_oldest = metrics.gauge("mails_oldest_seconds", "How long the longest waiting mail has been waiting.")


class Sender:
    """As many mails at once as there are connections."""

    def __init__(self, queue: Queue, attempts: Attempts, connections: list[Connection]) -> None:
        self._queue, self._attempts = queue, attempts
        self.connections = connections
        self._ready: asyncio.Queue[Due] = asyncio.Queue()
        self._held: dict[UUID, Due] = {}
        self._ours_until: dict[UUID, float] = {}
        """When others may take it, unless it is renewed; by the monotonic clock."""
        self._under_way: set[UUID] = set()
        self._done: dict[UUID, tuple[Due, Outcome]] = {}
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
            await self._queue.give_back([mail for mail in self._held.values() if mail.id not in self._under_way])
        await asyncio.gather(*(connection.close() for connection in self.connections))

    async def _take(self) -> None:
        """Keep some mails at hand, asking only when about half of them are gone."""
        most = AHEAD * len(self.connections)
        while not self._stopping:
            self._wake.clear()
            self._room.clear()
            room = most - len(self._held)
            if 2 * room < most:
                await _either(self._room)
                continue
            asked_at = time.monotonic()
            taken = await persist(lambda room=room: self._queue.take(room))  # type: ignore[misc]
            for mail in taken:
                if mail.id not in self._held:  # or its lease ran out while a database was away: it is in hand already
                    self._held[mail.id] = mail
                    self._ours_until[mail.id] = asked_at + self._queue.lease
                    self._ready.put_nowait(mail)
            await _either(self._room if len(taken) == room else self._wake)

    async def _send(self, connection: Connection) -> None:
        """One of the loops that share a connection."""
        while not self._stopping:
            try:
                async with asyncio.timeout(POLL_SECONDS):  # unlike wait_for it loses no mail that comes just then
                    mail = await self._ready.get()
            except TimeoutError:
                await connection.close_if_idle()
                continue
            if not self._is_ours(mail):
                self._forget(mail.id)
                continue
            self._under_way.add(mail.id)
            outcome = await self._attempts.make(mail, connection)
            failpoints.hit("after_mail")
            self._done[mail.id] = mail, outcome
            self._news.set()

    def _is_ours(self, mail: Due) -> bool:
        """Whether nobody else can have taken it: a process that stood still comes back too late for what it held."""
        return self._held.get(mail.id) is mail and time.monotonic() < self._ours_until[mail.id]

    def _forget(self, mail: UUID) -> None:
        self._held.pop(mail, None)
        self._ours_until.pop(mail, None)
        self._under_way.discard(mail)
        self._room.set()

    async def _note(self) -> None:
        """Write outcomes down at once; those that come up meanwhile go together."""
        while True:
            await self._news.wait()
            self._news.clear()
            done = dict(self._done)
            await persist(lambda done=done: self._write_down(done))  # type: ignore[misc]

    async def _write_down(self, done: dict[UUID, tuple[Due, Outcome]]) -> None:
        """Forget what is written; a second time, after the database was away, changes nothing."""
        await self._queue.sent([mail.id for mail, outcome in done.values() if outcome.status == "sent"])
        for mail, outcome in done.values():
            if outcome.status != "sent":
                await self._settle(mail, outcome)
            _handled.labels(mail.kind, outcome.status).inc()
            self._forget(mail.id)
            self._done.pop(mail.id, None)

    async def _settle(self, mail: Due, outcome: Outcome) -> None:
        """Write down the outcome of an attempt that did not send the mail."""
        about = {"mail": str(mail.id), "kind": mail.kind, "attempts": mail.attempts, "why": outcome.error}
        match outcome.status:
            case "failed":
                log.warning("Mail failed", **about)
                await self._queue.failed(mail, outcome.error or "")
            case "pending":
                log.info("Mail waits", **about)
                await self._queue.later(mail, outcome.error, outcome.seconds)
            case "not_yet":
                await self._queue.later(mail, None, outcome.seconds, tried=False)
            case "dropped":
                await self._queue.dropped(mail, outcome.error)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._queue.lease / 3)
            if not self._held:
                continue
            held, asked_at = list(self._held.values()), time.monotonic()
            ours = await persist(lambda held=held: self._queue.renew(held))  # type: ignore[misc]
            for mail in held:
                if mail.id in ours:
                    self._ours_until[mail.id] = asked_at + self._queue.lease
                elif mail.id not in self._under_way:
                    self._forget(mail.id)

    async def _count(self) -> None:
        while True:
            waiting, oldest = await persist(self._queue.waiting)
            _waiting.set(waiting)
            _oldest.set(oldest)
            await asyncio.sleep(5 * POLL_SECONDS)


async def _either(event: asyncio.Event) -> None:
    """Until the event is set, or it is time to look anyway."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), POLL_SECONDS)
