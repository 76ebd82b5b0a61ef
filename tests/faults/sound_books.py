"""Books as a faultless product would leave them, for the tests of the checker to spoil."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts import ids, registry, subjects
from contracts.conversations import events as e
from contracts.conversations.settings import DeskRules
from tests.faults.books import Books, Published, ReadMessage, Row
from tests.support.journal import Entry, Frame

SHOPS = ("rose", "tulip")
LIMIT = 2
TEXT_SEALED = "1.sealed"


class Scribe:
    """Plays two shops with an operator, a talking and a silent visitor each, and keeps all books."""

    def __init__(self) -> None:
        self.journal: list[Entry] = []
        self.logs: dict[int, list[Row]] = {}
        self.messages: dict[UUID, list[ReadMessage]] = {}
        self._versions: dict[UUID, int] = {}
        self._now = 100.0
        for shop in SHOPS:
            self._play(shop)

    def books(self) -> Books:
        streams = {p: [_published(p, n, row) for n, row in enumerate(rows, 1)] for p, rows in self.logs.items()}
        silent = frozenset(f"{shop}/silent" for shop in SHOPS)
        collected = [message for stream in streams.values() for message in stream]
        return Books(self.journal, self.logs, streams, collected, self.messages, silent)

    def _play(self, shop: str) -> None:
        desk = ids.desk_id(shop)
        self._event(e.DeskOpened, desk, shop, rules=DeskRules(limit=LIMIT))
        self._event(e.OperatorWentOnline, desk, shop, operator="o_1", channels=[1, 2, 3], reopens=True)
        conversations = {name: self._start(shop, name, channel) for channel, name in enumerate(("v1", "silent"), 1)}
        for number in range(6):
            self._say(shop, "v1" if number % 2 else "op", conversations["v1"], f"{shop}-say-{number:04d}")
            self._say(shop, "op", conversations["silent"], f"{shop}-tell-{number:04d}")

    def _start(self, shop: str, name: str, channel: int) -> UUID:
        who, id_ = f"{shop}/{name}", f"{shop}-start-{name}"
        conversation = ids.conversation_id(shop, name, id_)
        self.note(who, "sent", {"type": "start", "id": id_, "text": f"I am {name}"})
        command = e.CommandRef(id=id_, sender=name)
        facts: dict[str, Any] = {"conversation": conversation, "visitor": name, "origin": name}
        self._event(e.ConversationAdmitted, ids.desk_id(shop), shop, channel=channel, operator="o_1", **facts)
        self._event(e.ConversationStarted, conversation, shop, visitor=name, origin=name, command=command)
        self._event(e.OperatorAssigned, conversation, shop, operator="o_1", channel=channel)
        self._said(shop, conversation, "visitor", id_, f"I am {name}")
        self.note(who, "stored", {"type": "stored", "id": id_, "seq": 1, "conversation": str(conversation)})
        return conversation

    def _say(self, shop: str, name: str, conversation: UUID, id_: str) -> None:
        who, text = f"{shop}/{name}", f"text of {id_}"
        self.note(who, "sent", {"type": "say", "id": id_, "conversation": str(conversation), "text": text})
        sender: e.Party = "operator" if name == "op" else "visitor"
        seq = self._said(shop, conversation, sender, id_, text, command=e.CommandRef(id=id_, sender=name))
        self.note(who, "stored", {"type": "stored", "id": id_, "seq": seq, "conversation": str(conversation)})

    def _said(self, shop: str, conversation: UUID, sender: e.Party, id_: str, text: str, **more: Any) -> int:
        facts = {"sender": sender, "message": id_, "text": TEXT_SEALED, **more}
        seq = self._event(e.MessageSaid, conversation, shop, shown={"text": text}, **facts)
        self.messages.setdefault(conversation, []).append(ReadMessage(seq, id_, sender, text))
        return seq

    def _event(self, kind: type[e.Event], aggregate: UUID, shop: str, shown: Frame | None = None, **facts: Any) -> int:
        version = self._versions.get(aggregate, 0) + 1
        self._versions[aggregate] = version
        at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self._now)
        event: Any = kind(originator_id=aggregate, originator_version=version, timestamp=at, shop=shop, **facts)
        rows = self.logs.setdefault(subjects.partition_of(shop), [])
        notification = rows[-1].notification + 1 if rows else 1
        rows.append(Row(notification, aggregate, version, e.topic_of(event), registry.encode(event), event))
        if e.topic_of(event).startswith("conversation."):
            self._show(shop, event, shown or {})
        return version

    def _show(self, shop: str, event: Any, shown: Frame) -> None:
        name = e.topic_of(event).split(".")[1]
        kind = {"operator_assigned": "assigned", "message_said": "message"}.get(name, name)
        frame = {"conversation": str(event.originator_id), "seq": event.originator_version, "kind": kind, **shown}
        if isinstance(event, e.MessageSaid):
            frame |= {"id": event.message, "from": event.sender}
        visitor = "v1" if event.originator_id == ids.conversation_id(shop, "v1", f"{shop}-start-v1") else "silent"
        for who in (f"{shop}/{visitor}", f"{shop}/op"):
            self.note(who, "event", frame)

    def note(self, who: str, what: str, frame: Frame) -> None:
        self._now += 0.001
        self.journal.append(Entry(self._now, who, what, frame))


def _published(partition: int, sequence: int, row: Row) -> Published:
    return Published(sequence, partition, row.notification, row.topic, row.state)


def sound_books() -> Books:
    """A fresh copy each time."""
    return Scribe().books()


def with_event(row: Row, **changes: Any) -> Row:
    """The row of an event that says something else; the payload goes along."""
    names = {"version": "originator_version", "aggregate": "originator_id"}
    facts = {names.get(key, key): value for key, value in changes.items() if key != "notification"}
    values = {name: getattr(row.event, name) for name in row.event.__struct_fields__} | facts
    event: Any = type(row.event)(**values)
    placed = {key: value for key, value in changes.items() if key in ("version", "aggregate", "notification")}
    return replace(row, event=event, state=registry.encode(event), **placed)
