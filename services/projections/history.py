"""History: from the events of conversations to the rows that the dashboard lists and reads.

Pure: rows and keys as they stood before a page of the log go in, what has changed comes out. Applying an event a
second time changes nothing, for a row knows the `seq` it has come to.

An erased person's key is gone: their conversations are absent here, in a table kept up live and in one replayed alike.
"""

from collections.abc import Mapping
from typing import TypeVar, assert_never
from uuid import UUID

import msgspec

from contracts.conversations import events as happened
from contracts.personal import personal_fields
from contracts.sockets.visitor import VisitorInfo
from services.common.person_keys import PersonKey, Unreadable, open_fields
from services.projections.rows import ConversationRow, MessageRow

ShopPerson = tuple[str, str]

EventT = TypeVar("EventT", bound=happened.Event)
NUL = "\0"
ERASED = ""
"""Stands for a text that nobody can read any more; nobody can say or write an empty one."""

_encode = msgspec.json.Encoder().encode


class HistoryFold:
    """Takes the events of one page, in log order, and keeps what they change."""

    def __init__(self, known: dict[UUID, ConversationRow], keys: Mapping[ShopPerson, PersonKey]) -> None:
        """`known` are the rows of the conversations that the page names, as far as there are any; it is updated."""
        self._rows = known
        self._keys = keys
        self.messages: dict[UUID, list[MessageRow]] = {}
        self.removed: set[UUID] = set()
        self.unreadable = 0
        """Texts that did not open although the person's key is there."""

    @property
    def changed(self) -> list[ConversationRow]:
        """The rows to write."""
        return [self._rows[conversation] for conversation in self.messages]

    def apply(self, event: happened.AnyEvent) -> None:
        """One event. Those of desks and shops change nothing in history."""
        if not isinstance(event, happened.ConversationEvent):
            return
        row = self._rows.get(event.originator_id)
        if isinstance(event, happened.ConversationStarted):
            if row is None:
                self._start(event)
        elif row is not None and event.originator_version > row.seq:
            self._go_on(row, event)
        # else: a conversation that was deleted or erased, or an event of before

    def _start(self, event: happened.ConversationStarted) -> None:
        key = self._keys.get((event.shop, event.visitor))
        if key is None:
            return  # erased
        try:
            event = _storable(open_fields(event, key))
        except Unreadable:  # sealed under a key of before the person was erased and came again
            self.unreadable += 1
            return
        row = self._rows[event.originator_id] = ConversationRow(
            id=event.originator_id,
            shop=event.shop,
            person=event.visitor,
            customer=event.customer or event.visitor,
            signed_in=event.signed_in,
            name=event.name,
            email=event.email,
            phone=event.phone,
            status="waiting",
            started_at=event.timestamp,
            active_at=event.timestamp,
            seq=event.originator_version,
        )
        started = MessageRow(row.id, row.seq, event.timestamp, "started", visitor=_visitor(row))
        self.messages[row.id] = [started]

    def _go_on(self, row: ConversationRow, event: happened.ConversationEvent) -> None:
        key = self._keys.get((row.shop, row.person))
        if key is None or isinstance(event, happened.ConversationDeleted):
            self._remove(row)
            return
        row.seq = event.originator_version
        message = _change(row, self._opened(event, key))
        if (messages := self.messages.get(row.id)) is None:
            messages = self.messages[row.id] = []
        messages.append(message)

    def _remove(self, row: ConversationRow) -> None:
        del self._rows[row.id]
        self.messages.pop(row.id, None)
        self.removed.add(row.id)

    def _opened(self, event: happened.ConversationEvent, key: PersonKey) -> happened.ConversationEvent:
        try:
            return _storable(open_fields(event, key))
        except Unreadable:
            self.unreadable += 1
            return msgspec.structs.replace(event, **dict.fromkeys(personal_fields(type(event)), ERASED))


def _change(row: ConversationRow, event: happened.ConversationEvent) -> MessageRow:  # noqa: C901  # a case an event
    """What one event does to the row of its conversation, and the row of the event itself."""
    at, line = event.timestamp, MessageRow(row.id, event.originator_version, event.timestamp, "")
    match event:
        case happened.MessageSaid():
            row.last_message, row.last_message_at, row.last_from = event.text, at, event.sender
            row.active_at = at
            row.message_count += 1
            return MessageRow(row.id, row.seq, at, "message", event.sender, event.operator, event.message, event.text)
        case happened.NoteAdded():
            return line._replace(kind="note", operator=event.operator, text=event.text)
        case happened.OperatorAssigned():
            row.status, row.operator = "open", event.operator
            return line._replace(kind="assigned", operator=event.operator)
        case happened.ConversationQueued():
            row.status, row.operator = "waiting", None
            return line._replace(kind="waiting", number=event.place)
        case happened.ConversationLeftLine():
            return line._replace(kind="left_line")  # its end follows
        case happened.ConversationTransferred():
            row.operator = event.to
            return line._replace(kind="transferred", operator=event.to)
        case happened.ConversationEnded():
            row.status, row.ended_at = "ended", at
            return line._replace(kind="ended", sender=event.by, operator=event.operator)
        case happened.ConversationReopened():
            row.status, row.ended_at = "waiting", None
            return line._replace(kind="reopened", sender=event.by)
        case happened.ConversationRated():
            row.rating = event.score
            return line._replace(kind="rated", number=event.score, text=event.comment)
        case happened.VisitorIdentified():
            row.customer, row.signed_in = event.customer, True
            row.name, row.email, row.phone = event.name, event.email, event.phone
            return line._replace(kind="identified", visitor=_visitor(row))
        case happened.ConversationArchived():
            row.status, row.archived_at = "archived", at
            return line._replace(kind="archived")
        case happened.ConversationStarted() | happened.ConversationDeleted():
            raise AssertionError("a row's first event and its last are handled before")
        case _:
            assert_never(event)


def _storable(event: EventT) -> EventT:
    """PostgreSQL keeps no NUL in a text, and a shop's identity token may hold one in a name."""
    clear = {name: text for name in personal_fields(type(event)) if (text := getattr(event, name)) and NUL in text}
    if not clear:
        return event
    return msgspec.structs.replace(event, **{name: text.replace(NUL, "\ufffd") for name, text in clear.items()})


def _visitor(row: ConversationRow) -> str:
    """Who the visitor is, as the sockets show one."""
    known = {name: value for name in ("name", "email", "phone") if (value := getattr(row, name)) is not None}
    return _encode(VisitorInfo(id=row.customer, signed_in=row.signed_in, **known)).decode()
