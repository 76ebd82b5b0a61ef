"""The load: messages both ways in open chats, closed loop or open loop.

A message counts once it is `stored` and the other side's socket has delivered it. Latency is from the
sender's send to the other side's delivery.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.chats import Chat
from tests.benchmarks.figures import latency
from tests.support.journal import Frame
from tests.support.session import Session

TEXT = "Do you have this lamp in the smaller size, and when could it be here?"
WARM_UP_S = 1.0
LAST_WITHIN_S = 30.0
PAUSE_AFTER_REFUSAL_S = 0.05


@dataclass(eq=False)
class Turn:
    """One message under way."""

    chat: Chat
    by_visitor: bool
    sent_at: float
    stored: bool = False
    delivered: bool = False


class Traffic:
    """Sends messages in chats and counts what arrives."""

    def __init__(self, chats: Sequence[Chat]) -> None:
        self.chats = chats
        self.times: list[float] = []
        self.done = 0
        self.refused: Counter[str] = Counter()
        self._ids = (f"{secrets.token_hex(6)}-{number:07d}" for number in itertools.count())
        self._turns: dict[str, Turn] = {}
        self._closed_loop = False
        for chat in chats:
            chat.visitor.on_event = self._at_visitor
            chat.visitor.on_answer = chat.operator.on_answer = self._on_answer
            chat.operator.on_event = self._at_operator

    @property
    def repaired(self) -> int:
        """Events that came twice or too early, over all sockets: what resume had to put right."""
        inboxes = {chat.visitor.inbox for chat in self.chats} | {chat.operator.inbox for chat in self.chats}
        return sum(inbox.doubles + inbox.gaps for inbox in inboxes)

    async def closed_loop(self, seconds: float) -> float:
        """Messages a second while every chat always has one under way, visitor and operator in turn."""
        self._closed_loop = True
        for number, chat in enumerate(self.chats):
            self._send(chat, by_visitor=number % 2 == 0)
        await asyncio.sleep(WARM_UP_S)
        before, started = self.done, time.perf_counter()
        await asyncio.sleep(seconds)
        rate = (self.done - before) / (time.perf_counter() - started)
        self._closed_loop = False
        await self._last_ones()
        return rate

    async def open_loop(self, rate: float, seconds: float) -> dict[str, float]:
        """Latencies at `rate` messages a second that wait for nothing."""
        self.times.clear()
        sides = itertools.cycle((True, False))
        chats = itertools.cycle(self.chats)
        started = time.perf_counter()
        for number in range(max(1, int(rate * seconds))):
            due = started + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            self._send(next(chats), by_visitor=next(sides))
        await self._last_ones()
        return latency(self.times)

    def _send(self, chat: Chat, *, by_visitor: bool) -> None:
        sender: Session = chat.visitor if by_visitor else chat.operator
        turn = Turn(chat, by_visitor, time.perf_counter())
        message = next(self._ids)
        self._turns[message] = turn
        sender.command("say", id=message, conversation=chat.conversation, text=TEXT)

    def _on_answer(self, frame: Frame) -> None:
        turn = self._turns.get(frame["id"])
        if turn is None:
            return
        if frame["type"] == "stored":
            turn.stored = True
            self._settle(frame["id"], turn)
        else:
            self.refused[frame["code"]] += 1
            self._turns.pop(frame["id"])
            if self._closed_loop:
                asyncio.get_running_loop().call_later(PAUSE_AFTER_REFUSAL_S, self._next, turn)

    def _at_visitor(self, event: Frame) -> None:
        if event["kind"] == "message" and event["from"] == "operator":
            self._on_delivered(event["id"])

    def _at_operator(self, event: Frame) -> None:
        if event["kind"] == "message" and event["from"] == "visitor":
            self._on_delivered(event["id"])

    def _on_delivered(self, message: str) -> None:
        turn = self._turns.get(message)
        if turn is not None:
            turn.delivered = True
            self.times.append(time.perf_counter() - turn.sent_at)
            self._settle(message, turn)

    def _settle(self, message: str, turn: Turn) -> None:
        if turn.stored and turn.delivered:
            del self._turns[message]
            self.done += 1
            if self._closed_loop:
                self._next(turn)

    def _next(self, turn: Turn) -> None:
        self._send(turn.chat, by_visitor=not turn.by_visitor)

    async def _last_ones(self) -> None:
        """Wait for what is still under way. Raises TimeoutError: something was lost."""
        deadline = time.perf_counter() + LAST_WITHIN_S
        while self._turns:
            if time.perf_counter() > deadline:
                lost = [(key, turn.stored, turn.delivered) for key, turn in itertools.islice(self._turns.items(), 3)]
                raise TimeoutError(f"{len(self._turns)} messages never arrived (id, stored, delivered): {lost}")
            await asyncio.sleep(0.01)
