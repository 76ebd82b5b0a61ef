"""The Desk's decisions about its operators and their channels."""

from collections.abc import Iterable
from typing import Literal

from contracts.conversations.events import (
    ChannelClosed,
    ChannelOpened,
    OperatorMarkedAway,
    OperatorMarkedBack,
    OperatorWentOffline,
    OperatorWentOnline,
)
from services.common.eventlog.aggregate import Cause
from services.conversations.domain.desk_state import DeskState
from services.conversations.domain.errors import ChannelNotFound, OperatorOffline


class StaffedDesk(DeskState):
    """*Slots* and *manual channels* are one model: going online opens channels, and each reopens by itself or not."""

    def anybody_online(self, department: str | None = None) -> bool:
        """Whether somebody, of a department if one is named, has gone online and not left, even if away."""
        return any(map(self.is_online, self._those_of(department)))

    def anybody_there(self, department: str | None = None) -> bool:
        """The same of who is not away."""
        return self.turns.first(department) is not None or any(map(self.is_there, self._those_of(department)))

    def _those_of(self, department: str | None) -> Iterable[str]:
        return self.operators if department is None else self.departments.get(department, ())

    def go_online(self, operator: str, channels: int | None, cause: Cause) -> None:
        """Opens what is missing to `channels`, or to the number of the rules; closes what is above `channels`.

        Going online while online changes nothing unless a number is given.
        """
        returning = not self.is_online(operator)
        taken = self.channels.taken_of(operator)
        staying = taken if returning else [number for number in taken if not self.channels.open[number].closing]
        free = self.channels.free_of(operator)
        wanted = channels
        if wanted is None:
            wanted = self._channels_at_first() if returning else 0
        missing = range(self.channels.next_number, self.channels.next_number + wanted - len(staying) - len(free))
        self.record(
            OperatorWentOnline, cause, operator=operator, channels=list(missing), reopens=self._new_channels_reopen()
        )
        surplus = len(staying) + len(free) - wanted if channels is not None else 0
        for number in [*reversed(free), *reversed(staying)][: max(0, surplus)]:
            self.record(ChannelClosed, cause, channel=number)

    def _channels_at_first(self) -> int:
        return self.rules.channels_per_operator if self.rules.mode == "slots" else 0

    def _new_channels_reopen(self) -> bool:
        return self.rules.mode == "slots" or self.rules.reopen_channels

    def leave(self, operator: str, reason: Literal["asked", "gone"], cause: Cause) -> None:
        """An operator goes offline: free channels close, busy ones will."""
        self.record(OperatorWentOffline, cause, operator=operator, reason=reason)

    def open_channel(self, operator: str, cause: Cause) -> None:
        """Raises `OperatorOffline`."""
        if not self.is_online(operator):
            raise OperatorOffline
        number = self.channels.next_number
        self.record(ChannelOpened, cause, channel=number, operator=operator, reopens=self._new_channels_reopen())

    def close_channel(self, operator: str, channel: int | None, cause: Cause) -> None:
        """Closes the named channel, or any free one. Raises `ChannelNotFound`."""
        number = channel if channel is not None else self.channels.longest_free_of(operator)
        found = self.channels.open.get(number) if number is not None else None
        if found is None or found.operator != operator:
            raise ChannelNotFound
        self.record(ChannelClosed, cause, channel=number)

    def mark_operator_away(self, operator: str, cause: Cause) -> None:
        """Their free channels take nobody."""
        if self.is_there(operator):
            self.record(OperatorMarkedAway, cause, operator=operator)

    def mark_operator_back(self, operator: str, cause: Cause) -> None:
        """Their free channels take conversations again, after those of all others."""
        if self.is_online(operator) and not self.is_there(operator):
            self.record(OperatorMarkedBack, cause, operator=operator)
