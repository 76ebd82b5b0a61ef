"""From each kind of command to who may send it, who decides it, and what it touches."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from contracts.command import Command
from services.common.eventlog.refusals import WrongSender
from services.common.eventlog.unit import Decided, Find, Unit
from services.engagement.slices import SLICES

HANDLERS: Final = {kind: handler for part in SLICES for kind, handler in part.commands.items()}


def target_ids(command: Command) -> Iterable[UUID]:
    """What must be loaded before anything else."""
    return HANDLERS[type(command)].targets(command)


def further_ids(command: Command, find: Find) -> Iterable[UUID]:
    """What the decision may touch beside its targets; to be asked right before it."""
    return HANDLERS[type(command)].further(command, find)


def decide(command: Any, unit: Unit, now: datetime) -> Decided:
    """Does what the command asks. `now` is aware, UTC. Raises `Refusal`."""
    handler = HANDLERS[type(command)]
    if command.sender_kind not in handler.senders:
        raise WrongSender
    return handler.decide(command, unit, now)
