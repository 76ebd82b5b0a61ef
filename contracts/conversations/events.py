"""Events of the `conversations` log: what has happened, in the past tense, each version for ever.

The payload on the stream is byte for byte the state in the log, and complete in itself. The tag is
`<aggregate>.<event>.v<version>`; a shipped version never changes (`tests/contracts`), a new one gets a new class,
and `contracts.upcasters` leads from the old to the new.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from contracts.conversations.commands import Score
from contracts.conversations.settings import DeskRules, ShopSettings
from contracts.ids import CommandId, ShopId
from contracts.personal import Personal

Party = Literal["visitor", "operator", "system"]

_WIRE_NAMES = {"originator_id": "aggregate", "originator_version": "seq", "timestamp": "at"}


class CommandRef(Struct, frozen=True, omit_defaults=True):
    """The command that an event answers to; stands on the first event of each command that an aggregate keeps.

    An aggregate finds a retry by (`sender`, `id`) and tells it from an abuse of the id by `digest`.
    """

    id: CommandId
    sender: str
    digest: str = ""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", rename=_WIRE_NAMES):
    """What all events carry. The Python names of the first three are those of the `eventsourcing` library.

    `seq` starts at 1 in each aggregate and has no holes; `at` never goes back within one.
    """

    originator_id: UUID
    originator_version: int
    timestamp: datetime
    shop: ShopId
    command: CommandRef | None = None
    correlation: str = ""


# Shop


class ShopCreated(Event, frozen=True, kw_only=True, tag="shop.created.v1"):
    """A shop came into being; its Desk opens in the same transaction."""

    settings: ShopSettings
    author: str


class SettingsChanged(Event, frozen=True, kw_only=True, tag="shop.settings_changed.v1"):
    """Staff `author` changed the settings named in `changed`; `settings` is the whole of the new ones."""

    settings: ShopSettings
    author: str
    changed: list[str]


# Conversation


class ConversationStarted(Event, frozen=True, kw_only=True, tag="conversation.started.v1"):
    """A visitor rang. `visitor` is for good the person under whose key this conversation's texts are sealed."""

    visitor: str
    origin: str
    signed_in: bool = False
    locale: str = "en"
    customer: Personal | None = None
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    page: Personal | None = None
    fields: Personal | None = None


class ConversationQueued(Event, frozen=True, kw_only=True, tag="conversation.queued.v1"):
    """The conversation waits in line; `place` (from 1) is the one it had on joining."""

    place: int


class ConversationLeftLine(Event, frozen=True, kw_only=True, tag="conversation.left_line.v1"):
    """It waits no more without having been served."""

    reason: Literal["ended", "absent", "closed"]


class OperatorAssigned(Event, frozen=True, kw_only=True, tag="conversation.operator_assigned.v1"):
    """An operator holds the conversation from here on: at its start, from the line, or on reopening."""

    operator: str
    channel: int


class MessageSaid(Event, frozen=True, kw_only=True, tag="conversation.message_said.v1"):
    """Somebody said something. `operator` is who, if an operator did; `message` is the id of its command."""

    sender: Party
    message: str
    text: Personal
    operator: str | None = None


class NoteAdded(Event, frozen=True, kw_only=True, tag="conversation.note_added.v1"):
    """An operator noted something that the visitor never sees."""

    operator: str
    text: Personal


class ConversationTransferred(Event, frozen=True, kw_only=True, tag="conversation.transferred.v1"):
    """Another operator holds it now, handed over (`transfer`) or taken (`take_over`)."""

    to: str
    channel: int
    how: Literal["transfer", "take_over"]
    operator: str | None = None


class ConversationEnded(Event, frozen=True, kw_only=True, tag="conversation.ended.v1"):
    """It ended; until it is archived the visitor's next word reopens it."""

    by: Party
    reason: Literal["asked", "forgotten", "operator_left"] = "asked"
    operator: str | None = None


class ConversationReopened(Event, frozen=True, kw_only=True, tag="conversation.reopened.v1"):
    """It goes on; who holds it follows in the same transaction, or its place in line does."""

    by: Party


class ConversationRated(Event, frozen=True, kw_only=True, tag="conversation.rated.v1"):
    """The visitor's verdict; a later one takes the place of an earlier."""

    score: Score
    comment: Personal | None = None


class VisitorIdentified(Event, frozen=True, kw_only=True, tag="conversation.visitor_identified.v1"):
    """The guest signed in to the shop and is `visitor` from here on; the sealing key stays the guest's."""

    visitor: str
    customer: Personal
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None


class ConversationArchived(Event, frozen=True, kw_only=True, tag="conversation.archived.v1"):
    """It is history: closed to talk, open to a rating for 24 h, to deletion and erasure."""


class ConversationDeleted(Event, frozen=True, kw_only=True, tag="conversation.deleted.v1"):
    """Staff `author` deleted it: no reader shows it again."""

    author: str


# Desk


class DeskOpened(Event, frozen=True, kw_only=True, tag="desk.opened.v1"):
    """The shop's desk came into being."""

    rules: DeskRules


class RulesChanged(Event, frozen=True, kw_only=True, tag="desk.rules_changed.v1"):
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


class ConversationAdmitted(Event, frozen=True, kw_only=True, tag="desk.conversation_admitted.v1"):
    """A conversation sits on a channel: new, from the line, or reopened."""

    conversation: UUID
    visitor: str
    origin: str
    channel: int
    operator: str


class ConversationLinedUp(Event, frozen=True, kw_only=True, tag="desk.conversation_lined_up.v1"):
    """A conversation waits, behind all who wait already."""

    conversation: UUID
    visitor: str
    origin: str


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
    """The visitor of a conversation on the desk has had no connection for the time of the rules."""

    conversation: UUID


class VisitorMarkedBack(Event, frozen=True, kw_only=True, tag="desk.visitor_marked_back.v1"):
    """The visitor is connected again."""

    conversation: UUID


ShopEvent = ShopCreated | SettingsChanged
ConversationEvent = (
    ConversationStarted
    | ConversationQueued
    | ConversationLeftLine
    | OperatorAssigned
    | MessageSaid
    | NoteAdded
    | ConversationTransferred
    | ConversationEnded
    | ConversationReopened
    | ConversationRated
    | VisitorIdentified
    | ConversationArchived
    | ConversationDeleted
)
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
    | ConversationPutAway
    | VisitorReidentified
    | VisitorTurnedAway
    | VisitorMarkedAway
    | VisitorMarkedBack
)
AnyEvent = ShopEvent | ConversationEvent | DeskEvent


def topic_of(event: type[Event] | Event) -> str:
    """`conversation.message_said.v1`: the type of an event in the log and in `ce-type`."""
    return str(event.__struct_config__.tag)
