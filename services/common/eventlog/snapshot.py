"""Aggregates at rest: the state at a version, so that not the whole past must be read again.

A snapshot stands at the head of the events that it makes superfluous: it has their three fields, and `replay`
takes it as the first. Its tag is its format; a reader that does not know a format reads the events instead.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

KeptCommand = tuple[str, int, str]
"""Key of a command, first seq, digest."""


class Snapshot(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """What all have. The first three are named as the `eventsourcing` library names them."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime
    shop: str
    created_on: datetime
    commands: list[KeptCommand]


encode_snapshot: Final = msgspec.json.Encoder().encode


def snapshot_topic(snapshot: type[Snapshot] | Snapshot) -> str:
    """`desk.snapshot.v1`: type and format in one word."""
    return str(snapshot.__struct_config__.tag)
