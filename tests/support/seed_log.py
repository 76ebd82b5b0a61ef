"""Fills the log of an installation with a past: shops, operators and conversations that really could have been.

Events go straight into the partitions' tables by COPY, with texts sealed under keys that are in the key table, so
that workers, projections and gateways read them as their own.

    seeded = seed_log(settings, events=1_000_000, shops=40)
"""

import os
import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from contracts import registry, subjects
from contracts.conversations import events as happened
from contracts.conversations.settings import ShopSettings
from contracts.ids import conversation_id, desk_id, shop_aggregate_id
from services.common.key_store import owner_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey, seal_fields
from services.common.settings import Settings

BASE62 = string.digits + string.ascii_letters
SYLLABLES = ("de", "li", "ver", "to", "Kra", "ków", "size", "blue", "ship", "or", "re", "turn")
WORDS = ["".join(parts) for length in (1, 2, 3) for parts in product(SYLLABLES, repeat=length)]
OPEN_AT_ONCE = 20
ROWS_A_COPY = 20_000


@dataclass(frozen=True)
class Seeded:
    """What is in the log now. `persons` are the guests, by conversation."""

    events: int
    shops: list[str]
    conversations: dict[UUID, tuple[str, str]]


@dataclass
class Talk:
    """A conversation under way."""

    id: UUID
    key: PersonKey
    channel: int
    left: int
    seq: int = 0


@dataclass
class SeededShop:
    """One shop's past, made event by event; every event is consistent with those before."""

    shop: str
    master: MasterKey
    chance: random.Random
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    desk_seq: int = 0
    talks: list[Talk] = field(default_factory=list)
    keys: list[tuple[str, str, bytes]] = field(default_factory=list)
    conversations: dict[UUID, tuple[str, str]] = field(default_factory=dict)

    @property
    def operator(self) -> str:
        return f"o_{self.shop}"

    def opening(self) -> Iterator[happened.Event]:
        """The shop with its desk, and an operator with as many channels as are ever busy at once."""
        settings = ShopSettings(limit=OPEN_AT_ONCE, channels_per_operator=OPEN_AT_ONCE)
        yield happened.ShopCreated(
            originator_id=shop_aggregate_id(self.shop),
            originator_version=1,
            timestamp=self.now,
            shop=self.shop,
            settings=settings,
            author=self.operator,
        )
        yield self._desk(happened.DeskOpened, rules=settings.rules())
        yield self._desk(
            happened.OperatorWentOnline,
            operator=self.operator,
            channels=list(range(1, OPEN_AT_ONCE + 1)),
            reopens=True,
        )

    def next_events(self) -> Iterator[happened.Event]:
        """What one more command would have brought about."""
        self.now += timedelta(milliseconds=self.chance.randrange(1, 4_000))
        busy = {talk.channel for talk in self.talks}
        if len(busy) < OPEN_AT_ONCE and (not busy or self.chance.random() < 0.1):
            yield from self._start(min(set(range(1, OPEN_AT_ONCE + 1)) - busy))
            return
        talk = self.chance.choice(self.talks)
        talk.left -= 1
        yield from self._message(talk) if talk.left > 0 else self._finish(talk)

    def _start(self, channel: int) -> Iterator[happened.Event]:
        key, who = self._visitor()
        person, command = key.person, self._command_id()
        talk = Talk(conversation_id(self.shop, person, command), key, channel, self.chance.randrange(6, 18))
        self.talks.append(talk)
        self.conversations[talk.id] = (self.shop, person)
        yield self._of(
            talk,
            happened.ConversationStarted,
            visitor=person,
            origin="a" * 22,
            **who,
            page='{"url":"https://shop.example/blue","title":"Blue"}',
            command=happened.CommandRef(command, person, talk.key.digest("start", command)),
        )
        yield self._of(talk, happened.OperatorAssigned, operator=self.operator, channel=channel)
        yield from self._message(talk)
        yield self._desk(
            happened.ConversationAdmitted,
            conversation=talk.id,
            visitor=person,
            origin="a" * 22,
            channel=channel,
            operator=self.operator,
        )

    def _visitor(self) -> tuple[PersonKey, dict[str, object]]:
        """Who rings, and what is known of them."""
        return self._key(self._guest()), {"name": self.chance.choice(["Anna", "Żaneta", "Paul", None])}

    def _guest(self) -> str:
        return "g_" + "".join(self.chance.choices(BASE62, k=22))

    def _message(self, talk: Talk) -> Iterator[happened.Event]:
        by_operator = self.chance.random() < 0.5
        sender = self.operator if by_operator else talk.key.person
        command, text = self._command_id(), " ".join(self.chance.choices(WORDS, k=self.chance.randrange(3, 25)))
        yield self._of(
            talk,
            happened.MessageSaid,
            sender="operator" if by_operator else "visitor",
            operator=self.operator if by_operator else None,
            message=command,
            text=text,
            command=happened.CommandRef(command, sender, talk.key.digest("say", str(talk.id), text)),
        )

    def _finish(self, talk: Talk) -> Iterator[happened.Event]:
        self.talks.remove(talk)
        yield self._of(talk, happened.ConversationEnded, by="operator", operator=self.operator)
        yield self._desk(happened.ChannelReleased, channel=talk.channel, conversation=talk.id, closed=False)
        yield self._of(talk, happened.ConversationArchived)
        yield self._desk(happened.ConversationPutAway, conversation=talk.id)
        if self.chance.random() < 0.2:
            yield self._of(talk, happened.ConversationRated, score=self.chance.randrange(1, 6), comment="Thanks!")

    def _of(self, talk: Talk, kind: type[happened.Event], **fields: object) -> happened.Event:
        talk.seq += 1
        event = kind(originator_id=talk.id, originator_version=talk.seq, timestamp=self.now, shop=self.shop, **fields)  # type: ignore[arg-type]
        return seal_fields(event, talk.key)

    def _desk(self, kind: type[happened.Event], **fields: object) -> happened.Event:
        self.desk_seq += 1
        return kind(
            originator_id=desk_id(self.shop),
            originator_version=self.desk_seq,
            timestamp=self.now,
            shop=self.shop,
            **fields,  # type: ignore[arg-type]
        )

    def _key(self, person: str) -> PersonKey:
        key = os.urandom(KEY_BYTES)
        self.keys.append((self.shop, person, self.master.wrap(key, owner_of(self.shop, person))))
        return PersonKey(self.shop, person, key)

    def _command_id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"


