"""Timers, and how events change them. Pure."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

COMMAND_ID: Final = "timer"
"""Of all commands from here: nobody keeps them, they hold only if their reason still does."""


class Timer(NamedTuple):
    """`key` is mostly an aggregate's id; (`key`, `step`) is unique among the timers that are set."""

    kind: str
    shop: str
    key: UUID
    step: str
    due_at: datetime

    def command_head(self) -> dict[str, Any]:
        """What the command that a timer becomes has in common with those of the others."""
        return {"id": COMMAND_ID, "shop": self.shop, "sender_kind": "system", "sender": "system"}


class SetTimer(NamedTuple):
    """Takes the place of one with the same key and step. `due_at` may have passed."""

    kind: str
    key: UUID
    step: str
    due_at: datetime


class ClearTimer(NamedTuple):
    """Without a step: all of this key. There may be none."""

    key: UUID
    step: str | None = None


Change = SetTimer | ClearTimer
