"""The inbox: from the events of offline messages to the rows that the dashboard lists.

Pure, like history's fold beside it, and by the same rules: applying an event again changes nothing; what was deleted,
and what an erased person left, is absent.
"""

from typing import Final, assert_never, get_args
from uuid import UUID

from contracts.conversations import events as happened
from services.projections.rows import Answer, OfflineMessageRow
from services.projections.texts import Reader, Texts

OFFLINE_MESSAGE_EVENTS: Final = frozenset(get_args(happened.OfflineMessageEvent))


class InboxFold:
    """Takes events in log order, and keeps what they change."""

    def __init__(self, known: dict[UUID, OfflineMessageRow], reader: Reader) -> None:
        """`known` are the rows of the messages that the page names, as far as there are any; it is updated."""
        self._rows = known
        self._reader = reader
        self._changed: dict[UUID, OfflineMessageRow] = {}
        self.removed: set[UUID] = set()

    @property
    def changed(self) -> list[OfflineMessageRow]:
        """The rows to write."""
        return list(self._changed.values())

    def apply(self, event: happened.OfflineMessageEvent) -> None:
        row = self._rows.get(event.originator_id)
        if isinstance(event, happened.OfflineMessageLeft):
            if row is None:
                self._leave(event)
        elif row is not None and event.originator_version > row.seq:
            self._go_on(row, event)
        # else: a message that was deleted or erased, or an event of before

    def _leave(self, event: happened.OfflineMessageLeft) -> None:
        texts = self._reader.first(event, event.visitor)
        if texts is None:
            return  # erased
        row = self._rows[event.originator_id] = OfflineMessageRow(
            id=event.originator_id,
            shop=event.shop,
            person=event.visitor,
            signed_in=event.signed_in,
            locale=event.locale,
            left_at=event.timestamp,
            seq=event.originator_version,
            **{"customer": event.visitor, **texts},  # type: ignore[arg-type]  # the event's fields have the row's names
        )
        self._changed[row.id] = row

    def _go_on(self, row: OfflineMessageRow, event: happened.OfflineMessageEvent) -> None:
        if not self._reader.has_key(row.shop, row.person) or isinstance(event, happened.OfflineMessageDeleted):
            del self._rows[row.id]
            self._changed.pop(row.id, None)
            self.removed.add(row.id)
            return
        row.seq = event.originator_version
        _change(row, event, self._reader.further(event, row.person))
        self._changed[row.id] = row


def _change(row: OfflineMessageRow, event: happened.OfflineMessageEvent, texts: Texts) -> None:
    match event:
        case happened.OfflineMessageAnswered():
            answer = Answer(event.answer, event.operator, event.timestamp, texts["text"])
            row.answers = [*row.answers, answer]
            row.status, row.answered_at, row.answered_by = "answered", event.timestamp, event.operator
        case happened.OfflineMessageCalled():
            row.status, row.called_at, row.called_by = "called", event.timestamp, event.operator
        case happened.OfflineMessageLeft() | happened.OfflineMessageDeleted():
            raise AssertionError("a row's first event and its last are handled before")
        case _:
            assert_never(event)
