"""A shop's past with all that makes history forget: conversations deleted, persons erased, old things let go.

Persons come back after they were erased, under a new key; offline messages are left, answered, called and deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from contracts.conversations import events as happened
from contracts.ids import NAMESPACE, shop_aggregate_id
from services.common.person_keys import PersonKey
from tests.support.seed_log import SeededShop, Talk

CUSTOMERS = 40
KEPT = timedelta(hours=6)
"""How long the shop keeps what is archived, of a past of some days."""


@dataclass
class Left:
    """An offline message."""

    id: UUID
    key: PersonKey
    seq: int = 0


@dataclass
class LivedInShop(SeededShop):
    """`absent` are the conversations and messages that nobody may find any more; `erased` whose keys must go now."""

    absent: set[UUID] = field(default_factory=set)
    erased: list[str] = field(default_factory=list)
    let_go: list[tuple[datetime, datetime]] = field(default_factory=list)
    """When what was older than which moment was deleted."""
    last_day: bool = False
    """Set it to have the shop removed next."""
    removed: bool = False
    _customers: dict[str, PersonKey] = field(default_factory=dict)
    _of_person: dict[str, set[UUID]] = field(default_factory=dict)
    _finished: list[Talk] = field(default_factory=list)
    _left: list[Left] = field(default_factory=list)
    _shop_seq: int = 1
    _erasures: int = 0

    def next_events(self) -> Iterator[happened.Event]:
        if self.removed:
            return
        if self.last_day:
            yield from self._remove()
            return
        roll = self.chance.random()
        if roll < 0.04:
            yield from self._leave()
        elif roll < 0.06 and self._left:
            yield from self._treat(self.chance.choice(self._left))
        elif roll < 0.065 and self._finished:
            yield self._delete(self._finished.pop(self.chance.randrange(len(self._finished))))
        elif roll < 0.066 and self._of_person:
            yield from self._erase()
        elif roll < 0.0665:
            yield self._let_go()
        elif roll < 0.09 and self.talks:
            yield self._something_else(self.chance.choice(self.talks))
        else:
            yield from super().next_events()

    def keys_are_gone(self) -> None:
        """Who was erased may come back from here on."""
        self.erased.clear()

    def _remove(self) -> Iterator[happened.Event]:
        """The shop's end: the keys of all its persons must go."""
        self.removed = True
        yield self._shop(happened.ShopRemoved, author=self.operator)
        for talk in list(self.talks):
            yield from self._finish(talk)
        self.absent |= set(self.conversations) | {one.id for one in self._left}

    def _visitor(self) -> tuple[PersonKey, dict[str, object]]:
        if self.chance.random() < 0.7:
            return super()._visitor()
        number = self.chance.randrange(CUSTOMERS)
        key = self._customer(f"c_{self.shop}-{number}")
        return key, {"customer": str(number), "signed_in": True, "name": "Hannah", "email": f"h{number}@example.org"}

    def _customer(self, person: str) -> PersonKey:
        if person in self.erased:  # and their key is not gone yet: a guest for now
            return self._key(self._guest())
        if person not in self._customers:
            self._customers[person] = self._key(person)
        return self._customers[person]

    def _start(self, channel: int) -> Iterator[happened.Event]:
        yield from super()._start(channel)
        talk = self.talks[-1]
        self._of_person.setdefault(talk.key.person, set()).add(talk.id)

    def _finish(self, talk: Talk) -> Iterator[happened.Event]:
        yield from super()._finish(talk)
        self._finished.append(talk)

    def _something_else(self, talk: Talk) -> happened.Event:
        if self.chance.random() < 0.3:
            return self._of(talk, happened.TranscriptRequested, by="visitor", email="anna@example.org")
        if self.chance.random() < 0.5:
            return self._of(talk, happened.NoteAdded, operator=self.operator, text="A regular")
        return self._of(talk, happened.VisitorIdentified, visitor="c_other", customer="4711", name="Anna K.")

    def _leave(self) -> Iterator[happened.Event]:
        key, who = self._visitor()
        names = {"customer": who.get("customer"), "signed_in": who.get("signed_in", False)}
        left = Left(uuid5(NAMESPACE, self._command_id()), key)
        self._left.append(left)
        self._of_person.setdefault(key.person, set()).add(left.id)
        yield self._to(left, happened.OfflineMessageLeft, visitor=key.person, text="Do you ship?", **names)

    def _treat(self, left: Left) -> Iterator[happened.Event]:
        kind = self.chance.choice(["answer", "answer", "call", "delete"])
        if kind == "answer":
            answer = self._command_id()
            yield self._to(left, happened.OfflineMessageAnswered, operator=self.operator, answer=answer, text="We do")
        elif kind == "call":
            yield self._to(left, happened.OfflineMessageCalled, operator=self.operator)
        else:
            self._left.remove(left)
            self.absent.add(left.id)
            yield self._to(left, happened.OfflineMessageDeleted, operator=self.operator)

    def _delete(self, talk: Talk) -> happened.Event:
        self.absent.add(talk.id)
        return self._of(talk, happened.ConversationDeleted, author=self.operator)

    def _erase(self) -> Iterator[happened.Event]:
        person = self.chance.choice(list(self._of_person))
        gone = self._of_person.pop(person)
        self.absent |= gone
        self.erased.append(person)
        self._customers.pop(person, None)
        self._erasures += 1
        yield self._shop(happened.PersonErased, number=self._erasures, persons=[person], author=self.operator)
        for talk in [talk for talk in self.talks if talk.id in gone]:
            yield from self._finish(talk)
        self._finished = [talk for talk in self._finished if talk.id not in gone]
        self._left = [left for left in self._left if left.id not in gone]

    def _let_go(self) -> happened.Event:
        before = self.now - KEPT
        self.let_go.append((self.now, before))
        return self._desk(happened.RetentionApplied, conversations_before=before, offline_messages_before=before)

    def _to(self, left: Left, kind: type[happened.Event], **fields: object) -> happened.Event:
        as_talk = Talk(left.id, left.key, 0, 0, left.seq)
        event = self._of(as_talk, kind, **fields)
        left.seq = as_talk.seq
        return event

    def _shop(self, kind: type[happened.Event], **fields: object) -> happened.Event:
        self._shop_seq += 1
        return kind(
            originator_id=shop_aggregate_id(self.shop),
            originator_version=self._shop_seq,
            timestamp=self.now,
            shop=self.shop,
            **fields,  # type: ignore[arg-type]
        )
