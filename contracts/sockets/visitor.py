"""Frames of `/v1/visitor`."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from contracts.conversations.appearance import ColourPair, InvitationId
from contracts.conversations.commands import Score
from contracts.conversations.departments import DepartmentId
from contracts.conversations.settings import FormFields
from contracts.desks import Availability as AvailabilityState
from contracts.ids import CommandId
from contracts.sockets.common import (
    ConversationRef,
    End,
    Frame,
    Operator,
    Read,
    Received,
    Resume,
    Say,
    Seq,
    Text,
    Typing,
)

Short = Annotated[str, Meta(max_length=300)]
Url = Annotated[str, Meta(max_length=2_000)]


class PageInfo(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    url: Url
    title: Short = ""


class Cart(Struct, frozen=True, omit_defaults=True):
    """What the visitor is about to buy."""

    pieces: Annotated[int, Meta(ge=0, le=1_000_000)]
    total: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")] | None = None


class ResumeFrom(Struct, frozen=True, forbid_unknown_fields=True):
    conversation: ConversationRef
    after: Seq


class Hello(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first frame, within 10 s. `identity` is the shop's signed token for a signed-in customer."""

    token: Annotated[str, Meta(max_length=4_000)] | None = None
    identity: Annotated[str, Meta(max_length=8_000)] | None = None
    locale: Annotated[str, Meta(max_length=35)] = "en"
    page: PageInfo | None = None
    resume: ResumeFrom | None = None


class Start(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`consent`: the box of `privacy` is ticked. `invitation`: the one that is taken up."""

    id: CommandId
    text: Text | None = None
    fields: Annotated[dict[Short, Text], Meta(max_length=20)] | None = None
    department: DepartmentId | None = None
    consent: bool = False
    invitation: InvitationId | None = None


class Rate(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: CommandId
    conversation: ConversationRef
    score: Score
    comment: Text | None = None


class Page(Frame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The visitor looks at another page, or changed the cart: `Cart`, with whatever else the page likes to pass."""

    conversation: ConversationRef | None = None
    url: Url
    title: Short = ""
    cart: dict[str, Any] | None = None


VisitorFrame = Hello | Start | Say | End | Rate | Resume | Typing | Read | Received | Page
visitor_decoder: Final[msgspec.json.Decoder[VisitorFrame]] = msgspec.json.Decoder(VisitorFrame)


# From the gateway


class VisitorInfo(Struct, frozen=True, kw_only=True):
    """Who a visitor is to the outside: a guest id, or the shop's own customer id.

    `fields` is what they filled in before the conversation.
    """

    id: str
    signed_in: bool
    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    fields: dict[str, str] | UnsetType = UNSET


class ColoursShown(Struct, frozen=True, kw_only=True):
    """Of the widget's parts; an empty colour is as shipped."""

    header: ColourPair
    operator: ColourPair
    visitor: ColourPair


class PrivacyShown(Struct, frozen=True, kw_only=True):
    """What is said before the visitor says anything. `consent`: a box must be ticked."""

    notice: str
    link: str
    consent: bool


class Appearance(Struct, frozen=True, kw_only=True):
    """Texts of the visitor's language, else of the shop's first. `attachments`: files may be sent."""

    language: str
    header: str
    welcome: str
    operator_name: str
    attachments: bool = True
    colours: ColoursShown | UnsetType = UNSET
    privacy: PrivacyShown | UnsetType = UNSET


class InvitationRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When the widget invites by itself: `Invitation` of the settings, in the visitor's language."""

    id: str
    text: str
    after: int = 0
    page: str = ""
    cart: float | None = None


class PushOffer(Struct, frozen=True, kw_only=True):
    """The pages show the bell: `key` is the shop's for `PushManager.subscribe` (RFC 8292), `worker` the path of the
    service worker file on the shop's own origin."""

    key: str
    worker: str


class CurrentConversation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: UUID
    status: Literal["waiting", "open", "ended"]
    seq: int
    operator: Operator | UnsetType = UNSET
    place: int | UnsetType = UNSET


class Previous(Struct, frozen=True, kw_only=True):
    """A conversation that is archived: `resume` brings its events."""

    id: UUID
    seq: int


class Welcome(Frame, frozen=True, kw_only=True):
    """Answers `hello`; missed events follow.

    `previous` is the last archived conversation of a visitor who is signed in. `chat_fields` is what is to be filled
    in before a conversation, absent if that is nothing. `invitations`: the rules that count, the first that holds wins.
    `push` is absent where there is none; `poll`: there is one to be shown, which `GET …/polls/current` tells.
    """

    visitor: VisitorInfo
    token: str
    availability: AvailabilityState
    appearance: Appearance
    conversation: CurrentConversation | UnsetType = UNSET
    read: dict[str, int] | UnsetType = UNSET
    received: dict[str, int] | UnsetType = UNSET
    previous: Previous | UnsetType = UNSET
    chat_fields: FormFields | UnsetType = UNSET
    invitations: tuple[InvitationRule, ...] = ()
    push: PushOffer | UnsetType = UNSET
    poll: bool = False


class Availability(Frame, frozen=True, kw_only=True):
    """What a new conversation would find, on every change."""

    state: AvailabilityState


class Place(Frame, frozen=True, kw_only=True):
    """The place (from 1) of the visitor's waiting conversation, whenever it has changed."""

    conversation: UUID
    place: int


class Invitation(Frame, frozen=True, kw_only=True):
    """One of the staff asks whether the visitor wants to talk: `start` with `invitation` "operator" takes it up."""

    text: str
    operator: Operator
