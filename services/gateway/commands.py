"""Commands as gateways make them: personal fields sealed, with a digest that tells a retry from another command."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from contracts.conversations.attachments import AttachmentDetails
from contracts.conversations.commands import (
    AddNote,
    AnswerOfflineMessage,
    BlockVisitor,
    DeleteOfflineMessage,
    EndConversation,
    ErasePerson,
    IdentifyVisitor,
    LeaveOfflineMessage,
    MarkOfflineMessageCalled,
    RateConversation,
    ReopenConversation,
    RequestTranscript,
    SayMessage,
    SenderKind,
    StartConversation,
    TakeOverConversation,
    TransferConversation,
)
from contracts.conversations.settings import FormFields
from services.common.attachments.details import details_text
from services.common.person_keys import PersonKey
from services.gateway.access.visitor_ids import Identity, Visitor


class Sender(Struct, frozen=True):
    """Who sends commands, and what all of them carry."""

    shop: str
    kind: SenderKind
    id: str
    gateway: str
    correlation: str


def _common(sender: Sender, command: str, n: int, digest: str) -> dict[str, Any]:
    return {
        "id": command,
        "shop": sender.shop,
        "sender_kind": sender.kind,
        "sender": sender.id,
        "digest": digest,
        "gateway": sender.gateway,
        "n": n,
        "correlation": f"{sender.correlation}-{n}",
    }


def say(
    sender: Sender,
    command: str,
    n: int,
    conversation: str,
    text: str,
    key: PersonKey,
    kind: str = "say",
    files: Sequence[AttachmentDetails] = (),
) -> SayMessage:
    """`kind`: what the client sent, a `say` or a `start` that turned out to be one."""
    ids = [str(file.id) for file in files]
    return SayMessage(
        **_common(sender, command, n, key.digest(kind, conversation, text, *ids)),
        conversation=UUID(conversation),
        text=key.seal(text, "text"),
        attachments=tuple(file.id for file in files),
        attachment_details=key.seal(details_text(files), "attachment_details") if files else None,
    )


def note(sender: Sender, command: str, n: int, conversation: str, text: str, key: PersonKey) -> AddNote:
    return AddNote(
        **_common(sender, command, n, key.digest("note", conversation, text)),
        conversation=UUID(conversation),
        text=key.seal(text, "text"),
    )


def rate(
    sender: Sender, command: str, n: int, conversation: str, score: int, comment: str | None, key: PersonKey
) -> RateConversation:
    return RateConversation(
        **_common(sender, command, n, key.digest("rate", conversation, str(score), comment)),
        conversation=UUID(conversation),
        score=score,
        comment=None if comment is None else key.seal(comment, "comment"),
    )


def end(sender: Sender, command: str, n: int, conversation: str, key: PersonKey) -> EndConversation:
    return EndConversation(
        **_common(sender, command, n, key.digest("end", conversation)), conversation=UUID(conversation)
    )


def reopen(sender: Sender, command: str, n: int, conversation: str, key: PersonKey) -> ReopenConversation:
    return ReopenConversation(
        **_common(sender, command, n, key.digest("reopen", conversation)), conversation=UUID(conversation)
    )


def take_over(sender: Sender, command: str, n: int, conversation: str, key: PersonKey) -> TakeOverConversation:
    return TakeOverConversation(
        **_common(sender, command, n, key.digest("take_over", conversation)), conversation=UUID(conversation)
    )


def block(sender: Sender, command: str, n: int, conversation: str, key: PersonKey) -> BlockVisitor:
    return BlockVisitor(
        **_common(sender, command, n, key.digest("block", conversation)), conversation=UUID(conversation)
    )


def transfer(sender: Sender, command: str, n: int, conversation: str, to: str, key: PersonKey) -> TransferConversation:
    return TransferConversation(
        **_common(sender, command, n, key.digest("transfer", conversation, to)), conversation=UUID(conversation), to=to
    )


def start(
    sender: Sender,
    command: str,
    n: int,
    conversation: UUID,
    visitor: Visitor,
    origin: str,
    said: dict[str, str | None],
    locale: str,
    key: PersonKey,
    department: str | None = None,
    consent: bool = False,
    invitation: str | None = None,
) -> StartConversation:
    """`said`: `text`, `fields` and `page` in clear; a retry may come from another page."""
    identity = visitor.identity
    clear = {**said, **(_of_identity(identity) if identity else {})}
    sealed: dict[str, Any] = {field: key.seal(value, field) for field, value in clear.items() if value}
    return StartConversation(
        **_common(sender, command, n, key.digest("start", str(conversation), said.get("text"), said.get("fields"))),
        conversation=conversation,
        visitor=visitor.id,
        origin=origin,
        signed_in=identity is not None,
        locale=locale,
        department=department,
        consent=consent,
        invitation=invitation,
        **sealed,
    )


def identify(
    sender: Sender, command: str, n: int, conversation: UUID, visitor: Visitor, identity: Identity, key: PersonKey
) -> IdentifyVisitor:
    """`key` is the guest's, under which the conversation is sealed for good."""
    sealed: dict[str, Any] = {field: key.seal(value, field) for field, value in _of_identity(identity).items() if value}
    return IdentifyVisitor(
        **_common(sender, command, n, key.digest("identify", str(conversation), identity.sub)),
        conversation=conversation,
        visitor=visitor.id,
        **sealed,
    )


