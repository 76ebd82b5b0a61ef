"""A batch of commands to answers and events, decided one after another on aggregates in memory."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple, get_args
from uuid import UUID

from contracts.answers import Answer, InProgress, Rejected, Stored
from contracts.conversations.commands import AnyCommand
from contracts.conversations.events import AnyEvent, DeskEvent
from services.conversations import handlers
from services.conversations.held import Held
from services.conversations.inbox import Arrived

_DESK_EVENTS: Final = frozenset(get_args(DeskEvent))
STALE: Final = "The command is too old: nobody waits for its answer any more."

Load = Callable[[Iterable[UUID]], Awaitable[None]]


class Instead(NamedTuple):
    """What a gateway hears about a command that is not decided at all."""

    gateway: str
    answer: Answer


class Item(NamedTuple):
    """A command to decide; or one that is not, and what is answered instead.

    `arrived` is None for a command that the owner gives to itself.
    """

    command: AnyCommand | None
    arrived: Arrived | None = None
    instead: Instead | None = None


@dataclass
class Verdicts:
    """What a batch comes to. `desks` are the shops whose desk has changed, `shops` those with any event."""

    events: list[AnyEvent] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    desks: set[str] = field(default_factory=set)
    shops: set[str] = field(default_factory=set)
    stored: int = 0
    refused: int = 0
    unavailable: int = 0

    def answer(self, gateway: str, answer: Answer) -> None:
        """Note the answer for the gateway that waits for it, if one does."""
        if gateway:
            self.answers.setdefault(gateway, []).append(answer)

    def add(self, events: Sequence[AnyEvent]) -> None:
        """Note what a decision has brought about."""
        self.events += events
        for event in events:
            self.shops.add(event.shop)
            if type(event) in _DESK_EVENTS:
                self.desks.add(event.shop)


class Decider:
    """Decides on `held`, reading what is missing through `load`."""

    def __init__(self, held: Held, load: Load) -> None:
        self._held, self._load = held, load

    async def decide(self, items: Sequence[Item], now: datetime) -> Verdicts:
        """Decide all. A refusal is an answer like another; any other exception comes out, and memory is then void."""
        held, verdicts = self._held, Verdicts()
        if missing := held.missing(one for item in items if item.command for one in handlers.target_ids(item.command)):
            await self._load(missing)
        for command, _arrived, instead in items:
            if instead is not None:
                verdicts.unavailable += 1
                verdicts.answer(*instead)
            if command is None:
                continue
            if missing := held.missing(handlers.further_ids(command, held.peek)):
                await self._load(missing)
            verdicts.answer(command.gateway, self._decide(command, now, verdicts))
            verdicts.add(held.collect())
        return verdicts

    def _decide(self, command: AnyCommand, now: datetime, verdicts: Verdicts) -> Answer:
        try:
            decided = handlers.decide(command, self._held, now)
        except handlers.Refusal as refusal:
            verdicts.refused += 1
            return Rejected(n=command.n, code=refusal.code, detail=refusal.detail)
        except handlers.InProgress as elsewhere:
            return InProgress(n=command.n, conversation=elsewhere.conversation)
        verdicts.stored += 1
        return Stored(n=command.n, seq=decided.seq, conversation=decided.conversation)
