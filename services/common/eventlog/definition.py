"""What a service says of its log, once; and what it does as the owner of a partition beside deciding commands."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from contracts.command import Command
from contracts.event import Event
from services.common.broker import Broker
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.held import Held
from services.common.eventlog.snapshot import Snapshot
from services.common.eventlog.unit import Decided, Find, Unit


class Duties(Protocol):
    """What else the owner of a partition does. All but `run` is called by the partition's loop, between batches."""

    @property
    def busy(self) -> bool:
        """Whether `turn` has something to do at once. The loop does not wait as long as it has."""

    async def begin(self) -> None:
        """The partition was just taken. Raises LogAway."""

    async def due(self, now: datetime) -> Sequence[Command]:
        """Commands of the owner to itself whose time has come; none while the broker is away. Raises LogAway."""

    async def turn(self) -> None:
        """Go on with what there is to do. Raises LogAway."""

    def stored(self, events: Sequence[Event]) -> None:
        """These are in the log."""

    async def run(self) -> None:
        """What runs beside the loop, until cancelled."""

    def was_away(self) -> None:
        """Nobody could tell us anything for a while."""

    def broker_back(self) -> None:
        """Whoever listens may have missed something."""

    def end(self) -> None:
        """The partition is not ours any more."""


D = TypeVar("D", bound=Duties)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a partition gives to its duties: `load` reads aggregates into `held` (raises LogAway), `founders` the ids
    of the aggregates whose first event's topic is like the pattern; `wake` makes the loop go round."""

    broker: Broker
    held: Held
    load: Callable[[Iterable[UUID]], Awaitable[None]]
    founders: Callable[[str], Awaitable[list[UUID]]]
    wake: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class LogDefinition(Generic[D]):
    """One log. `name` is that of its streams and schemas.

    For each command, in order, the owner loads what `target_ids` names, then what `further_ids` names, and calls
    `decide`, which raises `Refusal` or `AnsweredOtherwise`. `aggregate_of` tells from an event or a snapshot whose it
    is. `snapshot_interval` is in events. `decode_command` raises msgspec.DecodeError, `decode_snapshot` gives None for
    a format that this release does not know.
    """

    name: str
    decode_command: Callable[[bytes], Command]
    target_ids: Callable[[Any], Iterable[UUID]]
    further_ids: Callable[[Any, Find], Iterable[UUID]]
    decide: Callable[[Any, Unit, datetime], Decided]
    aggregate_of: Mapping[type[Event] | type[Snapshot], type[Aggregate]]
    decode_snapshot: Callable[[bytes], Snapshot | None]
    snapshot_topics: tuple[str, ...]
    snapshot_interval: Callable[[Aggregate], int]
    duties: Callable[[Surroundings], D]
