"""Commands of the `conversations` log: what somebody wants to happen, in the imperative.

A gateway makes them after it has checked the sender and sealed the personal fields. Deadlines and presence are
commands too, which the owner of a partition gives to itself, so that what follows from them is an event.
"""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from contracts.command import Command, SenderKind, kind_of
from contracts.conversations.appearance import InvitationId, Language, Text
from contracts.conversations.attachments import Attachments
from contracts.conversations.departments import DepartmentId
from contracts.conversations.offline_message_commands import (
    AnswerOfflineMessage,
    DeleteOfflineMessage,
    LeaveOfflineMessage,
    MarkOfflineMessageCalled,
    OfflineMessageCommand,
)
from contracts.conversations.settings import ShopSettings
from contracts.conversations.system_commands import (
    ApplyRetention,
    DropFromLine,
    EndForgottenConversation,
    MarkOperatorAway,
    MarkOperatorBack,
    MarkOperatorGone,
    MarkVisitorAway,
    MarkVisitorBack,
    NoticeUnanswered,
    SystemCommand,
    TurnHours,
)
from contracts.personal import Personal

__all__ = [
    "AddNote",
    "AnswerOfflineMessage",
    "AnyCommand",
    "ApplyRetention",
    "BlockVisitor",
    "ChangeSettings",
    "Channels",
    "CloseChannel",
    "Command",
    "ConversationCommand",
    "CreateShop",
    "DeleteCannedReply",
    "DeleteConversation",
    "DeleteOfflineMessage",
    "DeskCommand",
    "DropFromLine",
    "EndConversation",
    "EndForgottenConversation",
    "ErasePerson",
    "GoOffline",
    "GoOnline",
    "IdentifyVisitor",
    "LeaveOfflineMessage",
    "MarkOfflineMessageCalled",
    "MarkOperatorAway",
    "MarkOperatorBack",
    "MarkOperatorGone",
    "MarkVisitorAway",
    "MarkVisitorBack",
    "NoticeUnanswered",
    "OfflineMessageCommand",
    "OpenChannel",
    "RateConversation",
    "RemoveShop",
    "ReopenConversation",
    "RequestTranscript",
    "SaveCannedReply",
    "SayMessage",
    "Score",
    "SenderKind",
    "ShopCommand",
    "StartConversation",
    "SystemCommand",
    "TakeOverConversation",
    "TransferConversation",
    "TurnHours",
    "UnblockVisitor",
    "kind_of",
]

Score = Annotated[int, Meta(ge=1, le=5)]
Channels = Annotated[int, Meta(ge=0, le=100_000)]


class StartConversation(Command, frozen=True, kw_only=True):
    """A visitor rings the bell.

    `conversation` is derived from (shop, `visitor`, id). `visitor` is who the visitor is in this conversation (a guest
    gets a new id for each), `sender` who it was until now; `origin` is a keyed hash of the sender by which the Desk
    recognises a second start of the same guest.
    """

    conversation: UUID
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
    text: Personal | None = None
    department: DepartmentId | None = None
    consent: bool = False
    invitation: InvitationId | None = None


class SayMessage(Command, frozen=True, kw_only=True):
    """Either side says something; in an ended conversation a visitor's word reopens it.

    `attachment_details` is JSON about the files of `attachments`, with which the text may be empty.
    """

    conversation: UUID
    text: Personal
    attachments: Attachments = ()
    attachment_details: Personal | None = None


class AddNote(Command, frozen=True, kw_only=True):
    """An operator writes something down that the visitor never sees."""

    conversation: UUID
    text: Personal


class EndConversation(Command, frozen=True, kw_only=True):
    """Either side ends the conversation."""

    conversation: UUID


class ReopenConversation(Command, frozen=True, kw_only=True):
    """An operator takes up an ended conversation again."""

    conversation: UUID


class RateConversation(Command, frozen=True, kw_only=True):
    """The visitor's verdict, until 24 h after the archive."""

    conversation: UUID
    score: Score
    comment: Personal | None = None


class IdentifyVisitor(Command, frozen=True, kw_only=True):
    """A guest has signed in to the shop and keeps the conversation. `visitor` is the signed-in visitor."""

    conversation: UUID
    visitor: str
    customer: Personal
    name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None


class TransferConversation(Command, frozen=True, kw_only=True):
    """The holder hands the conversation to `to`: an operator, who needs a free channel, or a department, for whose
    next free channel it waits, still held, if there is none."""

    conversation: UUID
    to: str


class TakeOverConversation(Command, frozen=True, kw_only=True):
    """An operator takes a colleague's conversation, also one that was kept when its holder left."""

    conversation: UUID


class BlockVisitor(Command, frozen=True, kw_only=True):
    """Staff want to hear no more of this conversation's visitor; it ends if it goes on."""

    conversation: UUID


class DeleteConversation(Command, frozen=True, kw_only=True):
    """Staff delete an archived conversation from history."""

    conversation: UUID


class RequestTranscript(Command, frozen=True, kw_only=True):
    """Either side wants the conversation sent to `email`."""

    conversation: UUID
    email: Personal


class ErasePerson(Command, frozen=True, kw_only=True):
    """An owner erases one person for good. `persons`: all ids of this person, the one asked for first."""

    persons: Annotated[list[str], Meta(min_length=1, max_length=10_000)]


class RemoveShop(Command, frozen=True, kw_only=True):
    """The shop goes, with all that was ever said in it."""


class GoOnline(Command, frozen=True, kw_only=True):
    """An operator goes online; `channels` overrides how many channels open."""

    channels: Channels | None = None


class GoOffline(Command, frozen=True, kw_only=True):
    """An operator goes offline: finished conversations go to history."""


class OpenChannel(Command, frozen=True, kw_only=True):
    """An operator opens one more channel."""


class CloseChannel(Command, frozen=True, kw_only=True):
    """An operator closes a channel: the named one or any free one; a busy one closes when its conversation ends."""

    channel: int | None = None


class UnblockVisitor(Command, frozen=True, kw_only=True):
    """Staff let a blocked visitor in again."""

    visitor: str


class SaveCannedReply(Command, frozen=True, kw_only=True):
    """Staff make a canned reply, or change the one with this id. `shortcut` is without its slash."""

    reply: UUID
    shortcut: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]
    texts: Annotated[dict[Language, Text], Meta(min_length=1, max_length=30)]


class DeleteCannedReply(Command, frozen=True, kw_only=True):
    """Staff delete a canned reply."""

    reply: UUID


class CreateShop(Command, frozen=True, kw_only=True):
    """A shop comes into being, with its desk."""

    settings: ShopSettings


class ChangeSettings(Command, frozen=True, kw_only=True):
    """Staff change the settings; `settings` is the whole of the new ones.

    `base` is the digest of those that they were made from: refused as `not_open` if there are others by then. Empty:
    whatever the settings are.
    """

    settings: ShopSettings
    base: str = ""


ConversationCommand = (
    SayMessage
    | AddNote
    | EndConversation
    | ReopenConversation
    | RateConversation
    | IdentifyVisitor
    | TransferConversation
    | TakeOverConversation
    | BlockVisitor
    | DeleteConversation
    | RequestTranscript
)
DeskCommand = GoOnline | GoOffline | OpenChannel | CloseChannel | UnblockVisitor
ShopCommand = CreateShop | ChangeSettings | SaveCannedReply | DeleteCannedReply | ErasePerson | RemoveShop
AnyCommand = StartConversation | ConversationCommand | OfflineMessageCommand | DeskCommand | ShopCommand | SystemCommand
