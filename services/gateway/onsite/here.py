"""The visitors of one shop who are connected to this gateway. Pure: time is an argument, in seconds.

There may be ten thousand of them, and each change is to cost the same: nobody is looked at who did nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import msgspec

from contracts.presence import Seen
from services.gateway.live.crowd import Present
from services.gateway.onsite.choosing import MOST, MOST_BYTES, joined

LINGER_SECONDS: Final = 3.0
"""Whoever goes to the shop's next page is gone for a moment."""

_encode: Final = msgspec.json.Encoder().encode


class Here:
    """Tabs by visitor, in two rows: those with a conversation or a cart, and the others; who came last is last."""

    def __init__(self, visitors: Iterable[Present]) -> None:
        self._tabs: dict[str, list[Present]] = {}
        self._id_of: dict[Present, str] = {}
        self._busy: dict[str, None] = {}
        self._idle: dict[str, None] = {}
        self._leaving: dict[str, tuple[float, Seen]] = {}
        """Who may be back in a moment, and until when that is waited for."""
        self._seen: dict[str, tuple[Seen, int]] = {}
        """As shown, with its size, until something changes."""
        for visitor in sorted(visitors, key=_since):
            self.put(visitor)

    def __len__(self) -> int:
        return len(self._tabs) + len(self._leaving)

    def put(self, visitor: Present) -> None:
        """They came, or something about them is other than it was; a guest may even have another id."""
        id_, before = visitor.outer_id, self._id_of.get(visitor)
        if before != id_:
            if before is not None:
                self._drop(visitor, before)
            self._id_of[visitor] = id_
            self._tabs.setdefault(id_, []).append(visitor)
            self._leaving.pop(id_, None)
        self._line_up(id_)

    def remove(self, visitor: Present, now: float) -> bool:
        """They left. Whether they may be back within `LINGER_SECONDS`: only who will be known again."""
        id_ = self._id_of.pop(visitor, None)
        if id_ is None:
            return False
        self._drop(visitor, id_)
        lingers = visitor.remembered and id_ not in self._tabs
        if lingers:
            self._leaving[id_] = now + LINGER_SECONDS, visitor.seen()
        return lingers

    def shown(self, now: float) -> dict[str, Seen]:
        """As many as may be shown: who is between two pages, the busy ones, then who came last."""
        self._leaving = {id_: one for id_, one in self._leaving.items() if one[0] > now}
        shown: dict[str, Seen] = {}
        size = 0
        for id_, seen, length in self._in_order():
            size += length
            if len(shown) == MOST or size > MOST_BYTES:
                break
            shown[id_] = seen
        return shown

    def _in_order(self) -> Iterator[tuple[str, Seen, int]]:
        for id_, (_, seen) in self._leaving.items():
            yield id_, seen, len(_encode(seen))
        for id_ in chain(reversed(self._busy), reversed(self._idle)):
            known = self._seen.get(id_)
            if known is None:
                seen = self._joined(id_)
                known = self._seen[id_] = seen, len(_encode(seen))
            yield id_, *known

    def _joined(self, id_: str) -> Seen:
        first, *others = (tab.seen() for tab in self._tabs[id_])
        for other in others:
            first = joined(first, other)
        return first

    def _line_up(self, id_: str) -> None:
        self._seen.pop(id_, None)
        busy = any(tab.busy for tab in self._tabs[id_])
        row, other = (self._busy, self._idle) if busy else (self._idle, self._busy)
        other.pop(id_, None)
        row.setdefault(id_)

    def _drop(self, visitor: Present, id_: str) -> None:
        tabs = self._tabs[id_]
        tabs.remove(visitor)
        if tabs:
            self._line_up(id_)
            return
        for known in (self._tabs, self._busy, self._idle, self._seen):
            known.pop(id_, None)


def _since(visitor: Present) -> int:
    return visitor.since
