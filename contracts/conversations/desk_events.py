"""Events of the Desk."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.conversations.settings import DeskRules
from contracts.event import Event


class DeskOpened(Event, frozen=True, kw_only=True, tag="desk.opened.v3"):
    """The shop's desk came into being."""

    rules: DeskRules


class RulesChanged(Event, frozen=True, kw_only=True, tag="desk.rules_changed.v3"):
    """The settings changed in what the Desk decides by."""

    rules: DeskRules


class OperatorWentOnline(Event, frozen=True, kw_only=True, tag="desk.operator_went_online.v1"):
    """An operator came online with these new channels, which `reopen` by themselves or don't."""

    operator: str
    channels: list[int]
    reopens: bool


class OperatorWentOffline(Event, frozen=True, kw_only=True, tag="desk.operator_went_offline.v1"):
    """An operator left. Free channels are closed, busy ones close when their conversations end."""

    operator: str
    reason: Literal["asked", "gone"]


class OperatorMarkedAway(Event, frozen=True, kw_only=True, tag="desk.operator_marked_away.v1"):
    """An online operator has no connection: their channels take no new conversation."""

    operator: str


class OperatorMarkedBack(Event, frozen=True, kw_only=True, tag="desk.operator_marked_back.v1"):
    """They are connected again."""

    operator: str


class ChannelOpened(Event, frozen=True, kw_only=True, tag="desk.channel_opened.v1"):
    """One more channel."""

    channel: int
    operator: str
    reopens: bool


class ChannelClosed(Event, frozen=True, kw_only=True, tag="desk.channel_closed.v1"):
    """A channel is gone, or, if busy, will be as soon as its conversation ends."""

    channel: int


class ConversationAdmitted(Event, frozen=True, kw_only=True, tag="desk.conversation_admitted.v2"):
    """A conversation sits on a channel: new, from the line, or reopened. `department`: for which it came."""

    conversation: UUID
    visitor: str
    origin: str
    channel: int
    operator: str
    department: str | None = None


class ConversationLinedUp(Event, frozen=True, kw_only=True, tag="desk.conversation_lined_up.v2"):
    """A conversation waits, behind all who wait already; `department`: only its operators may take it."""

    conversation: UUID
    visitor: str
    origin: str
    department: str | None = None


class ConversationPassedOver(Event, frozen=True, kw_only=True, tag="desk.conversation_passed_over.v1"):
    """A waiting conversation left the line without being served."""

    conversation: UUID
    reason: Literal["ended", "absent", "closed"]


class ChannelReleased(Event, frozen=True, kw_only=True, tag="desk.channel_released.v1"):
    """The conversation on a channel ended; the channel is free again, or closed if `closed`."""

    channel: int
    conversation: UUID
    closed: bool


class ConversationMoved(Event, frozen=True, kw_only=True, tag="desk.conversation_moved.v1"):
    """A conversation went to another operator's channel; its old channel is free, or closed if `closed`."""

    conversation: UUID
    channel: int
    operator: str
    from_channel: int
    closed: bool


class HandoverAsked(Event, frozen=True, kw_only=True, tag="desk.handover_asked.v1"):
    """A conversation on a channel waits for a channel of a department, before the whole line; another department's
    handover of it is void. It ends with the conversation's move or release."""

    conversation: UUID
    department: str


class HandoverDropped(Event, frozen=True, kw_only=True, tag="desk.handover_dropped.v1"):
    """The department is no more, or its holder keeps the conversation after all."""

    conversation: UUID


class HoursBegan(Event, frozen=True, kw_only=True, tag="desk.hours_began.v1"):
    """The shop is open by its opening hours."""


class HoursEnded(Event, frozen=True, kw_only=True, tag="desk.hours_ended.v1"):
    """The shop is closed by its opening hours: as if nobody were online, for those who come now."""


class VisitorBlocked(Event, frozen=True, kw_only=True, tag="desk.visitor_blocked.v1"):
    """Staff `author` wants to hear no more of the visitor of a conversation; `origin` is the conversation's."""

    visitor: str
    conversation: UUID
    author: str
    origin: str = ""


class VisitorUnblocked(Event, frozen=True, kw_only=True, tag="desk.visitor_unblocked.v1"):
    """Staff `author` lets them in again, has them erased, or blocked one more than are kept: then the oldest go."""

    visitor: str
    author: str


class ConversationPutAway(Event, frozen=True, kw_only=True, tag="desk.conversation_put_away.v1"):
    """A finished conversation left the desk for history."""

    conversation: UUID


class VisitorReidentified(Event, frozen=True, kw_only=True, tag="desk.visitor_reidentified.v1"):
    """The guest of a conversation on the desk is now this signed-in visitor."""

    conversation: UUID
    visitor: str


class VisitorTurnedAway(Event, frozen=True, kw_only=True, tag="desk.visitor_turned_away.v1"):
    """A start found no room (once a visitor and hour); reports and planning live on it."""

    visitor: str
    reason: Literal["limit", "offline"]


class VisitorMarkedAway(Event, frozen=True, kw_only=True, tag="desk.visitor_marked_away.v1"):
    """The visitor of a conversation on the desk has had no connection: for the time of the rules, or, while waiting in
    line, for so long that they are passed over."""

    conversation: UUID


class VisitorMarkedBack(Event, frozen=True, kw_only=True, tag="desk.visitor_marked_back.v1"):
    """The visitor is connected again."""

    conversation: UUID


class DeskClosed(Event, frozen=True, kw_only=True, tag="desk.closed.v1"):
    """The shop is gone, and its desk for good."""


class RetentionApplied(Event, frozen=True, kw_only=True, tag="desk.retention_applied.v1"):
    """What is older than the settings allow is deleted: no reader shows it again.

    It holds for archived conversations whose last message (without one, whose start) is older than
    `conversations_before`, and for offline messages left before `offline_messages_before`; None: for none.
    """

    conversations_before: datetime | None = None
    offline_messages_before: datetime | None = None


DeskEvent = (
    DeskOpened
    | RulesChanged
    | OperatorWentOnline
    | OperatorWentOffline
    | OperatorMarkedAway
    | OperatorMarkedBack
    | ChannelOpened
    | ChannelClosed
    | ConversationAdmitted
    | ConversationLinedUp
    | ConversationPassedOver
    | ChannelReleased
    | ConversationMoved
    | HandoverAsked
    | HandoverDropped
    | ConversationPutAway
    | VisitorReidentified
    | VisitorTurnedAway
    | VisitorMarkedAway
    | VisitorMarkedBack
    | VisitorBlocked
    | VisitorUnblocked
    | HoursBegan
    | HoursEnded
    | RetentionApplied
    | DeskClosed
)
