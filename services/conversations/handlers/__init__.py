"""From a command to events, purely: what must be loaded, and the decision.

For each command, in order, the worker

1. loads what `target_ids` names, then, with the desk at hand, what `further_ids` names,
2. calls `decide`,
3. collects the pending events of all aggregates of the unit, *also after a refusal*: a visitor turned away is an
   event though the start is refused. After any other exception it drops the aggregates instead.

A refusal leaves no half decision: guards of all aggregates come before the first event.
"""

from services.common.eventlog.refusals import Refusal
from services.common.eventlog.unit import Decided, Unit
from services.conversations.domain.errors import InProgress
from services.conversations.handlers.dispatch import decide, further_ids, target_ids

__all__ = ["Decided", "InProgress", "Refusal", "Unit", "decide", "further_ids", "target_ids"]
