"""Frames of `/v1/operator`."""

from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from contracts.conversations.commands import Channels
from contracts.desks import Status
from contracts.ids import CommandId
from contracts.sockets.common import ConversationRef, End, Frame, Operator, Read, Received, Resume, Say, Text, Typing
from contracts.sockets.visitor import Cart, PageInfo, VisitorInfo


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


class Block(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hear no more of the conversation's visitor."""

    id: CommandId
    conversation: ConversationRef


class WatchVisitors(Frame, frozen=True, kw_only=True, tag="watch_visitors", forbid_unknown_fields=True):
    """Who is on the shop's pages comes as `visitors` from here on, or (`on` false) no more. Has no answer."""

    on: bool = True


class Invite(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask somebody on the shop's pages, by the id of `visitors`, whether they want to talk. Has no answer.

    Without `text` the shop's welcome stands there. Who is in a conversation is not asked.
    """

    visitor: Annotated[str, Meta(max_length=100)]
    text: Text | None = None


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
    | Block
    | WatchVisitors
    | Invite
    | Resume
    | Typing
    | Read
    | Received
)
operator_decoder: Final[msgspec.json.Decoder[OperatorFrame]] = msgspec.json.Decoder(OperatorFrame)


# From the gateway


class LastMessage(Struct, frozen=True, kw_only=True, rename={"sender": "from"}):
    sender: str
    text: str
    at: str


class Summary(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conversation that is not archived, as the list shows it. `department`: by its id."""

    id: UUID
    status: Status
    visitor: VisitorInfo
    seq: int
    operator: Operator | UnsetType = UNSET
    last: LastMessage | UnsetType = UNSET
    department: str | UnsetType = UNSET
    waiting_since: str | UnsetType = UNSET
    unanswered_since: str | UnsetType = UNSET
    read: dict[str, int] | UnsetType = UNSET
    received: dict[str, int] | UnsetType = UNSET


class OnlineOperator(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    online: bool
    away: bool


class Channel(Struct, frozen=True, kw_only=True, omit_defaults=True):
    channel: int
    operator: str
    conversation: UUID | UnsetType = UNSET


class DepartmentShown(Struct, frozen=True, kw_only=True):
    """`online` counts its operators who are there, `free` their free channels."""

    id: str
    name: str
    operators: list[str]
    online: int
    free: int


class HandoverShown(Struct, frozen=True, kw_only=True):
    conversation: UUID
    department: str


class DeskState(Struct, frozen=True, kw_only=True):
    """`online`: somebody of the shop is. `waiting` counts `line`, whose order is that of serving.

    `open`: by the opening hours. `absent`: conversations whose visitor is marked away. `handovers`: what waits,
    still held, for a channel of a department.
    """

    online: bool
    availability: Literal["online", "line", "form", "hidden"]
    operators: list[OnlineOperator]
    channels: list[Channel]
    limit: int
    busy: int
    waiting: int
    line: list[UUID]
    open: bool = True
    absent: list[UUID] = []
    departments: list[DepartmentShown] = []
    handovers: list[HandoverShown] = []


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


class Conversations(Frame, frozen=True, kw_only=True):
    """More of `welcome`'s conversations, right after it: what one frame can't hold.

    A `welcome` has at most 1 MiB. If all summaries don't fit, their last texts are cut to 200 characters, and what
    still doesn't fit comes in these.
    """

    conversations: list[Summary]


class VisitorOnSite(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who looks at the shop's pages now. `since`: when they came. `cart`: as the page has passed it.

    `conversation`: theirs, waiting, open, or ended and not archived. Of a page's address and title the beginning.
    """

    id: str
    signed_in: bool
    since: str
    name: str | UnsetType = UNSET
    conversation: UUID | UnsetType = UNSET
    page: PageInfo | UnsetType = UNSET
    cart: Cart | UnsetType = UNSET


class Visitors(Frame, frozen=True, kw_only=True):
    """Who is on the shop's pages, after `watch_visitors`; within 2 s of a change, and once somebody whom we will know
    again has been away for 3 s: they may be on their way to another page.

    `whole`: these are all of them, and whoever is not named is gone. Else `here` are new or changed, and `gone` left.
    `more`: how many beyond these there are, in a shop with very many: of 500 at most more is told than their number,
    first those in a conversation or with a cart, then who came last.
    """

    whole: bool
    here: list[VisitorOnSite]
    gone: tuple[str, ...] = ()
    more: int = 0
