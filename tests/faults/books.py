"""The books that are compared after a fault: what clients wrote down, logs, streams and read tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from contracts.logs import AnyEvent
from tests.support.journal import Entry, Frame


@dataclass(frozen=True)
class Row:
    """One event as the log of a partition holds it."""

    notification: int
    aggregate: UUID
    version: int
    topic: str
    state: bytes
    event: AnyEvent


@dataclass(frozen=True)
class Published:
    """One message of a partition's stream; `notification` is taken from its `ce-id`."""

    sequence: int
    partition: int
    notification: int
    topic: str
    state: bytes


@dataclass(frozen=True)
class ReadMessage:
    """One row of the read table of messages, in clear text."""

    seq: int
    id: str
    sender: str
    text: str


@dataclass
class Books:
    """Everything at one quiet moment after the faults. Partition → rows or messages in their order."""

    journal: list[Entry]
    logs: dict[int, list[Row]]
    streams: dict[int, list[Published]]
    collected: list[Published]
    """The stream EVENTS, into which all of them flow."""
    messages: dict[UUID, list[ReadMessage]] | None = None
    """By conversation; None if read tables are not part of the comparison."""
    silent: frozenset[str] = frozenset()
    """Names of visitors who only listen."""

    @property
    def rows(self) -> list[Row]:
        """All rows, partition by partition."""
        return [row for partition in sorted(self.logs) for row in self.logs[partition]]

    @cached_property
    def by_aggregate(self) -> dict[UUID, list[Row]]:
        """An aggregate's rows in the order of the log."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.aggregate].append(row)
        return dict(found)

    @cached_property
    def commands(self) -> dict[str, Command]:
        """What the clients asked for, by command id."""
        return commands_of(self.journal)


@dataclass
class Command:
    """One command over all its sendings."""

    who: str
    frame: Frame
    sent_at: float
    stored: list[Frame] = field(default_factory=list)
    stored_at: float | None = None
    rejected: list[Frame] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        text: str | None = self.frame.get("text")
        return text


def commands_of(journal: list[Entry]) -> dict[str, Command]:
    """Command id → its story. Answers without a known command are left out: nobody waits for them."""
    found: dict[str, Command] = {}
    for entry in journal:
        id_ = entry.frame.get("id")
        if entry.what == "sent":
            found.setdefault(str(id_), Command(entry.who, entry.frame, entry.t))
        elif entry.what in ("stored", "rejected") and (command := found.get(str(id_))) is not None:
            if entry.what == "stored":
                command.stored.append(entry.frame)
                command.stored_at = entry.t if command.stored_at is None else command.stored_at
            else:
                command.rejected.append(entry.frame)
    return found
