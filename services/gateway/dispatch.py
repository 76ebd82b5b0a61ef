"""Commands on their way: published without waiting, answered in batches, given up after seconds."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import msgspec
import nats.errors

from contracts import subjects
from contracts.answers import Answer, Rejected, answers_decoder
from contracts.command import Command, kind_of
from contracts.logs import log_of
from services.common import metrics
from services.common.broker import Broker
from services.common.direct import Message
from services.common.logs import logger

log = logger(__name__)

ANSWER_SECONDS: Final = 5.0
SWEEP_SECONDS: Final = 0.25
RETRY_AFTER_SECONDS: Final = 0.5
MOST_PENDING: Final = 100_000

_ANSWERED = metrics.counter("gateway_commands_total", "Commands by outcome.", ["outcome"])
_WAITING = metrics.gauge("gateway_commands_waiting", "Commands that wait for their answer.")
_SECONDS = metrics.histogram("gateway_command_seconds", "From a command to its answer, one in a hundred.")
_STORED = _ANSWERED.labels("stored")
_REJECTED = _ANSWERED.labels("rejected")
_UNANSWERED = _ANSWERED.labels("unanswered")
_SAMPLE_EVERY: Final = 100

OnAnswer = Callable[[Any, Answer], None]
"""Gets the context that was given with the command, and what became of it; must not wait."""

_encode: Final = msgspec.json.Encoder().encode


class Dispatch:
    """Publishes commands and keeps who waits for which answer."""

    def __init__(self, broker: Broker, gateway: str | None = None) -> None:
        """`gateway`: a name that no other process has or had."""
        self.gateway = gateway or f"gw{secrets.token_hex(8)}"
        self._broker = broker
        self._next = 0
        self._pending: dict[int, tuple[float, OnAnswer, Any]] = {}
        self._order: deque[tuple[float, int]] = deque()
        self._subjects: dict[tuple[str, type[Command]], str] = {}
        _WAITING.set_function(lambda: len(self._pending))

    async def start(self) -> None:
        """Listen for answers."""
        await self._broker.client.hear(subjects.answers(self.gateway), self._heard)

    def next_number(self) -> int:
        """The `n` of a new command."""
        self._next += 1
        return self._next

    async def send(self, command: Command, on_answer: OnAnswer, context: Any) -> None:
        """Publish; `on_answer` is called later, once. `command` carries `gateway` and a `next_number()`."""
        if not self._broker.connected or len(self._pending) >= MOST_PENDING:
            on_answer(context, unavailable(command.n))
            return
        now = time.monotonic()
        self._pending[command.n] = (now, on_answer, context)
        self._order.append((now, command.n))
        try:
            await self._broker.client.publish(self._subject(command), _encode(command))
        except nats.errors.MaxPayloadError:  # as the worker answers what is a little smaller
            self._finish(Rejected(n=command.n, code="too_long", detail="The command has too many bytes."))
        except nats.errors.Error:
            self._finish(unavailable(command.n))

    async def run(self) -> None:
        """Give up on what stays unanswered, until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            overdue = time.monotonic() - ANSWER_SECONDS
            while self._order and self._order[0][0] < overdue:
                _, n = self._order.popleft()
                if n in self._pending:
                    _UNANSWERED.inc()
                    self._finish(unavailable(n))

    @property
    def waiting(self) -> int:
        return len(self._pending)

    async def ask(self, command: Command) -> Answer:
        """Publish and wait for the answer; for whatever is not in a hurry."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        await self.send(command, _resolve, future)
        return await future

    def _heard(self, message: Message) -> None:
        for answer in answers_decoder.decode(message.data):
            self._finish(answer)

    def _finish(self, answer: Answer) -> None:
        found = self._pending.pop(answer.n, None)
        if found is None:
            return
        at, on_answer, context = found
        (_REJECTED if type(answer) is Rejected else _STORED).inc()
        if answer.n % _SAMPLE_EVERY == 0:
            _SECONDS.observe(time.monotonic() - at)
        on_answer(context, answer)

    def _subject(self, command: Command) -> str:
        key = (command.shop, type(command))
        subject = self._subjects.get(key)
        if subject is None:
            if len(self._subjects) > MOST_PENDING:
                self._subjects.clear()
            subject = subjects.command(log_of(command), command.shop, kind_of(command))
            self._subjects[key] = subject
        return subject


def unavailable(n: int) -> Rejected:
    """Nobody can take the command now; whether it was taken is not known."""
    return Rejected(n=n, code="unavailable", detail="try again in a moment", retry_after=RETRY_AFTER_SECONDS)


def _resolve(future: asyncio.Future[Answer], answer: Answer) -> None:
    if not future.done():
        future.set_result(answer)
