"""The channels of a desk: which are open, which are free and since when, which conversation sits on which.

Every step takes constant time, also with ten thousand channels. An operator's free channels stand in the order in
which they became free.
"""

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from services.conversations.domain.snapshots import Channel

_Row = OrderedDict[int, None]


class Channels:
    """`open` are all channels by number, `busy` counts conversations on them."""

    __slots__ = ("_free_of", "_taken_of", "busy", "next_number", "open")

    def __init__(self) -> None:
        self.open: dict[int, Channel] = {}
        self.busy = 0
        self.next_number = 1
        self._free_of: dict[str, _Row] = {}
        self._taken_of: dict[str, dict[int, None]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Channels) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    # Questions

    def longest_free_of(self, operator: str) -> int | None:
        """The channel of an operator that has been free longest."""
        return next(iter(self._free_of.get(operator, ())), None)

    def free_of(self, operator: str) -> list[int]:
        """The free channels of an operator, longest free first."""
        return list(self._free_of.get(operator, ()))

    def taken_of(self, operator: str) -> list[int]:
        """The channels of an operator with a conversation, in the order in which they were taken."""
        return list(self._taken_of.get(operator, ()))

    def held_by(self, operator: str) -> list[UUID]:
        """The conversations on the channels of an operator."""
        sitting = (self.open[number].conversation for number in self._taken_of.get(operator, ()))
        return [conversation for conversation in sitting if conversation is not None]

    def holds_any(self, operator: str) -> bool:
        return bool(self._taken_of.get(operator))

    def stays_open(self, number: int) -> bool:
        """Whether a channel is free again after its conversation, as long as its operator is online."""
        channel = self.open[number]
        return channel.reopens and not channel.closing

    def in_order(self) -> list[int]:
        """All free channels, of each operator the longest free first."""
        return [number for row in self._free_of.values() for number in row]

    # Changes

    def add(self, number: int, operator: str, *, reopens: bool) -> None:
        """A channel opens, free."""
        self.open[number] = Channel(operator=operator, reopens=reopens)
        self.next_number = max(self.next_number, number + 1)
        self._set_free(number, operator)

    def close(self, number: int) -> None:
        """A free channel is gone; a busy one will be once its conversation has ended."""
        channel = self.open[number]
        if channel.conversation is not None:
            channel.closing = True
            return
        del self.open[number]
        self._take_from_free(number, channel.operator)

    def occupy(self, number: int, conversation: UUID) -> None:
        channel = self.open[number]
        channel.conversation = conversation
        self._take_from_free(number, channel.operator)
        self._taken_of.setdefault(channel.operator, {})[number] = None
        self.busy += 1

    def release(self, number: int, *, closed: bool) -> None:
        """The conversation on a channel is over; the channel is free again, or gone if `closed`."""
        channel = self.open[number]
        channel.conversation = None
        taken = self._taken_of[channel.operator]
        del taken[number]
        if not taken:
            del self._taken_of[channel.operator]
        self.busy -= 1
        if closed:
            del self.open[number]
        else:
            self._set_free(number, channel.operator)

    def close_all_of(self, operator: str) -> None:
        """The operator leaves."""
        for number in [*self._free_of.get(operator, ()), *self._taken_of.get(operator, ())]:
            self.close(number)

    def keep_all_of(self, operator: str) -> None:
        """The operator returns: channels that were to close stay."""
        for number in self._taken_of.get(operator, ()):
            self.open[number].closing = False

    def restore(self, channels: dict[int, Channel], free: Iterable[int], next_number: int) -> None:
        """Takes over channels from a snapshot; `free` in order."""
        self.open = channels
        self.next_number = next_number
        for number in free:
            self._set_free(number, channels[number].operator)
        for number, channel in channels.items():
            if channel.conversation is not None:
                self._taken_of.setdefault(channel.operator, {})[number] = None
                self.busy += 1

    def _set_free(self, number: int, operator: str) -> None:
        self._free_of.setdefault(operator, OrderedDict())[number] = None

    def _take_from_free(self, number: int, operator: str) -> None:
        row = self._free_of[operator]
        del row[number]
        if not row:
            del self._free_of[operator]
