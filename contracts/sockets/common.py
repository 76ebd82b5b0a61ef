"""Frames that both sockets share."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from contracts.answers import Code
from contracts.conversations.attachments import FILES_A_MESSAGE
from contracts.ids import CommandId

ConversationRef = Annotated[str, Meta(min_length=1, max_length=64)]
"""An opaque id: one that names nothing is answered `not_found`."""
Text = Annotated[str, Meta(description="1-4,000 characters after NFC normalisation, no control characters but \\n \\t")]
Seq = Annotated[int, Meta(ge=0, le=2**53)]


class Frame(Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower, omit_defaults=True):
    """A frame of either direction; the class name in lower case is its `type`."""


class Say(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`attachments` were uploaded before; with them the text may be empty."""

    id: CommandId
    conversation: ConversationRef
    text: Text
    attachments: Annotated[list[UUID], Meta(max_length=FILES_A_MESSAGE)] = []


class End(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef


class Resume(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for the events after `after`; answered by them and then `resumed`."""

    conversation: ConversationRef
    after: Seq


class Typing(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    conversation: ConversationRef | None = None
    on: bool = True


class Read(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything up to and with `upto` has been seen."""

    conversation: ConversationRef | None = None
    upto: Seq


class Received(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything up to and with `upto` has arrived at this client, be it seen or not. Has no answer."""

    conversation: ConversationRef | None = None
    upto: Seq


# From the gateway


class Operator(Struct, frozen=True):
    """An operator as others see one: `name` is the display name."""

    id: str
    name: str


class AttachmentShown(Struct, frozen=True, kw_only=True):
    """A file; `url`, relative to the gateway, is good for a day: afterwards read the event again for a new one."""

    id: UUID
    name: str
    type: str
    size: int
    url: str


class Stored(Frame, frozen=True, kw_only=True):
    """The command's events are committed. `token` comes with a guest's new conversation."""

    id: str
    seq: int
    conversation: UUID | UnsetType = UNSET
    token: str | UnsetType = UNSET


class Rejected(Frame, frozen=True, kw_only=True):
    """Nothing has changed. `retry_after` in seconds; `field` names what was filled in wrong, if that is why."""

    id: str | None
    code: Code
    detail: str
    retry_after: float | UnsetType = UNSET
    field: str | UnsetType = UNSET


class Resumed(Frame, frozen=True, kw_only=True):
    """All events up to `seq` have been sent. `read` and `received` are the highest `upto` by party."""

    conversation: UUID
    seq: int
    read: dict[str, int] = {}
    received: dict[str, int] = {}


class Heads(Frame, frozen=True, kw_only=True):
    """The newest `seq` by conversation: whoever has less asks with `resume`."""

    heads: dict[UUID, int]


class Closing(Frame, frozen=True, kw_only=True):
    """The gateway closes the socket in `after` seconds: come back elsewhere."""

    after: float


class TypingShown(Frame, frozen=True, kw_only=True, tag="typing", rename={"sender": "from"}):
    conversation: UUID
    sender: str
    on: bool


class ReadShown(Frame, frozen=True, kw_only=True, tag="read", rename={"sender": "from"}):
    conversation: UUID
    sender: str
    upto: int


class ReceivedShown(Frame, frozen=True, kw_only=True, tag="received", rename={"sender": "from"}):
    """What the other party has got, which is not yet to have read it."""

    conversation: UUID
    sender: str
    upto: int


class EventFrame(Frame, frozen=True, kw_only=True, tag="event", rename={"sender": "from"}):
    """One event of a conversation; which further fields it has depends on its `kind`.

    `department`: of `started` its id, of `transfer_asked` its name. Of `started`, for staff, also `consent`: the box
    beside the privacy notice was ticked; and `invitation`: the name of the rule that had invited, empty for staff.
    """

    conversation: UUID
    seq: int
    at: str
    kind: str
    place: int | UnsetType = UNSET
    operator: Operator | UnsetType = UNSET
    visitor: dict[str, Any] | UnsetType = UNSET
    sender: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    by: str | UnsetType = UNSET
    department: str | UnsetType = UNSET
    since: str | UnsetType = UNSET
    score: int | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    consent: bool | UnsetType = UNSET
    invitation: str | UnsetType = UNSET
    attachments: list[AttachmentShown] | UnsetType = UNSET
