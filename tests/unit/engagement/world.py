"""A shop's part of the log `engagement` in memory: gives commands to the handlers as the worker does."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from contracts import registry
from contracts.event import topic_of
from contracts.logs import AnyEvent
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.refusals import Refusal
from services.common.eventlog.replaying import replay
from services.common.eventlog.snapshot import encode_snapshot
from services.common.eventlog.unit import Decided
from services.engagement.definition import AGGREGATE_OF, decode_snapshot
from services.engagement.dispatch import decide, further_ids, target_ids
from services.engagement.slices import FIRE, TIMERS
from services.engagement.timers.table import Changes, changes_of
from services.engagement.timers.timer import Timer
from tests.unit.conversations.world import NOON, SHOP, LoadedUnit


class World:
    """`happened` are the events of the last command, `log` all events by aggregate, `timers` those that are set."""

    def __init__(self, shop: str = SHOP) -> None:
        self.shop = shop
        self.now = NOON
        self.alive: dict[UUID, Aggregate] = {}
        self.log: dict[UUID, list[AnyEvent]] = {}
        self.happened: list[AnyEvent] = []
        self.timers: dict[tuple[UUID, str], Timer] = {}
        self._ids = 0

    def do(self, command: Any) -> Decided:
        """Decides a command; raises what the decision raises, after which nothing may have changed."""
        self.happened = []
        unit = self._loaded(target_ids(command))
        unit.aggregates.update(self._loaded(further_ids(command, unit.get)).aggregates)
        try:
            decided = decide(command, unit, self.now)
        except Refusal:
            assert not any(aggregate.pending_events for aggregate in unit.aggregates.values()), "half a decision"
            raise
        self._store(unit)
        return decided

    def _loaded(self, ids: Iterable[UUID]) -> LoadedUnit:
        return LoadedUnit({which: self.alive[which] for which in ids if which in self.alive})

    def _store(self, unit: LoadedUnit) -> None:
        for aggregate in unit.aggregates.values():
            events = cast(list[AnyEvent], aggregate.collect())
            if aggregate.version:
                self.alive[aggregate.id] = aggregate
                self.log.setdefault(aggregate.id, []).extend(events)
            self.happened += events
        self._set_timers(changes_of(event for event in self.happened if type(event) in TIMERS))

    def _set_timers(self, changes: Changes) -> None:
        for place in list(self.timers):
            if place in changes.cleared or place[0] in changes.keys:
                del self.timers[place]
        for shop, kind, key, step, due_at in changes.rows():
            self.timers[key, step] = Timer(kind, shop, key, step, due_at)

    def command(self, kind: type[Any], sender_kind: str = "operator", sender: str = "o_ann", **fields: Any) -> Any:
        self._ids += 1
        fields.setdefault("id", f"command-{self._ids}")
        return kind(shop=self.shop, sender_kind=sender_kind, sender=sender, **fields)

    def staff(self, kind: type[Any], **fields: Any) -> Decided:
        """One of the staff decides it."""
        return self.do(self.command(kind, **fields))

    def system(self, kind: type[Any], **fields: Any) -> Decided:
        return self.do(self.command(kind, "system", "system", **fields))

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def fire(self) -> list[str]:
        """All timers that are due, each once; returns what happened."""
        names: list[str] = []
        for timer in sorted(self.timers.values(), key=lambda timer: timer.due_at):
            if timer.due_at <= self.now:
                self.do(FIRE[timer.kind](timer))
                names += self.names
        return names

    @property
    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.happened]

    def events_of(self, aggregate: UUID) -> list[str]:
        return [type(event).__name__ for event in self.log[aggregate]]

    def check_replay(self) -> None:
        """All aggregates come out the same from the log, and from a snapshot."""
        for which, living in self.alive.items():
            stored = [(topic_of(event), registry.encode(event)) for event in self.log[which]]
            events = [registry.decode(topic, state) for topic, state in stored]
            assert replay(AGGREGATE_OF, None, events) == living
            snapshot = decode_snapshot(encode_snapshot(living.snapshot()))
            assert snapshot is not None
            assert replay(AGGREGATE_OF, None, [snapshot]) == living


def at(text: str) -> datetime:
    """`2026-03-02 09:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


__all__ = ["NOON", "SHOP", "World", "at"]
