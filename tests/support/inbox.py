"""What one client was sent: each conversation's events in order, doubles and gaps told apart."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.support.journal import Frame, Journal


class Inbox:
    """Delivers exactly the next event of each conversation; everything else is counted and left out."""

    def __init__(self, name: str, journal: Journal | None, *, keep: bool) -> None:
        self.seen: dict[str, int] = defaultdict(int)
        self.events: dict[str, list[Frame]] = defaultdict(list)
        self.doubles = 0
        self.gaps = 0
        self._name = name
        self._journal = journal
        self._keep = keep

    def take(self, event: Frame) -> bool:
        """Whether the event was the next one of its conversation, and so was delivered."""
        conversation, seq = event["conversation"], event["seq"]
        seen = self.seen[conversation]
        if seq != seen + 1:
            self._leave_out(event, double=seq <= seen)
            return False
        self.seen[conversation] = seq
        if self._keep:
            self.events[conversation].append(event)
        if self._journal is not None:
            self._journal.note(self._name, "event", event)
        return True

    def first(self, conversation: str, **fields: Any) -> Frame | None:
        """The first event delivered of a conversation whose fields are these."""
        events = self.events[conversation]
        return next((e for e in events if all(e.get(k) == v for k, v in fields.items())), None)

    def texts(self, conversation: str) -> list[str]:
        """The messages delivered of a conversation, in order."""
        return [e["text"] for e in self.events[conversation] if e["kind"] == "message"]

    def _leave_out(self, event: Frame, *, double: bool) -> None:
        self.doubles += double
        self.gaps += not double
        if self._journal is not None:
            self._journal.note(self._name, "double" if double else "gap", event)