def seed_log(settings: Settings, events: int, shops: int = 20, seed: int = 0) -> Seeded:
    """Write about `events` events for `shops` shops; the tables of the partitions must be there.

    The streams get them from the relay of whoever owns the partitions next.
    """
    chance = random.Random(seed)
    master = MasterKey.load(settings)
    pasts = [SeededShop(f"seed-{seed}-{number}", master, chance) for number in range(shops)]
    written = write_pasts(settings, pasts, events, chance)
    conversations = {talk: who for past in pasts for talk, who in past.conversations.items()}
    return Seeded(written, [past.shop for past in pasts], conversations)


def write_pasts(
    settings: Settings,
    pasts: Sequence[SeededShop],
    events: int,
    chance: random.Random,
    each: Callable[[], None] = lambda: None,
) -> int:
    """Write about `events` events of these shops, which take turns by chance; calls `each` after each part of them."""
    written = 0
    with (
        psycopg.connect(settings.dsn_of("log")) as log,
        psycopg.connect(settings.dsn_of("keys"), autocommit=True) as keys,
    ):
        waiting: dict[int, list[happened.Event]] = {}
        for past in pasts:
            waiting.setdefault(subjects.partition_of(past.shop), []).extend(past.opening())
        while written < events:
            rows = 0
            while rows < min(ROWS_A_COPY, events - written):
                past = chance.choice(pasts)
                batch = list(past.next_events())
                waiting.setdefault(subjects.partition_of(past.shop), []).extend(batch)
                rows += len(batch)
            _copy_keys(keys, pasts)
            written += sum(_copy_events(log, partition, batch) for partition, batch in waiting.items())
            log.commit()
            waiting.clear()
            each()
    return written


def _copy_keys(connection: psycopg.Connection[tuple[object, ...]], pasts: Sequence[SeededShop]) -> None:
    with connection.cursor().copy("COPY person_key (shop, person, wrapped) FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(["text", "text", "bytea"])
        for past in pasts:
            for row in past.keys:
                copy.write_row(row)
            past.keys.clear()


def _copy_events(
    connection: psycopg.Connection[tuple[object, ...]], partition: int, events: list[happened.Event]
) -> int:
    table = Identifier(f"log_{subjects.CONVERSATIONS}_{partition}", "stored_events")
    statement = SQL("COPY {} (originator_id, originator_version, topic, state) FROM STDIN (FORMAT binary)")
    with connection.cursor().copy(statement.format(table)) as copy:
        copy.set_types(["uuid", "int8", "text", "bytea"])
        for event in events:
            copy.write_row(
                (event.originator_id, event.originator_version, happened.topic_of(event), registry.encode(event))
            )
    return len(events)
