"""A shop's visitors out of what the gateways tell. Pure: time is an argument, in seconds."""

from dataclasses import dataclass, field
from typing import Final

from contracts.presence import OnSite, Seen
from contracts.sockets.operator import VisitorOnSite
from services.gateway.onsite.choosing import by_visitor, chosen

SILENT_AFTER_SECONDS: Final = 25.0
"""A gateway that says nothing for so long is gone, and its visitors with it."""


@dataclass(slots=True)
class _Told:
    """What one gateway has told."""

    number: int
    at: float
    here: dict[str, Seen] = field(default_factory=dict)
    more: int = 0


class Gathered:
    """Each gateway's visitors as it told them last."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def take(self, message: OnSite, now: float) -> bool:
        """False if something before it was missed: nothing is taken, and the whole is to be asked for."""
        told = self._told.get(message.gateway)
        if message.whole:
            told = self._told[message.gateway] = _Told(message.number, now)
        elif told is None or message.number != told.number + 1:
            return False
        told.number, told.at, told.more = message.number, now, message.more
        told.here |= {one.visitor.id: one for one in message.here}
        for id_ in message.gone:
            told.here.pop(id_, None)
        return True

    def forget_silent(self, now: float) -> bool:
        """Whether there were any."""
        silent = [name for name, told in self._told.items() if told.at + SILENT_AFTER_SECONDS < now]
        for name in silent:
            del self._told[name]
        return bool(silent)

    def shown(self) -> tuple[dict[str, VisitorOnSite], int]:
        """Whom to show, by id, and how many there are besides."""
        everybody = by_visitor(one for told in self._told.values() for one in told.here.values())
        some = chosen(everybody)
        more = len(everybody) - len(some) + sum(told.more for told in self._told.values())
        return {id_: one.visitor for id_, one in some.items()}, more
