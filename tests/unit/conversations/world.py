"""A shop in memory: gives commands to the handlers as the worker does, and checks what no decision may break."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from contracts import registry
from contracts.conversations import commands as c
from contracts.conversations.events import AnyEvent, topic_of
from contracts.conversations.settings import ShopSettings
from contracts.ids import conversation_id, desk_id, shop_aggregate_id
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.replaying import replay
from services.common.eventlog.snapshot import encode_snapshot
from services.conversations.definition import AGGREGATE_OF
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.snapshots import decode_snapshot
from services.conversations.handlers import Decided, InProgress, Refusal, decide, further_ids, target_ids

SHOP = "shoes"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class LoadedUnit:
    """Only what was named beforehand can be touched."""

    def __init__(self, aggregates: dict[UUID, Aggregate]) -> None:
        self.aggregates = aggregates

    def get(self, aggregate_id: UUID, /) -> Aggregate | None:
        return self.aggregates.get(aggregate_id)

    def add(self, aggregate: Aggregate, /) -> None:
        self.aggregates[aggregate.id] = aggregate


class World:
    """`happened` are the events of the last command, `log` all events by aggregate."""

    def __init__(self, shop: str = SHOP) -> None:
        self.shop = shop
        self.now = NOON
        self.alive: dict[UUID, Aggregate] = {}
        self.log: dict[UUID, list[AnyEvent]] = {}
        self.happened: list[AnyEvent] = []
        self._ids = 0

    # Giving commands

    def do(self, command: c.AnyCommand) -> Decided:
        """Decides a command; raises what the decision raises, after the events were taken."""
        self.happened = []
        unit = self._loaded(target_ids(command))
        unit.aggregates.update(self._loaded(further_ids(command, unit.get)).aggregates)
        refused: Refusal | None = None
        try:
            return decide(command, unit, self.now)
        except Refusal as refusal:
            refused = refusal
            raise
        finally:
            self._store(unit, refused)

    def _loaded(self, ids: Iterable[UUID]) -> LoadedUnit:
        return LoadedUnit({which: self.alive[which] for which in ids if which in self.alive})

    def _store(self, unit: LoadedUnit, refused: Refusal | None) -> None:
        for aggregate in unit.aggregates.values():
            events = cast(list[AnyEvent], aggregate.collect())
            self.alive[aggregate.id] = aggregate
            self.log.setdefault(aggregate.id, []).extend(events)
            self.happened += events
        if refused is not None:
            assert self.names in ([], ["VisitorTurnedAway"]), "a refusal left half a decision"

    def next_id(self) -> str:
        self._ids += 1
        return f"command-{self._ids}"

    def by_visitor(self, kind: type[Any], visitor: str, /, *, digest: str = "", **fields: Any) -> Any:
        return self._command(kind, "visitor", visitor, digest, fields)

    def by_operator(self, kind: type[Any], operator: str, /, *, digest: str = "", **fields: Any) -> Any:
        return self._command(kind, "operator", operator, digest, fields)

    def by_system(self, kind: type[Any], /, **fields: Any) -> Any:
        return self._command(kind, "system", "system", "", fields)

    def _command(self, kind: type[Any], sender_kind: str, sender: str, digest: str, fields: dict[str, Any]) -> Any:
        fields.setdefault("id", self.next_id())
        return kind(shop=self.shop, sender_kind=sender_kind, sender=sender, digest=digest, **fields)

    # The commands of everyday

    def open_shop(self, **settings: Any) -> "World":
        self.do(self.by_operator(c.CreateShop, "o_owner", settings=ShopSettings(**settings)))
        return self

    def change(self, **settings: Any) -> None:
        self.do(self.by_operator(c.ChangeSettings, "o_owner", settings=ShopSettings(**settings)))

    def online(self, operator: str, channels: int | None = None) -> None:
        self.do(self.by_operator(c.GoOnline, operator, channels=channels))

    def offline(self, operator: str) -> None:
        self.do(self.by_operator(c.GoOffline, operator))

    def start_command(self, visitor: str, text: str | None = "hello", **fields: Any) -> c.StartConversation:
        command_id = fields.pop("id", None) or self.next_id()
        fields.setdefault("origin", f"origin of {visitor}")
        fields.setdefault("sender", visitor)
        fields.setdefault("digest", f"start {text}")
        fields.setdefault("conversation", conversation_id(self.shop, visitor, command_id))
        return c.StartConversation(
            id=command_id,
            shop=self.shop,
            sender_kind="visitor",
            visitor=visitor,
            text=text,
            **fields,
        )

    def start(self, visitor: str, text: str | None = "hello", **fields: Any) -> UUID:
        conversation = self.do(self.start_command(visitor, text, **fields)).conversation
        assert conversation is not None
        return conversation

    def say(self, conversation: UUID, sender: str, text: str = "so", **fields: Any) -> int:
        """Operators' names begin with o_."""
        make = self.by_operator if sender.startswith("o_") else self.by_visitor
        fields.setdefault("digest", f"say {conversation} {text}")
        return self.do(make(c.SayMessage, sender, conversation=conversation, text=text, **fields)).seq

    def end(self, conversation: UUID, sender: str) -> None:
        make = self.by_operator if sender.startswith("o_") else self.by_visitor
        self.do(make(c.EndConversation, sender, conversation=conversation))

    def system(self, kind: type[Any], /, **fields: Any) -> None:
        self.do(self.by_system(kind, **fields))

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    # Looking

    @property
    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.happened]

    @property
    def desk(self) -> Desk:
        desk = self.alive[desk_id(self.shop)]
        assert isinstance(desk, Desk)
        return desk

    def conversation(self, conversation: UUID) -> Conversation:
        found = self.alive[conversation]
        assert isinstance(found, Conversation)
        return found

    def conversations(self) -> list[Conversation]:
        return [found for found in self.alive.values() if isinstance(found, Conversation)]

    def events_of(self, aggregate: UUID) -> list[str]:
        return [type(event).__name__ for event in self.log[aggregate]]

    @property
    def shop_id(self) -> UUID:
        return shop_aggregate_id(self.shop)

    # What must always hold

    def check(self) -> None:
        """The rules that no sequence of commands may break."""
        desk = self.desk
        sitting = {
            channel.conversation: number for number, channel in desk.channels.open.items() if channel.conversation
        }
        assert desk.channels.busy == len(sitting) == sum(seat.status == "open" for seat in desk.seats.all.values())
        assert not desk.next_to_serve(), "somebody waits though there is room"
        assert not desk.next_to_move(), "a handover waits though a channel is free"
        assert not desk.unservable(), "somebody waits for nobody"
        for conversation in self.conversations():
            seat = desk.seats.all.get(conversation.id)
            if conversation.status in ("archived", "deleted"):
                assert seat is None
                continue
            assert seat is not None
            assert seat.status == conversation.status
            assert seat.visitor == conversation.visitor
            assert (seat.status == "waiting") == (conversation.id in desk.seats.line)
            if seat.status == "open":
                assert sitting[conversation.id] == seat.channel
                assert seat.operator == conversation.operator == desk.channels.open[seat.channel or 0].operator
            if seat.status == "ended":
                assert desk.keeps_finished(seat.operator), "finished conversations of nobody at hand"

    def check_replay(self) -> None:
        """What the last command touched comes out the same from the log, and from a snapshot of any version."""
        for which in {event.originator_id for event in self.happened}:
            living = self.alive[which]
            stored = [(topic_of(event), registry.encode(event)) for event in self.log[which]]
            events = [registry.decode(topic, state) for topic, state in stored]
            assert replay(AGGREGATE_OF, None, events) == living
            snapshot = decode_snapshot(encode_snapshot(living.snapshot()))
            assert snapshot is not None
            assert replay(AGGREGATE_OF, None, [snapshot]) == living


__all__ = ["NOON", "SHOP", "InProgress", "LoadedUnit", "Refusal", "World"]
