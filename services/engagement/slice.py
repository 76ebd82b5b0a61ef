"""One part of the log `engagement`: its commands, aggregates and timers. The parts know nothing of each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from contracts.command import Command, SenderKind
from contracts.event import Event
from services.common.eventlog.aggregate import Aggregate, Cause
from services.common.eventlog.refusals import IdReused, Refusal
from services.common.eventlog.snapshot import Snapshot
from services.common.eventlog.unit import Decided, Find, Unit
from services.engagement.timers.timer import Change, Timer

EVENTS_BETWEEN_SNAPSHOTS: Final = 200

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C", bound=Command)


class NotFound(Refusal):
    code = "not_found"
    sentence = "There is no such thing in this shop."


def _nothing_else(_command: Any, _find: Find) -> Iterable[UUID]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Handler:
    """What a kind of command needs and does.

    `targets` names the aggregates that are loaded before anything else, `further` those that the decision may touch
    beside them. `decide` raises `Refusal`; with nothing to do it answers the version that there is.
    """

    senders: tuple[SenderKind, ...]
    targets: Callable[[Any], Iterable[UUID]]
    decide: Callable[[Any, Unit, datetime], Decided]
    further: Callable[[Any, Find], Iterable[UUID]] = _nothing_else


@dataclass(frozen=True, kw_only=True)
class Slice:
    """`aggregates` tells whose an event is, `snapshots` whose a snapshot is; `intervals`: events between two
    snapshots, where they are not 200. `timers`: what an event changes about timers, purely; `fire`: the command, by
    the system, that a timer of this kind becomes. Handle it however often it comes: what it asks for may be done
    already, and the event that says so clears the timer.
    """

    commands: Mapping[type[Command], Handler] = field(default_factory=dict)
    aggregates: Mapping[type[Event], type[Aggregate]] = field(default_factory=dict)
    snapshots: Mapping[type[Snapshot], type[Aggregate]] = field(default_factory=dict)
    intervals: Mapping[type[Aggregate], int] = field(default_factory=dict)
    timers: Mapping[type[Event], Callable[[Any], Sequence[Change]]] = field(default_factory=dict)
    fire: Mapping[str, Callable[[Timer], Command]] = field(default_factory=dict)


def on_existing(
    kind: type[A],
    which: Callable[[C], UUID],
    act: Callable[[C, A, Cause], None],
    senders: tuple[SenderKind, ...],
) -> Handler:
    """A command about one aggregate that must be there; a retry is answered as before without `act`."""

    def decide(command: C, unit: Unit, now: datetime) -> Decided:
        found = unit.get(which(command))
        if not isinstance(found, kind) or found.shop != command.shop:
            raise NotFound
        return _act(command, found, now, act)

    return Handler(senders=senders, targets=lambda command: (which(command),), decide=decide)


def on_any(
    kind: type[A],
    which: Callable[[C], UUID],
    act: Callable[[C, A, Cause], None],
    senders: tuple[SenderKind, ...],
) -> Handler:
    """A command about one aggregate, which comes into being if it is not there: `act` finds it at version 0 then."""

    def decide(command: C, unit: Unit, now: datetime) -> Decided:
        found = unit.get(which(command))
        if found is None:
            blank = kind.blank(which(command), command.shop, now)
            decided = _act(command, blank, now, act)
            if blank.version:
                unit.add(blank)
            return decided
        if not isinstance(found, kind) or found.shop != command.shop:
            raise IdReused
        return _act(command, found, now, act)

    return Handler(senders=senders, targets=lambda command: (which(command),), decide=decide)


def _act(command: C, aggregate: A, now: datetime, act: Callable[[C, A, Cause], None]) -> Decided:
    seq = aggregate.answer_to(command) if command.sender_kind != "system" else None
    if seq is None:
        cause = Cause(command, now)
        cause.keeper = aggregate
        act(command, aggregate, cause)
        seq = cause.seq or aggregate.version
    return Decided(aggregate.id, seq)
