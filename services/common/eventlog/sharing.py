"""Who should own which partition: rendezvous hashing over the workers that live. Pure.

Source of the hashing: Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998. When a worker
comes or goes, only its own partitions move.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NamedTuple

SILENT_SECONDS: Final = 2.0
"""Without a heartbeat for so long an owner is taken over."""
SEVERED_SECONDS: Final = 1.0
"""The same for a worker whose sessions with the database are all gone: its process is dead."""
WATCH_SECONDS: Final = 2.0
"""After an absence of our own or of the database the others get this long to come back."""


class Worker(NamedTuple):
    """A worker as the database sees it. `silent`: seconds since its last heartbeat, by the database's clock."""

    name: str
    silent: float
    connected: bool


class Owned(NamedTuple):
    """The row `partition_owner` of a partition."""

    partition: int
    epoch: int
    owner: str | None


@dataclass
class Plan:
    """What one worker does now. `take`: rows whose epoch it raises; `ends`: owners to disconnect first."""

    take: list[Owned] = field(default_factory=list)
    give: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    release: list[Owned] = field(default_factory=list)
    ends: set[str] = field(default_factory=set)


def desired_owner(partition: int, workers: Collection[str]) -> str:
    """The worker with the highest weight for a partition."""
    return max(workers, key=lambda worker: blake2b(f"{worker}\n{partition}".encode(), digest_size=8).digest())


def living(me: str, workers: Sequence[Worker]) -> set[str]:
    """Who counts as alive."""
    return {me} | {worker.name for worker in workers if not _is_dead(worker)}


def plan(
    me: str, mine: Mapping[int, int], rows: Sequence[Owned], alive: Collection[str], *, patient: bool = False
) -> Plan:
    """What to do about each partition; `mine` are the epochs under which partitions are held right now.

    `patient`: we have only just come back ourselves, so who seems dead may be coming back too.
    """
    todo = Plan()
    for row in rows:
        wanted = desired_owner(row.partition, alive)
        if row.partition in mine:
            if row.epoch > mine[row.partition]:
                todo.lost.append(row.partition)
            elif wanted != me and not patient:
                todo.give.append(row.partition)
        elif wanted == me and (row.owner in (None, me) or (row.owner not in alive and not patient)):
            todo.take.append(row)
            if row.owner is not None and row.owner != me:
                todo.ends.add(row.owner)
        elif row.owner == me:
            todo.release.append(row)
    return todo


def _is_dead(worker: Worker) -> bool:
    return worker.silent > SILENT_SECONDS or (worker.silent > SEVERED_SECONDS and not worker.connected)
