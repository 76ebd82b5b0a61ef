"""What the events of all aggregates have in common."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from contracts.ids import CommandId, ShopId

Party = Literal["visitor", "operator", "system"]

_WIRE_NAMES = {"originator_id": "aggregate", "originator_version": "seq", "timestamp": "at"}


class CommandRef(Struct, frozen=True, omit_defaults=True):
    """The command that an event answers to; stands on the first event of each command that an aggregate keeps.

    An aggregate finds a retry by (`sender`, `id`) and tells it from an abuse of the id by `digest`.
    """

    id: CommandId
    sender: str
    digest: str = ""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", rename=_WIRE_NAMES):
    """What all events carry. The Python names of the first three are those of the `eventsourcing` library.

    `seq` starts at 1 in each aggregate and has no holes; `at` never goes back within one.
    """

    originator_id: UUID
    originator_version: int
    timestamp: datetime
    shop: ShopId
    command: CommandRef | None = None
    correlation: str = ""


def topic_of(event: type[Event] | Event) -> str:
    """`conversation.message_said.v1`: the type of an event in the log and in `ce-type`."""
    return str(event.__struct_config__.tag)
