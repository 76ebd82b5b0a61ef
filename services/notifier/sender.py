"""Takes mails that are due and hands them over: intent first, outcome after."""

import asyncio
import contextlib
import random
import traceback
from collections.abc import Awaitable, Callable
from typing import Final, Literal, NamedTuple, TypeVar
from uuid import UUID

from services.common import failpoints, metrics
from services.common.dkim_keys import DkimKey, DkimKeys
from services.common.following import RETRY_SECONDS, DatabaseAway
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.notifier.letters.letter import Letter, NotWanted, Unsendable
from services.notifier.message import build
from services.notifier.outcomes import Later, Never
from services.notifier.policy import pause_after
from services.notifier.queue import Due, Queue
from services.notifier.reading import Gone, NotYet, Reader, Source
from services.notifier.rendering import Written, render
from services.notifier.signing import sign
from services.notifier.smtp import Connection

log = logger(__name__)

POLL_SECONDS: Final = 2.0
AHEAD: Final = 4
"""Mails taken for each connection at once: fewer questions to the database, and few to wait for if we die."""
NOT_YET_SECONDS: Final = 5.0
AFTER_OUR_OWN_FAULT_SECONDS: Final = 300.0

T = TypeVar("T")

_handled = metrics.counter("mails_total", "Mails, by kind and by what came of an attempt.", ["kind", "outcome"])
_waiting = metrics.gauge("mails_waiting", "Mails that are to be sent, here or anywhere.")
_oldest = metrics.gauge("mails_oldest_seconds", "How long the longest waiting mail has been waiting.")


class Outcome(NamedTuple):
    """What came of an attempt; `pending`: it is tried again in so many `seconds`."""

    status: Literal["sent", "failed", "pending", "not_yet", "dropped"]
    error: str | None = None
    seconds: float = 0.0


