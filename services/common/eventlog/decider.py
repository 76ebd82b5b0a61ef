"""A batch of commands to answers and events, decided one after another on aggregates in memory."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from contracts.answers import Answer, Rejected, Stored
from contracts.command import Command
from contracts.event import Event
from services.common.eventlog.definition import LogDefinition
from services.common.eventlog.held import Held
from services.common.eventlog.inbox import Arrived
from services.common.eventlog.refusals import AnsweredOtherwise, Refusal

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

    command: Command | None
    arrived: Arrived | None = None
    instead: Instead | None = None


@dataclass
class Verdicts:
    """What a batch comes to."""

    events: list[Event] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    stored: int = 0
    refused: int = 0
    unavailable: int = 0

    def answer(self, gateway: str, answer: Answer) -> None:
        """Note the answer for the gateway that waits for it, if one does."""
        if gateway:
            self.answers.setdefault(gateway, []).append(answer)


class Decider:
    """Decides on `held`, reading what is missing through `load`."""

    def __init__(self, definition: LogDefinition[Any], held: Held, load: Load) -> None:
        self._definition, self._held, self._load = definition, held, load

    async def decide(self, items: Sequence[Item], now: datetime) -> Verdicts:
        """Decide all. A refusal is an answer like another; any other exception comes out, and memory is then void."""
        held, verdicts, definition = self._held, Verdicts(), self._definition
        targets = (one for item in items if item.command for one in definition.target_ids(item.command))
        if missing := held.missing(targets):
            await self._load(missing)
        for command, _arrived, instead in items:
            if instead is not None:
                verdicts.unavailable += 1
                verdicts.answer(*instead)
            if command is None:
                continue
            if missing := held.missing(definition.further_ids(command, held.peek)):
                await self._load(missing)
            verdicts.answer(command.gateway, self._decide(command, now, verdicts))
            verdicts.events += held.collect()
        return verdicts

    def _decide(self, command: Command, now: datetime, verdicts: Verdicts) -> Answer:
        try:
            decided = self._definition.decide(command, self._held, now)
        except Refusal as refusal:
            verdicts.refused += 1
            return Rejected(n=command.n, code=refusal.code, detail=refusal.detail, field=refusal.field)
        except AnsweredOtherwise as otherwise:
            return otherwise.answer(command.n)
        verdicts.stored += 1
        return Stored(n=command.n, seq=decided.seq, conversation=decided.conversation)
