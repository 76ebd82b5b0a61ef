"""What a decision is given, and what it gives."""

from collections.abc import Callable
from typing import NamedTuple, Protocol
from uuid import UUID

from services.common.eventlog.aggregate import Aggregate

Find = Callable[[UUID], Aggregate | None]
"""Finds an aggregate that is in memory."""


class Unit(Protocol):
    """The aggregates of one decision: all that `target_ids` and `further_ids` named and that exist."""

    def get(self, aggregate_id: UUID, /) -> Aggregate | None:
        """The living aggregate, or None if there is none of this id."""

    def add(self, aggregate: Aggregate, /) -> None:
        """A new aggregate has come into being."""


class Decided(NamedTuple):
    """It is done. `seq` is the first event of the command in `conversation`, which may be an offline message.

    Without one it is that on desk or shop.
    """

    conversation: UUID | None
    seq: int
