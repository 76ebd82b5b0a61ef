"""Conversations and offline messages told event by event, sealed as a gateway would, for tests of log readers."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from contracts import registry, subjects
from contracts.conversations import events as happened
from contracts.conversations.attachments import AttachmentDetails
from contracts.conversations.settings import ShopSettings
from contracts.event import CommandRef
from contracts.ids import desk_id, shop_aggregate_id
from services.common.attachments.details import details_text
from services.common.key_store import owner_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey, seal_fields
from services.common.settings import Settings

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Told:
    """One conversation or offline message. Each call adds an event to `events`, a second after the one before."""

    def __init__(self, shop: str = "demo", person: str | None = None, start: datetime = START) -> None:
        self.shop = shop
        self.person = person or f"g_{uuid4().hex[:22]}"
        self.id: UUID = uuid4()
        self.secret = os.urandom(KEY_BYTES)
        self.key = PersonKey(shop, self.person, self.secret)
        self.events: list[happened.ConversationEvent | happened.OfflineMessageEvent] = []
        self._now = start

    def add(self, kind: type[happened.Event], **fields: Any) -> "Told":
        """An event with its personal fields given in clear."""
        event = kind(
            originator_id=self.id,
            originator_version=len(self.events) + 1,
            timestamp=self._now,
            shop=self.shop,
            **fields,
        )
        self._now += timedelta(seconds=1)
        self.events.append(seal_fields(event, self.key))  # type: ignore[arg-type]  # events of conversations and offline messages only
        return self

    def started(self, **fields: Any) -> "Told":
        self.add(happened.ConversationStarted, visitor=self.person, origin="origin", **fields)
        return self.add(happened.OperatorAssigned, operator="o_ann", channel=1)

    def visitor_says(self, text: str) -> "Told":
        return self.add(happened.MessageSaid, sender="visitor", message=f"m-{len(self.events):08d}", text=text)

    def visitor_sends(self, *names: str, text: str = "") -> "Told":
        """Files, with which the text may be empty."""
        files = [AttachmentDetails(id=uuid4(), name=name, type="text/plain", size=7) for name in names]
        return self.add(
            happened.MessageSaid,
            sender="visitor",
            message=f"m-{len(self.events):08d}",
            text=text,
            attachments=tuple(file.id for file in files),
            attachment_details=details_text(files),
        )

    def operator_says(self, text: str, operator: str = "o_ann") -> "Told":
        message = f"m-{len(self.events):08d}"
        return self.add(happened.MessageSaid, sender="operator", operator=operator, message=message, text=text)

    def archived(self) -> "Told":
        self.add(happened.ConversationEnded, by="operator", operator="o_ann")
        return self.add(happened.ConversationArchived)

    def deleted(self) -> "Told":
        return self.add(happened.ConversationDeleted, author="o_ann")

    def left(self, **fields: Any) -> "Told":
        """An offline message's first event."""
        return self.add(happened.OfflineMessageLeft, visitor=self.person, **fields)

    def answered(self, text: str, operator: str = "o_ann") -> "Told":
        answer = f"a-{len(self.events):08d}"
        return self.add(happened.OfflineMessageAnswered, operator=operator, answer=answer, text=text)


def erased(*persons: str, shop: str = "demo", number: int = 1) -> happened.PersonErased:
    """That these, who are one, were erased; `append_events` puts it into the log."""
    return happened.PersonErased(
        **_of(shop_aggregate_id(shop), number + 1, shop), number=number, persons=list(persons), author="o_ann"
    )


def removed(shop: str = "demo") -> happened.ShopRemoved:
    """That the shop was removed."""
    return happened.ShopRemoved(**_of(shop_aggregate_id(shop), 999, shop), author="o_ann")


def retained(
    conversations: datetime | None = None, offline_messages: datetime | None = None, shop: str = "demo", number: int = 2
) -> happened.RetentionApplied:
    """That what is older was deleted; `number` is the event's in the desk."""
    return happened.RetentionApplied(
        **_of(desk_id(shop), number, shop), conversations_before=conversations, offline_messages_before=offline_messages
    )


