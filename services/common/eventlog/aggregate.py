"""What all aggregates have in common."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, Self, cast
from uuid import UUID

from eventsourcing.domain import BaseAggregate

from contracts.command import Command
from contracts.event import CommandRef, Event
from services.common.eventlog.refusals import IdReused
from services.common.eventlog.snapshot import KeptCommand, Snapshot


class Cause:
    """What events have in common that follow from one command: its time, its correlation and its name.

    One aggregate, the `keeper`, remembers the command: the first event that the keeper records carries the
    reference to it, and `seq` is that event's version. A command of the system is kept by nobody: its effect alone
    says that it was done.
    """

    __slots__ = ("at", "correlation", "keeper", "ref", "seq")

    def __init__(self, command: Command, at: datetime, *, sender: str | None = None) -> None:
        self.at = at
        self.correlation = command.correlation
        self.ref: CommandRef | None = None
        if command.sender_kind != "system":
            self.ref = CommandRef(command.id, command.sender if sender is None else sender, command.digest)
        self.keeper: Aggregate | None = None
        self.seq = 0


class Aggregate(BaseAggregate[UUID]):
    """The library's aggregate, with events that are contracts rather than classes of their own.

    Decisions and changes are apart: a decision checks its rules first and then records events; `apply` alone
    changes state, and only by what an event says. The library's `trigger_event` and `mutate` expect dataclass
    events made per aggregate, which know how to change it; `record` and `replay` take their place, so that one
    class of an event is what the log holds, what the stream carries and what the aggregate reads.
    """

    @classmethod
    def blank(cls, aggregate_id: UUID, shop: str, at: datetime) -> Self:
        """An aggregate to which nothing has happened yet (version 0)."""
        self = cls.__new__(cls)
        self.__base_init__(aggregate_id, 0, at)
        self._begin(shop)
        return self

    def _begin(self, shop: str) -> None:
        self.shop = shop
        self.commands: dict[str, tuple[int, str]] = {}
        self.reset()

    @abstractmethod
    def reset(self) -> None:
        """Sets the state that an aggregate has before its first event."""

    @abstractmethod
    def apply(self, event: Any) -> None:
        """Changes the state by what the event says; never refuses."""

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """The state as data. It shares parts with the living aggregate: encode it before the next decision."""

    @abstractmethod
    def restore(self, snapshot: Any) -> None:
        """Takes over the state of a snapshot, whose parts become this aggregate's own."""

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot) -> Self:
        """The aggregate as it was when the snapshot was taken."""
        self = cls.blank(snapshot.originator_id, snapshot.shop, snapshot.created_on)
        self._version = snapshot.originator_version
        self._modified_on = snapshot.timestamp
        self.commands.update((key, (seq, digest)) for key, seq, digest in snapshot.commands)
        self.restore(snapshot)
        return self

    def _snapshot_head(self) -> dict[str, Any]:
        kept: list[KeptCommand] = [(key, seq, digest) for key, (seq, digest) in self.commands.items()]
        return {
            "originator_id": self._id,
            "originator_version": self._version,
            "timestamp": self._modified_on,
            "created_on": self._created_on,
            "shop": self.shop,
            "commands": kept,
        }

    def command_key(self, sender: str, command: str) -> str:
        """Under which a command is kept."""
        return f"{sender}\n{command}"

    def knows(self, sender: str, command: str) -> bool:
        """Whether this command was done here."""
        return self.command_key(sender, command) in self.commands

    def answer_to(self, command: Command, *, sender: str | None = None) -> int | None:
        """The first seq of a command that was done here before, None if it is new. Raises `IdReused`."""
        kept = self.commands.get(self.command_key(command.sender if sender is None else sender, command.id))
        if kept is None:
            return None
        if kept[1] != command.digest:
            raise IdReused
        return kept[0]

    def remember(self, ref: CommandRef, seq: int) -> None:
        """Keeps a command that an event refers to."""
        self.commands[self.command_key(ref.sender, ref.id)] = (seq, ref.digest)

    def forget_old_commands(self, kept: int) -> None:
        """Makes room for one more command if `kept` are remembered."""
        while len(self.commands) >= kept:
            del self.commands[next(iter(self.commands))]

    def record(self, event_type: type[Event], cause: Cause, **facts: Any) -> None:
        """Something has happened: makes the event, applies it and keeps it until it is collected."""
        ref = None
        seq = self._version + 1
        if cause.keeper is self:
            ref, cause.keeper, cause.seq = cause.ref, None, seq
        event = event_type(
            originator_id=self._id,
            originator_version=seq,
            timestamp=cause.at if cause.at > self._modified_on else self._modified_on,
            shop=self.shop,
            command=ref,
            correlation=cause.correlation,
            **facts,
        )
        self._take(event)
        self._pending_events.append(cast(Any, event))

    def replay(self, event: Event) -> None:
        """Takes an event of the log. Raises `ValueError` for one of another aggregate or out of order."""
        if event.originator_id != self._id or event.originator_version != self._version + 1:
            raise ValueError(
                f"event {event.originator_version} of {event.originator_id} does not follow "
                f"version {self._version} of {self._id}"
            )
        self._take(event)

    def _take(self, event: Event) -> None:
        self.apply(event)
        self._version = event.originator_version
        self._modified_on = event.timestamp
        if event.command is not None:
            self.remember(event.command, event.originator_version)

    def collect(self) -> list[Event]:
        """Hands over the events recorded since the last time, oldest first."""
        pending, self._pending_events = self._pending_events, []
        return cast(list[Event], pending)

    def collect_events(self) -> Any:
        """The library's name for `collect`."""
        return self.collect()