def request_transcript(
    sender: Sender, command: str, n: int, conversation: str, email: str, key: PersonKey
) -> RequestTranscript:
    return RequestTranscript(
        **_common(sender, command, n, key.digest("request_transcript", conversation, email)),
        conversation=UUID(conversation),
        email=key.seal(email, "email"),
    )


def leave_offline_message(
    sender: Sender,
    command: str,
    n: int,
    message: UUID,
    visitor: Visitor,
    answers: dict[str, str],
    page: str | None,
    locale: str,
    key: PersonKey,
    consent: bool = False,
) -> LeaveOfflineMessage:
    """`answers`: the form's fields in clear; a retry may come from another page."""
    identity, said = visitor.identity, {name: answers.get(name) for name in sorted(FormFields.__struct_fields__)}
    clear = {"text" if name == "message" else name: text for name, text in said.items()}
    clear |= {"page": page, "customer": identity.sub if identity else None}
    sealed: dict[str, Any] = {field: key.seal(value, field) for field, value in clear.items() if value}
    return LeaveOfflineMessage(
        **_common(sender, command, n, key.digest("leave_offline_message", str(message), *said.values())),
        message=message,
        visitor=visitor.id,
        signed_in=identity is not None,
        locale=locale,
        consent=consent,
        **sealed,
    )


def answer_offline_message(
    sender: Sender, command: str, n: int, message: UUID, text: str, key: PersonKey
) -> AnswerOfflineMessage:
    return AnswerOfflineMessage(
        **_common(sender, command, n, key.digest("answer_offline_message", str(message), text)),
        message=message,
        text=key.seal(text, "text"),
    )


def mark_offline_message_called(sender: Sender, command: str, n: int, message: UUID) -> MarkOfflineMessageCalled:
    """Nothing personal is in it, so the digest is the words themselves."""
    return MarkOfflineMessageCalled(**_common(sender, command, n, f"called\n{message}"), message=message)


def delete_offline_message(sender: Sender, command: str, n: int, message: UUID) -> DeleteOfflineMessage:
    """As the one before."""
    return DeleteOfflineMessage(**_common(sender, command, n, f"delete\n{message}"), message=message)


def erase_person(sender: Sender, command: str, n: int, persons: list[str]) -> ErasePerson:
    """Nothing personal is in it: `persons` are opaque ids. A retry is about the same first one."""
    return ErasePerson(**_common(sender, command, n, f"erase\n{persons[0]}"), persons=persons)


def _of_identity(identity: Identity) -> dict[str, str | None]:
    return {
        "customer": identity.sub,
        "name": identity.name or None,
        "email": identity.email,
        "phone": identity.phone,
    }
