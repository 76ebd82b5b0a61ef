"""From a command to events, purely: what must be loaded, and the decision.

For each command, in order, the worker

1. loads what `target_ids` names, then, with the desk at hand, what `further_ids` names,
2. calls `decide`,
3. collects the pending events of all aggregates of the unit, *also after a refusal*: a visitor turned away is an
   event though the start is refused. After any other exception it drops the aggregates instead.

A refusal leaves no half decision: guards of all aggregates come before the first event.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from contracts.conversations.commands import AnyCommand
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import InProgress, Refusal
from services.conversations.handlers.unit import Decided, Unit

__all__ = ["Decided", "InProgress", "Refusal", "Unit", "decide", "further_ids", "target_ids"]


def target_ids(command: AnyCommand) -> tuple[UUID, ...]:
    """What must be loaded before anything else: the conversation, the shop's desk, the shop."""
    raise NotImplementedError


def further_ids(command: AnyCommand, desk: Desk | None) -> Iterable[UUID]:
    """Conversations that the decision may touch beside its targets, given the desk as it stands at the decision.

    Such are those at the head of the line that a freed channel will serve, and the finished ones of an operator
    who goes offline. May name more than is used. Must be asked right before `decide`, after all earlier decisions.
    """
    raise NotImplementedError


def decide(command: AnyCommand, unit: Unit, now: datetime) -> Decided:
    """Does what the command asks. `now` is aware, UTC.

    Raises `Refusal` (`code`, `detail`), or `InProgress` for a start by a visitor who is in a conversation already.
    """
    raise NotImplementedError
