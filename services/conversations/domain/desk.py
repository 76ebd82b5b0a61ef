"""The Desk's decisions: it alone admits, assigns, releases, reopens and transfers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from contracts.conversations.events import (
    ChannelClosed,
    ChannelOpened,
    ChannelReleased,
    ConversationAdmitted,
    ConversationLinedUp,
    ConversationMoved,
    ConversationPassedOver,
    ConversationPutAway,
    DeskClosed,
    DeskOpened,
    OperatorMarkedAway,
    OperatorMarkedBack,
    OperatorWentOffline,
    OperatorWentOnline,
    RetentionApplied,
    RulesChanged,
    VisitorMarkedAway,
    VisitorMarkedBack,
    VisitorReidentified,
    VisitorTurnedAway,
)
from contracts.conversations.settings import DeskRules
from services.conversations.domain.aggregate import Cause
from services.conversations.domain.desk_state import DeskState, hour_of
from services.conversations.domain.errors import (
    ChannelNotFound,
    InAnotherConversation,
    NobodyOnline,
    NoFreeChannel,
    OperatorOffline,
)


class Desk(DeskState):
    """One a shop. At most `rules.limit` conversations sit on channels, one on each; who waits is served in order."""

    # Who may come in

    def anybody_online(self) -> bool:
        """Whether somebody has gone online and not left, even if away."""
        return any(operator.online for operator in self.operators.values())

    def anybody_there(self) -> bool:
        """Whether somebody is online and not away."""
        if self.channels.longest_free() is not None:
            return True
        return any(operator.online and operator.away_since is None for operator in self.operators.values())

    def below_limit(self) -> bool:
        return self.channels.busy < self.rules.limit

    def room(self, prefer: str | None = None) -> int | None:
        """The channel for whoever comes now, preferably of one operator; nobody overtakes the line."""
        if self.seats.line or not self.below_limit():
            return None
        if prefer is not None and self.is_there(prefer):
            preferred = self.channels.longest_free_of(prefer)
            if preferred is not None:
                return preferred
        return self.channels.longest_free()

    def place_for_one_more(self, prefer: str | None = None) -> int | None:
        """The channel for a visitor who comes now, or None for the end of the line.

        Raises `NobodyOnline`, `NoFreeChannel`.
        """
        if not self.anybody_there():
            raise NobodyOnline
        channel = self.room(prefer)
        if channel is None and not self.rules.line:
            raise NoFreeChannel
        return channel

    def check_not_elsewhere(self, *people: str) -> None:
        """Nobody is in two conversations. Raises `InAnotherConversation`."""
        if self.seats.active_of(*people) is not None:
            raise InAnotherConversation

    def turn_away(self, visitor: str, reason: Literal["limit", "offline"], cause: Cause) -> None:
        """A start found no room; noted once a visitor and hour."""
        if visitor not in self.turned_away or hour_of(cause.at.timestamp()) != self.turned_away_hour:
            self.record(VisitorTurnedAway, cause, visitor=visitor, reason=reason)

    def admit(self, conversation: UUID, visitor: str, origin: str, channel: int, cause: Cause) -> str:
        """Seats a conversation on a free channel; says whose channel it is."""
        operator = self.channels.open[channel].operator
        self.record(
            ConversationAdmitted,
            cause,
            conversation=conversation,
            visitor=visitor,
            origin=origin,
            channel=channel,
            operator=operator,
        )
        return operator

    def line_up(self, conversation: UUID, visitor: str, origin: str, cause: Cause) -> int:
        """Puts a conversation at the end of the line; says its place."""
        self.record(ConversationLinedUp, cause, conversation=conversation, visitor=visitor, origin=origin)
        return len(self.seats.line)

    def next_to_serve(self) -> tuple[UUID, int] | None:
        """The head of the line and the channel for it, if there is one."""
        channel = self.channels.longest_free()
        if channel is None or not self.seats.line or not self.below_limit():
            return None
        return next(iter(self.seats.line)), channel

    def servable(self, freed: int) -> Iterator[UUID]:
        """Who is served at most, if that many channels or places below the limit come free."""
        return self.seats.head(freed)

    # How they leave

    def release(self, conversation: UUID, cause: Cause) -> None:
        """An open conversation has ended."""
        number = self._channel_of(conversation)
        self.record(ChannelReleased, cause, channel=number, conversation=conversation, closed=self._closes(number))

    def pass_over(self, conversation: UUID, reason: Literal["ended", "absent", "closed"], cause: Cause) -> None:
        """A waiting conversation leaves the line unserved."""
        self.record(ConversationPassedOver, cause, conversation=conversation, reason=reason)

    def keeps_finished(self, operator: str | None) -> bool:
        """Whether a conversation that ends now stays at hand: as long as its operator, or for nobody's anybody, is."""
        return self.is_online(operator) if operator is not None else self.anybody_online()

    def put_away(self, conversation: UUID, cause: Cause) -> None:
        """A finished conversation goes to history."""
        self.record(ConversationPutAway, cause, conversation=conversation)

    def check_can_take(self, operator: str, *, themselves: bool = False) -> int:
        """The free channel of an operator for a conversation that sits already; it counts for the limit as before.

        Who acts `themselves` is there, even if marked away. Raises `OperatorOffline`, `NoFreeChannel`.
        """
        if not (self.is_online(operator) if themselves else self.is_there(operator)):
            raise OperatorOffline
        channel = self.channels.longest_free_of(operator)
        if channel is None:
            raise NoFreeChannel
        return channel

    def check_can_reopen(self, operator: str) -> int:
        """The free channel of an operator for one conversation more. Raises as `check_can_take`."""
        channel = self.check_can_take(operator, themselves=True)
        if self.seats.line or not self.below_limit():
            raise NoFreeChannel
        return channel

    def move(self, conversation: UUID, channel: int, cause: Cause) -> None:
        """An open conversation goes to another free channel."""
        number = self._channel_of(conversation)
        self.record(
            ConversationMoved,
            cause,
            conversation=conversation,
            channel=channel,
            operator=self.channels.open[channel].operator,
            from_channel=number,
            closed=self._closes(number),
        )

    def _channel_of(self, conversation: UUID) -> int:
        number = self.seats.all[conversation].channel
        if number is None:
            raise LookupError(f"{conversation} sits on no channel")
        return number

    def _closes(self, number: int) -> bool:
        return not (self.channels.stays_open(number) and self.is_online(self.channels.open[number].operator))

    # Operators and their channels

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

    # Settings and presence

    def open_up(self, rules: DeskRules, cause: Cause) -> None:
        """The desk comes into being with its shop."""
        self.record(DeskOpened, cause, rules=rules)

    def change_rules(self, rules: DeskRules, cause: Cause) -> None:
        """Takes over new rules. Who sits or waits already stays, also above a lower limit."""
        if rules != self.rules:
            self.record(RulesChanged, cause, rules=rules)

    def retention_due(self) -> datetime | None:
        """When what is too old has to be deleted, None if never: once a day, and a while after that was changed."""
        kept = self.rules.retention
        if self.closed or (kept.conversations_days is None and kept.offline_messages_days is None):
            return None
        return self.retention_at

    def apply_retention(self, cause: Cause) -> None:
        """Says what is too old by now."""
        kept = self.rules.retention
        self.record(
            RetentionApplied,
            cause,
            conversations_before=_days_before(cause.at, kept.conversations_days),
            offline_messages_before=_days_before(cause.at, kept.offline_messages_days),
        )

    def close(self, cause: Cause) -> None:
        """The shop is gone; nobody sits or waits here any more."""
        self.record(DeskClosed, cause)

    def reidentify(self, conversation: UUID, visitor: str, cause: Cause) -> None:
        """A guest is now a signed-in visitor."""
        self.record(VisitorReidentified, cause, conversation=conversation, visitor=visitor)

    def mark_visitor_away(self, conversation: UUID, cause: Cause) -> None:
        seat = self.seats.all.get(conversation)
        if seat is not None and seat.status == "open" and seat.away_since is None:
            self.record(VisitorMarkedAway, cause, conversation=conversation)

    def mark_visitor_back(self, conversation: UUID, cause: Cause) -> None:
        seat = self.seats.all.get(conversation)
        if seat is not None and seat.away_since is not None:
            self.record(VisitorMarkedBack, cause, conversation=conversation)

    def mark_operator_away(self, operator: str, cause: Cause) -> None:
        if self.is_there(operator):
            self.record(OperatorMarkedAway, cause, operator=operator)

    def mark_operator_back(self, operator: str, cause: Cause) -> None:
        if self.is_online(operator) and not self.is_there(operator):
            self.record(OperatorMarkedBack, cause, operator=operator)


def _days_before(at: datetime, days: int | None) -> datetime | None:
    return None if days is None else at - timedelta(days=days)
