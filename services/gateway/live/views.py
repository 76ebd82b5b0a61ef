"""How an event looks on the wire, to each audience."""

from typing import Any, Final

import msgspec

from contracts.conversations.events import (
    ConversationArchived,
    ConversationDeleted,
    ConversationEnded,
    ConversationEvent,
    ConversationLeftLine,
    ConversationQueued,
    ConversationRated,
    ConversationReopened,
    ConversationStarted,
    ConversationTransferred,
    LeftUnanswered,
    MessageSaid,
    NoteAdded,
    OperatorAssigned,
    TranscriptRequested,
    TransferAsked,
    VisitorIdentified,
)
from contracts.envelope import rfc3339
from contracts.sockets.common import EventFrame
from services.common.attachments.details import details_in
from services.common.person_keys import PersonKey, Unreadable
from services.gateway.attachments.attachments import shown
from services.gateway.attachments.links import Links
from services.gateway.shops import StaffNames

VISITOR: Final = 0
OPERATOR: Final = 1

ERASED: Final = ""
"""Stands where a text can't be opened any more: its person was erased."""

Frames = tuple[str, str]
"""What visitors and what operators get of one event."""

_encode: Final = msgspec.json.Encoder().encode


class Views:
    """Builds frames of events. `key` is that of the conversation's person; None once it was erased."""

    def __init__(self, names: StaffNames, links: Links) -> None:
        self._names = names
        self._links = links

    def frames(self, event: ConversationEvent, key: PersonKey | None) -> Frames:
        """The frame for visitors and the one for operators; mostly the same string."""
        match event:
            case MessageSaid():
                return self._same(event, self._message(event, key))
            case ConversationStarted() | VisitorIdentified():
                return self._introduced(event, key)
            case NoteAdded():
                name = self._names.operator(event.shop, event.operator)
                note = {"operator": name, "author": name.name, "text": opened(key, event.text, "text")}
                return _frame(event, "none"), _frame(event, "note", note)
            case TranscriptRequested():
                return _frame(event, "none"), _frame(event, "transcript", {"by": event.by})
            case TransferAsked() | LeftUnanswered():
                return _frame(event, "none"), self._called(event)
            case OperatorAssigned():
                return self._same(event, ("assigned", {"operator": self._names.operator(event.shop, event.operator)}))
            case ConversationTransferred():
                return self._same(event, ("transferred", {"operator": self._names.operator(event.shop, event.to)}))
            case _:
                return self._same(event, _plain(event, key))

    def _message(self, event: MessageSaid, key: PersonKey | None) -> tuple[str, dict[str, Any]]:
        fields: dict[str, Any] = {"sender": event.sender, "text": opened(key, event.text, "text"), "id": event.message}
        if event.operator is not None:
            fields["author"] = self._names.name(event.shop, event.operator)
        if event.attachment_details is not None:
            details = details_in(opened(key, event.attachment_details, "attachment_details"))
            fields["attachments"] = [shown(one, self._links) for one in details]
        return "message", fields

    def _called(self, event: TransferAsked | LeftUnanswered) -> str:
        """What calls upon the staff."""
        operator = {} if event.operator is None else {"operator": self._names.operator(event.shop, event.operator)}
        if isinstance(event, LeftUnanswered):
            return _frame(event, "unanswered", {"since": rfc3339(event.since), **operator})
        department = self._names.department(event.shop, event.department)
        return _frame(event, "transfer_asked", {"department": department, **operator})

    def _introduced(self, event: ConversationStarted | VisitorIdentified, key: PersonKey | None) -> Frames:
        shown: dict[str, Any] = {"visitor": visitor_shown(event, key)}
        if isinstance(event, ConversationStarted):
            if event.department is not None:
                shown["department"] = event.department
            if event.consent:
                shown["consent"] = True
            if event.invitation is not None:
                shown["invitation"] = self._names.invitation(event.shop, event.invitation)
            return _frame(event, "started"), _frame(event, "started", shown)
        return _frame(event, "none"), _frame(event, "identified", shown)

    @staticmethod
    def _same(event: ConversationEvent, kind_and_fields: tuple[str, dict[str, Any]]) -> Frames:
        frame = _frame(event, *kind_and_fields)
        return frame, frame


def operators_of(event: ConversationEvent) -> list[str]:
    """The operators whom an event names."""
    return [one for field in ("operator", "to") if (one := getattr(event, field, None)) is not None]


def visitor_shown(event: ConversationStarted | VisitorIdentified, key: PersonKey | None) -> dict[str, Any]:
    """The visitor as operators see one: id, signed_in, locale, what the shop has vouched for, what they filled in."""
    signed_in = isinstance(event, VisitorIdentified) or event.signed_in
    shown: dict[str, Any] = {"id": event.visitor, "signed_in": signed_in}
    if event.customer is not None:
        shown["id"] = opened(key, event.customer, "customer") or event.visitor
    for field in ("name", "email", "phone"):
        sealed = getattr(event, field)
        if sealed is not None:
            shown[field] = opened(key, sealed, field)
    if isinstance(event, ConversationStarted):
        shown["locale"] = event.locale
    if isinstance(event, ConversationStarted) and event.fields is not None:
        shown["fields"] = filled_in(opened(key, event.fields, "fields"))
    return shown


def filled_in(text: str) -> dict[str, str]:
    """What was filled in before a conversation, as it was kept."""
    return msgspec.json.decode(text, type=dict[str, str]) if text else {}


def opened(key: PersonKey | None, sealed: str, field: str) -> str:
    """A personal field in clear."""
    if key is None:
        return ERASED
    try:
        return key.open(sealed, field)
    except Unreadable:
        return ERASED


def _plain(event: ConversationEvent, key: PersonKey | None) -> tuple[str, dict[str, Any]]:
    """Kind and fields of the events that name no operator."""
    match event:
        case ConversationQueued():
            return "waiting", {"place": event.place}
        case ConversationLeftLine():
            return "left_line", {}
        case ConversationEnded():
            return "ended", {"by": event.by}
        case ConversationReopened():
            return "reopened", {"by": event.by}
        case ConversationRated():
            comment = {"comment": opened(key, event.comment, "comment")} if event.comment is not None else {}
            return "rated", {"score": event.score, **comment}
        case ConversationArchived():
            return "archived", {}
        case ConversationDeleted():
            return "deleted", {}
        case _:
            return "none", {}


def _frame(event: ConversationEvent, kind: str, fields: dict[str, Any] | None = None) -> str:
    frame = EventFrame(
        conversation=event.originator_id,
        seq=event.originator_version,
        at=rfc3339(event.timestamp),
        kind=kind,
        **(fields or {}),
    )
    return _encode(frame).decode()
