"""Which deadlines of a desk have passed: the commands that the owner of a partition gives to itself."""

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from contracts.conversations.commands import SystemCommand
from contracts.conversations.events import Party
from services.conversations.domain.desk import Desk


class Presence(NamedTuple):
    """Who is connected, as far as the owner knows from the gateways' leases.

    `visitors` are conversations whose visitor is connected, `operators` operators of the desk's shop.
    `lost` says since when somebody of either is not connected any more; who is missing there is taken as absent
    since they came to the desk. Nobody is absent for longer than `up_since`: the later of when this owner took
    the partition and when its connection to the broker came back.
    """

    up_since: datetime
    visitors: Container[UUID]
    operators: Container[str]
    lost: Mapping[UUID | str, datetime]


class Due(NamedTuple):
    """What is due now, and when to look next if nothing changes before (None: when something changes)."""

    commands: list[SystemCommand]
    look_next: datetime | None


def due(desk: Desk, presence: Presence, last_word: Callable[[UUID], Party | None], now: datetime) -> Due:
    """What is due on a desk. `last_word` says whose the last message of a conversation in memory is, None if unknown.

    Commands come again at every look until their effect is on the desk, so look again after they were decided.
    """
    raise NotImplementedError
