"""The Desk's decisions about conversations: it alone admits, assigns, releases, reopens and transfers."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from contracts.conversations.events import (
    ChannelReleased,
    ConversationAdmitted,
    ConversationLinedUp,
    ConversationMoved,
    ConversationPassedOver,
    ConversationPutAway,
    HandoverAsked,
    HandoverDropped,
    VisitorMarkedAway,
    VisitorMarkedBack,
    VisitorReidentified,
)
from services.common.eventlog.aggregate import Cause
from services.conversations.domain.desk_house import ShopDesk
from services.conversations.domain.errors import (
    AskedAlready,
    DepartmentNotFound,
    InAnotherConversation,
    NobodyOnline,
    NoFreeChannel,
    OperatorOffline,
)


class Desk(ShopDesk):
    """One a shop. At most `rules.limit` conversations sit on channels, one on each.

    A channel that is free goes first to what is handed over to a department of its operator, then to the first in
    line who may be served by its operator and is there, then to whoever comes. After every decision nobody is left
    waiting whom a free channel could serve.
    """

    # Who may come in

    def below_limit(self) -> bool:
        return self.channels.busy < self.rules.limit

    def known_department(self, department: str | None) -> str | None:
        """The department, if there is one of this id: what is meant for one that is no more is for anybody."""
        return department if department in self.departments else None

    def place_for_one_more(self, department: str | None = None, prefer: str | None = None) -> int | None:
        """The channel for a visitor who comes now, or None for the end of the line.

        It is one of the operator `prefer`, or else of the department's. Raises `NobodyOnline`, `NoFreeChannel`.
        """
        wanted = self.known_department(department)
        if not self.open:
            raise NobodyOnline("The shop is closed.")
        channel = self.room(wanted, prefer)
        if channel is None and not self.anybody_there(wanted):
            raise NobodyOnline
        if channel is None and not self.rules.line:
            raise NoFreeChannel
        return channel

    def room(self, department: str | None = None, prefer: str | None = None) -> int | None:
        """The channel for whoever comes now: what is free is awaited by nobody, or they would have it."""
        if not self.below_limit():
            return None
        if prefer is not None and self.is_there(prefer):
            preferred = self.channels.longest_free_of(prefer)
            if preferred is not None:
                return preferred
        return self._channel_of_next(department)

    def _channel_of_next(self, department: str | None, but_not: str | None = None) -> int | None:
        operator = self.turns.first(department, but_not)
        return None if operator is None else self.channels.longest_free_of(operator)

    def check_not_elsewhere(self, *people: str) -> None:
        """Nobody is in two conversations. Raises `InAnotherConversation`."""
        if self.seats.active_of(*people) is not None:
            raise InAnotherConversation

    def admit(
        self, conversation: UUID, visitor: str, origin: str, department: str | None, channel: int, cause: Cause
    ) -> str:
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
            department=department,
        )
        return operator

    def line_up(self, conversation: UUID, visitor: str, origin: str, department: str | None, cause: Cause) -> int:
        """Puts a conversation at the end of the line; says its place."""
        self.record(
            ConversationLinedUp,
            cause,
            conversation=conversation,
            visitor=visitor,
            origin=origin,
            department=department,
        )
        return len(self.seats.line)

    # Who is next

    def next_to_serve(self) -> tuple[UUID, int] | None:
        """The first in line who can be served, and the channel for them."""
        if not self.seats.line or not self.below_limit():
            return None
        for head in self.seats.line.heads():
            channel = self._channel_of_next(head.department)
            if channel is not None:
                return head.conversation, channel
        return None

    def next_to_move(self) -> tuple[UUID, int] | None:
        """The first conversation that can be handed over to a department, and the channel for it."""
        found = [move for department in self.handovers.departments() for move in self._moves(department)]
        return min(found)[1:] if found else None

    def _moves(self, department: str) -> Iterator[tuple[int, UUID, int]]:
        """The department's first that another than its holder can take."""
        if self.turns.first(department) is None:
            return
        for conversation, number in self.handovers.of(department).items():
            channel = self._channel_of_next(department, but_not=self.seats.all[conversation].operator)
            if channel is not None:
                yield number, conversation, channel
                return

    def unservable(self) -> list[UUID]:
        """Who waits though the shop is closed, or nobody is left online who might take them."""
        line = self.seats.line
        if not self.open:
            return list(line)
        served: dict[str | None, bool] = {}
        for conversation in line:
            department = line.department(conversation)
            if department not in served:
                served[department] = self.anybody_online(department)
        return [conversation for conversation in line if not served[line.department(conversation)]]

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

    # How they move

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
        if not self.below_limit() or self._somebody_waits_for(operator):
            raise NoFreeChannel
        return channel

    def _somebody_waits_for(self, operator: str) -> bool:
        """Whether a channel of theirs would be somebody else's, were they there."""
        theirs = [department for department, operators in self.departments.items() if operator in operators]
        coming = (conversation for department in theirs for conversation in self.handovers.of(department))
        return self.seats.line.anybody_for(theirs) or any(self.seats.all[one].operator != operator for one in coming)

    def check_can_hand_over(self, conversation: UUID, department: str) -> int | None:
        """The free channel in a department for a conversation that sits already; None: it has to wait for one.

        Raises `DepartmentNotFound`, `AskedAlready`.
        """
        if department not in self.departments:
            raise DepartmentNotFound
        if self.handovers.all.get(conversation) == department:
            raise AskedAlready
        return self._channel_of_next(department, but_not=self.seats.all[conversation].operator)

    def ask_handover(self, conversation: UUID, department: str, cause: Cause) -> None:
        """The next free channel of the department is for this conversation, before the whole line."""
        self.record(HandoverAsked, cause, conversation=conversation, department=department)

    def drop_handover(self, conversation: UUID, cause: Cause) -> None:
        """Its holder keeps it."""
        self.record(HandoverDropped, cause, conversation=conversation)

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

    # Their visitors

    def reidentify(self, conversation: UUID, visitor: str, cause: Cause) -> None:
        """A guest is now a signed-in visitor."""
        self.record(VisitorReidentified, cause, conversation=conversation, visitor=visitor)

    def mark_visitor_away(self, conversation: UUID, cause: Cause) -> None:
        """Who waits in line is passed over from here on, and keeps the place."""
        seat = self.seats.all.get(conversation)
        if seat is not None and seat.status != "ended" and seat.away_since is None:
            self.record(VisitorMarkedAway, cause, conversation=conversation)

    def mark_visitor_back(self, conversation: UUID, cause: Cause) -> None:
        """Who waits in line can be served again."""
        seat = self.seats.all.get(conversation)
        if seat is not None and seat.away_since is not None:
            self.record(VisitorMarkedBack, cause, conversation=conversation)