def reply_saved(reply: UUID, text: str, number: int, shop: str = "demo") -> happened.CannedReplySaved:
    """That a canned reply was made or changed; `number` is the event's in the shop."""
    return happened.CannedReplySaved(
        **_of(shop_aggregate_id(shop), number, shop), reply=reply, shortcut="hi", texts={"en": text}, author="o_ann"
    )


def reply_deleted(reply: UUID, number: int, shop: str = "demo") -> happened.CannedReplyDeleted:
    return happened.CannedReplyDeleted(**_of(shop_aggregate_id(shop), number, shop), reply=reply, author="o_ann")


def shop_created(settings: ShopSettings, shop: str = "demo") -> happened.ShopCreated:
    return happened.ShopCreated(**_of(shop_aggregate_id(shop), 1, shop), settings=settings, author="o_ann")


def settings_changed(
    number: int, shop: str = "demo", command: str = "settings-1", **settings: Any
) -> happened.SettingsChanged:
    """That a shop speaking English and French has these settings, the rest as shipped."""
    return happened.SettingsChanged(
        **_of(shop_aggregate_id(shop), number, shop),
        command=CommandRef(command, "o_ann"),
        settings=ShopSettings(languages=["en", "fr"], **settings),
        author="o_ann",
        changed=list(settings),
    )


def blocked(told: Told, number: int) -> happened.VisitorBlocked:
    """That the visitor of this conversation was blocked; `number` is the event's in the desk."""
    place = _of(desk_id(told.shop), number, told.shop)
    return happened.VisitorBlocked(**place, visitor=told.person, conversation=told.id, author="o_ann")


def unblocked(told: Told, number: int) -> happened.VisitorUnblocked:
    place = _of(desk_id(told.shop), number, told.shop)
    return happened.VisitorUnblocked(**place, visitor=told.person, author="o_bob")


def append(settings: Settings, *conversations: Told, keys: bool = True) -> None:
    """Put into the log what of these conversations is not in it yet, and their keys where there are none."""
    if keys:  # first, as gateways do: an event without a key is one of an erased person
        _store_keys(settings, conversations)
    with psycopg.connect(settings.dsn_of("log")) as log:
        for told in conversations:
            _append_events(log, told.shop, told.events)


def append_events(settings: Settings, *events: happened.Event) -> None:
    """Put events into the log that need no key."""
    with psycopg.connect(settings.dsn_of("log")) as log:
        for event in events:
            _append_events(log, event.shop, [event])


def append_raw(settings: Settings, shop: str, topic: str, state: bytes) -> None:
    """Put a row into the log that no release of ours would have written."""
    with psycopg.connect(settings.dsn_of("log")) as log:
        log.execute(_insert(shop), [uuid4(), 1, topic, state])


def erase_key(settings: Settings, told: Told) -> None:
    """Destroy the key of the person of a conversation."""
    with psycopg.connect(settings.dsn_of("keys")) as keys:
        keys.execute("DELETE FROM person_key WHERE shop = %s AND person = %s", [told.shop, told.person])


def _append_events(log: psycopg.Connection[Any], shop: str, events: Iterable[happened.Event]) -> None:
    for event in events:
        row = [event.originator_id, event.originator_version, happened.topic_of(event), registry.encode(event)]
        log.execute(_insert(shop) + SQL(" ON CONFLICT DO NOTHING"), row)


def _of(aggregate: UUID, seq: int, shop: str) -> dict[str, Any]:
    return {"originator_id": aggregate, "originator_version": seq, "timestamp": START, "shop": shop}


def _insert(shop: str) -> Any:
    table = Identifier(f"log_{subjects.CONVERSATIONS}_{subjects.partition_of(shop)}", "stored_events")
    return SQL("INSERT INTO {} (originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s)").format(table)


def _store_keys(settings: Settings, conversations: Iterable[Told]) -> None:
    master = MasterKey.load(settings)
    with psycopg.connect(settings.dsn_of("keys")) as keys:
        for told in conversations:
            keys.execute(
                "INSERT INTO person_key (shop, person, wrapped) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [told.shop, told.person, master.wrap(told.secret, owner_of(told.shop, told.person))],
            )