class Sender:
    """As many mails at once as there are connections."""

    def __init__(
        self,
        queue: Queue,
        reader: Reader,
        dkim: DkimKeys,
        connections: list[Connection],
        *,
        first_pause: float,
        give_up_after: float,
    ) -> None:
        """`first_pause`: seconds before the second attempt; `give_up_after`: seconds since the first."""
        self._queue, self._reader, self._dkim = queue, reader, dkim
        self.connections = connections
        self._first_pause, self._give_up_after = first_pause, give_up_after
        self._ready: asyncio.Queue[Due] = asyncio.Queue()
        self._held: dict[UUID, Due] = {}
        self._under_way: set[UUID] = set()
        self._wake = asyncio.Event()
        self._room = asyncio.Event()

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def start(self) -> list[asyncio.Task[None]]:
        """Send until cancelled; then call `stop`."""
        loops = [self._take(), self._renew(), self._count(), *(self._send(one) for one in self.connections)]
        return [asyncio.create_task(loop) for loop in loops]

    async def stop(self) -> None:
        """Leave what was not tried to others, and close the connections. The tasks must have ended."""
        untried = [mail for mail in self._held if mail not in self._under_way]
        if untried:
            with contextlib.suppress(*DatabaseAway):
                await self._queue.give_back(untried)
        await asyncio.gather(*(connection.close() for connection in self.connections))

    async def _take(self) -> None:
        """Keep a few mails at hand."""
        most = AHEAD * len(self.connections)
        while True:
            self._wake.clear()
            self._room.clear()
            room = most - len(self._held)
            taken = await persist(lambda room=room: self._queue.take(room)) if room else []  # type: ignore[misc]
            for mail in taken:
                self._held[mail.id] = mail
                self._ready.put_nowait(mail)
            await _first_of(self._room if len(taken) == room else self._wake)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._queue.lease / 3)
            if self._held:
                await persist(lambda: self._queue.renew(list(self._held)))

    async def _count(self) -> None:
        while True:
            waiting, oldest = await persist(self._queue.waiting)
            _waiting.set(waiting)
            _oldest.set(oldest)
            await asyncio.sleep(5 * POLL_SECONDS)

    async def _send(self, connection: Connection) -> None:
        """The loop of one connection."""
        while True:
            try:
                mail = await asyncio.wait_for(self._ready.get(), POLL_SECONDS)
            except TimeoutError:
                await connection.close_if_idle()
                continue
            self._under_way.add(mail.id)
            outcome = await self._attempt(mail, connection)
            failpoints.hit("after_mail")
            await persist(lambda mail=mail, outcome=outcome: self._note(mail, outcome))  # type: ignore[misc]
            _handled.labels(mail.kind, outcome.status).inc()
            self._under_way.discard(mail.id)
            del self._held[mail.id]
            self._room.set()

    async def _attempt(self, mail: Due, connection: Connection) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nothing can be read."""
        try:
            await self._hand_over(mail, connection)
        except (Gone, NotWanted):
            return Outcome("dropped")
        except NotYet:
            return Outcome("not_yet", seconds=NOT_YET_SECONDS)
        except (Never, Unsendable) as reason:
            return Outcome("failed", str(reason))
        except Later as reason:
            return self._later(mail, str(reason), self._first_pause)
        except WrongMasterKey:
            raise
        except Exception as error:  # the message of an error of ours may hold what the mail says
            log.error("A mail could not be made", mail=str(mail.id), kind=mail.kind, error=_place(error))
            return self._later(mail, "The mail could not be made.", AFTER_OUR_OWN_FAULT_SECONDS)
        return Outcome("sent")

    async def _hand_over(self, mail: Due, connection: Connection) -> None:
        source = await persist(lambda: self._reader.source(mail))
        key = await persist(lambda: self._dkim.signing(mail.shop))
        letter, written = await _aside(source.is_large, _compose, source)

        async def wire(utf8: bool) -> bytes:
            return await _aside(source.is_large or key is not None, _wire, letter, written, mail.id, key, utf8)

        await connection.send(letter.sender, letter.to, wire)

    def _later(self, mail: Due, reason: str, first_pause: float) -> Outcome:
        if mail.tried_for > self._give_up_after:
            return Outcome("failed", reason)
        return Outcome("pending", reason, pause_after(mail.attempts, first_pause, random.random()))

    async def _note(self, mail: Due, outcome: Outcome) -> None:
        match outcome.status:
            case "sent":
                await self._queue.sent(mail)
            case "failed":
                log.warning("Mail failed", mail=str(mail.id), kind=mail.kind, attempts=mail.attempts, why=outcome.error)
                await self._queue.failed(mail, outcome.error or "")
            case "pending":
                log.info("Mail waits", mail=str(mail.id), kind=mail.kind, attempts=mail.attempts, why=outcome.error)
                await self._queue.later(mail, outcome.error, outcome.seconds)
            case "not_yet":
                await self._queue.later(mail, None, outcome.seconds, tried=False)
            case "dropped":
                await self._queue.dropped(mail)


async def _aside(long: bool, work: Callable[..., T], *arguments: object) -> T:
    """What takes long is done beside the event loop; for what doesn't, a thread would take longer."""
    return await asyncio.to_thread(work, *arguments) if long else work(*arguments)


def _compose(source: Source) -> tuple[Letter, Written]:
    letter = source.letter()
    return letter, render(letter)


def _wire(letter: Letter, written: Written, mail: UUID, key: DkimKey | None, utf8: bool) -> bytes:
    return sign(build(letter, written, mail, utf8=utf8), letter.sender, key)


async def persist(work: Callable[[], Awaitable[T]]) -> T:
    """What `work` gives, asked again and again while a database is away."""
    pause = RETRY_SECONDS[0]
    while True:
        try:
            return await work()
        except DatabaseAway as error:
            if pause == RETRY_SECONDS[0]:
                log.warning("A database is away, mails wait", error=type(error).__name__)
            await asyncio.sleep(random.uniform(0, pause))
            pause = min(pause * 2, RETRY_SECONDS[1])


async def _first_of(event: asyncio.Event) -> None:
    """Until the event is set, or it is time to look anyway."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), POLL_SECONDS)


def _place(error: Exception) -> str:
    """What kind of error, and in which line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
