"""History: from the events of conversations to the rows that the dashboard lists and reads.

Pure: rows and keys as they stood before a page of the log go in, what has changed comes out. Applying an event a
second time changes nothing, for a row knows the `seq` it has come to.

An erased person's key is gone: their conversations are absent, in a table kept up live and in one replayed alike.
"""

from typing import Final, assert_never, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET

from contracts.conversations import events as happened
from contracts.sockets.visitor import VisitorInfo
from services.common.attachments.details import names_in
from services.common.words import add_texts, add_who
from services.projections.rows import ConversationRow, MessageRow
from services.projections.texts import Reader, Texts

CONVERSATION_EVENTS: Final = frozenset(get_args(happened.ConversationEvent))

_encode = msgspec.json.Encoder().encode


class HistoryFold:
    """Takes the events of conversations in log order, and keeps what they change."""

    def __init__(self, known: dict[UUID, ConversationRow], reader: Reader) -> None:
        """`known` are the rows of the conversations that the page names, as far as there are any; it is updated."""
        self._rows = known
        self._reader = reader
        self._said: dict[UUID, list[str]] = {}
        self.messages: dict[UUID, list[MessageRow]] = {}
        self.removed: set[UUID] = set()

    @property
    def changed(self) -> list[ConversationRow]:
        """The rows to write."""
        rows = [self._rows[conversation] for conversation in self.messages]
        for row in rows:
            self._gather_words(row)
        return rows

    def apply(self, event: happened.ConversationEvent) -> None:
        row = self._rows.get(event.originator_id)
        if isinstance(event, happened.ConversationStarted):
            if row is None:
                self._start(event)
        elif row is not None and event.originator_version > row.seq:
            self._go_on(row, event)
        # else: a conversation that was deleted or erased, or an event of before

    def _start(self, event: happened.ConversationStarted) -> None:
        texts = self._reader.first(event, event.visitor)
        if texts is None:
            return  # erased
        row = self._rows[event.originator_id] = ConversationRow(
            id=event.originator_id,
            shop=event.shop,
            person=event.visitor,
            customer=texts.get("customer", event.visitor),
            signed_in=event.signed_in,
            locale=event.locale,
            name=texts.get("name"),
            email=texts.get("email"),
            phone=texts.get("phone"),
            status="waiting",
            started_at=event.timestamp,
            active_at=event.timestamp,
            seq=event.originator_version,
        )
        row.words = add_who("", row.customer, row.name, row.email, row.phone)
        visitor = _visitor(row, texts.get("fields"))
        started = MessageRow(row.id, row.seq, event.timestamp, "started", visitor=visitor, department=event.department)
        self.messages[row.id] = [started]

    def _go_on(self, row: ConversationRow, event: happened.ConversationEvent) -> None:
        if not self._reader.has_key(row.shop, row.person) or isinstance(event, happened.ConversationDeleted):
            self._remove(row)
            return
        row.seq = event.originator_version
        message = _change(row, event, self._reader.further(event, row.person))
        self.messages.setdefault(row.id, []).append(message)
        if said := [text for text in (message.text, names_in(message.attachments)) if text]:
            self._said.setdefault(row.id, []).extend(said)
        elif isinstance(event, happened.VisitorIdentified):
            self._gather_words(row)
            row.words = add_who(row.words, row.customer, row.name, row.email, row.phone)

    def _gather_words(self, row: ConversationRow) -> None:
        if said := self._said.pop(row.id, None):
            row.words = add_texts(row.words, said)

    def _remove(self, row: ConversationRow) -> None:
        del self._rows[row.id]
        self._said.pop(row.id, None)
        self.messages.pop(row.id, None)
        self.removed.add(row.id)


def _change(  # noqa: C901  # one case an event
    row: ConversationRow, event: happened.ConversationEvent, texts: Texts
) -> MessageRow:
    """What one event does to the row of its conversation, and the row of the event itself."""
    at = event.timestamp
    match event:
        case happened.MessageSaid():
            files = texts.get("attachment_details") or None
            row.last_message, row.last_message_at = texts["text"] or names_in(files), at
            row.last_from, row.active_at = event.sender, at
            row.message_count += 1
            said = MessageRow(
                row.id, row.seq, at, "message", event.sender, event.operator, event.message, texts["text"]
            )
            return said._replace(attachments=files)
        case happened.NoteAdded():
            return MessageRow(row.id, row.seq, at, "note", operator=event.operator, text=texts["text"])
        case happened.OperatorAssigned():
            row.status, row.operator = "open", event.operator
            return MessageRow(row.id, row.seq, at, "assigned", operator=event.operator)
        case happened.ConversationQueued():
            row.status, row.operator = "waiting", None
            return MessageRow(row.id, row.seq, at, "waiting", number=event.place)
        case happened.ConversationLeftLine():
            return MessageRow(row.id, row.seq, at, "left_line")  # its end follows
        case happened.TransferAsked():
            return MessageRow(
                row.id, row.seq, at, "transfer_asked", operator=event.operator, department=event.department
            )
        case happened.LeftUnanswered():
            return MessageRow(row.id, row.seq, at, "unanswered", operator=event.operator, since=event.since)
        case happened.ConversationTransferred():
            row.operator = event.to
            return MessageRow(row.id, row.seq, at, "transferred", operator=event.to)
        case happened.ConversationEnded():
            row.status, row.ended_at = "ended", at
            return MessageRow(row.id, row.seq, at, "ended", sender=event.by, operator=event.operator)
        case happened.ConversationReopened():
            row.status, row.ended_at = "waiting", None
            return MessageRow(row.id, row.seq, at, "reopened", sender=event.by)
        case happened.ConversationRated():
            row.rating = event.score
            return MessageRow(row.id, row.seq, at, "rated", number=event.score, text=texts.get("comment"))
        case happened.VisitorIdentified():
            row.customer, row.signed_in = texts["customer"], True
            row.name, row.email, row.phone = texts.get("name"), texts.get("email"), texts.get("phone")
            return MessageRow(row.id, row.seq, at, "identified", visitor=_visitor(row))
        case happened.TranscriptRequested():
            return MessageRow(row.id, row.seq, at, "transcript", event.by, event.operator, text=texts["email"])
        case happened.ConversationArchived():
            row.status, row.archived_at = "archived", at
            return MessageRow(row.id, row.seq, at, "archived")
        case happened.ConversationStarted() | happened.ConversationDeleted():
            raise AssertionError("a row's first event and its last are handled before")
        case _:
            assert_never(event)


def _visitor(row: ConversationRow, fields: str | None = None) -> str:
    """Who the visitor is, as the sockets show one, and what they filled in (JSON)."""
    known = {name: value for name in ("name", "email", "phone") if (value := getattr(row, name)) is not None}
    filled_in = msgspec.json.decode(fields, type=dict[str, str]) if fields else UNSET
    return _encode(VisitorInfo(id=row.customer, signed_in=row.signed_in, fields=filled_in, **known)).decode()
