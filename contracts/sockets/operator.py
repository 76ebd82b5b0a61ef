"""Frames of `/v1/operator`."""

from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.conversations.commands import Channels
from contracts.desks import Status
from contracts.ids import CommandId
from contracts.sockets.common import ConversationRef, End, Frame, Operator, Read, Resume, Say, Text, Typing
from contracts.sockets.visitor import VisitorInfo


class Hello(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first frame, within 10 s. The session was checked before the socket opened."""


class GoOnline(Frame, frozen=True, kw_only=True, tag="go_online", forbid_unknown_fields=True):
    id: CommandId
    channels: Channels | None = None


class GoOffline(Frame, frozen=True, kw_only=True, tag="go_offline", forbid_unknown_fields=True):
    id: CommandId
    channels: Channels | None = None


class OpenChannel(Frame, frozen=True, kw_only=True, tag="open_channel", forbid_unknown_fields=True):
    id: CommandId
    channel: int | None = None


class CloseChannel(Frame, frozen=True, kw_only=True, tag="close_channel", forbid_unknown_fields=True):
    id: CommandId
    channel: int | None = None


class Reopen(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef


class Note(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef
    text: Text


class Transfer(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef
    to: str


class TakeOver(Frame, frozen=True, kw_only=True, tag="take_over", forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef


OperatorFrame = (
    Hello
    | GoOnline
    | GoOffline
    | OpenChannel
    | CloseChannel
    | Say
    | End
    | Reopen
    | Note
    | Transfer
    | TakeOver
    | Resume
    | Typing
    | Read
)
operator_decoder: Final[msgspec.json.Decoder[OperatorFrame]] = msgspec.json.Decoder(OperatorFrame)


# From the gateway


class LastMessage(Struct, frozen=True, kw_only=True, rename={"sender": "from"}):
    sender: str
    text: str
    at: str


class Summary(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conversation that is not archived, as the list shows it."""

    id: UUID
    status: Status
    visitor: VisitorInfo
    seq: int
    operator: Operator | UnsetType = UNSET
    last: LastMessage | UnsetType = UNSET
    read: dict[str, int] | UnsetType = UNSET


class OnlineOperator(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    online: bool
    away: bool


class Channel(Struct, frozen=True, kw_only=True, omit_defaults=True):
    channel: int
    operator: str
    conversation: UUID | UnsetType = UNSET


class DeskState(Struct, frozen=True, kw_only=True):
    """`online`: somebody of the shop is. `waiting` counts `line`, whose order is that of serving."""

    online: bool
    availability: Literal["online", "line", "form", "hidden"]
    operators: list[OnlineOperator]
    channels: list[Channel]
    limit: int
    busy: int
    waiting: int
    line: list[UUID]


class Desk(DeskState, frozen=True, kw_only=True, tag_field="type", tag="desk"):
    """The newest desk, within 250 ms of a change."""


class ShopInfo(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    languages: list[str]


class Welcome(Frame, frozen=True, kw_only=True):
    """Answers `hello`. Events of the listed conversations after their `seq` follow live."""

    operator: Operator
    shop: ShopInfo
    desk: DeskState
    conversations: list[Summary]
