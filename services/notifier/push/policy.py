"""Which events call for a push, and to whom. Pure.

Only who went online and has no dashboard open is pushed to: what somebody sees anyway needs none. Who vanished for
good still holds what their shop keeps for them, and is pushed to for half a day; who went offline on purpose is not.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple
from uuid import UUID, uuid5

from contracts.conversations.events import (
    ConversationTransferred,
    Event,
    LeftUnanswered,
    MessageSaid,
    OperatorAssigned,
    OperatorMarkedAway,
    OperatorMarkedBack,
    OperatorWentOffline,
    OperatorWentOnline,
    topic_of,
)
from contracts.ids import NAMESPACE
from contracts.logs import AnyEvent

Kind = Literal["message", "assigned", "unanswered"]

GOOD_FOR: Final = timedelta(minutes=30)
"""A push later than that tells nobody anything: a push service drops it, and so do we."""
ABSENT_FOR: Final = timedelta(hours=12)
"""After that the day is over: they are taken as having gone home."""
BEFORE_AWAY: Final = timedelta(seconds=60)
"""Longer than it takes until somebody is marked away: what was said to them meanwhile nobody has seen."""

Presence = OperatorWentOnline | OperatorWentOffline | OperatorMarkedAway | OperatorMarkedBack
Talk = MessageSaid | OperatorAssigned | ConversationTransferred | LeftUnanswered
PRESENCE: Final[tuple[type[Event], ...]] = (
    OperatorWentOnline,
    OperatorWentOffline,
    OperatorMarkedAway,
    OperatorMarkedBack,
)
TALK: Final[tuple[type[Event], ...]] = (MessageSaid, OperatorAssigned, ConversationTransferred, LeftUnanswered)


class NewPush(NamedTuple):
    """A push to one operator, to write down for each of their browsers."""

    shop: str
    operator: str
    kind: Kind
    conversation: UUID
    seq: int


class Said(NamedTuple):
    """A visitor's word, and who was absent when it was said: it is for the one of them who holds the conversation."""

    word: MessageSaid
    absent: frozenset[str]


class Absences:
    """Who of a partition's operators is absent, event by event."""

    def __init__(self, absent: Iterable[tuple[str, str, datetime]], wanting: Iterable[str]) -> None:
        """`absent`: shop, operator and since when, as it stood before. `wanting`: who wants to be pushed at all."""
        self._since: dict[tuple[str, str], datetime] = {(shop, operator): since for shop, operator, since in absent}
        self._wanting = frozenset(wanting)
        self.gone: set[tuple[str, str]] = set()
        """Who was absent from which shop at some time and is not any more."""

    @property
    def now(self) -> list[tuple[str, str, datetime]]:
        """Shop, operator and since when."""
        return [(shop, operator, since) for (shop, operator), since in self._since.items()]

    def of(self, shop: str, at: datetime) -> frozenset[str]:
        """The operators of a shop who are absent, and not for too long."""
        return frozenset(
            operator for (of, operator), since in self._since.items() if of == shop and at - since < ABSENT_FOR
        )

    def apply(self, event: Presence) -> bool:
        """Whether the operator was not absent before, and is now."""
        who = event.shop, event.operator
        if isinstance(event, OperatorMarkedAway):
            wanting = event.operator in self._wanting
            fresh = wanting and who not in self._since
            if wanting:
                self._since[who] = event.timestamp
                self.gone.discard(who)
            return fresh
        vanished = isinstance(event, OperatorWentOffline) and event.reason == "gone"
        if who in self._since and not vanished:
            del self._since[who]
            self.gone.add(who)
        return False


def names(kinds: Iterable[type[Event]]) -> list[str]:
    """`<aggregate>.<event>`, whatever the version."""
    return [topic_of(kind).rpartition(".v")[0] for kind in kinds]


def pushes_for(event: AnyEvent, absent: frozenset[str]) -> list[NewPush] | Said | None:
    """What an event of a conversation calls for while these of its shop are absent."""
    match event:
        case MessageSaid() if event.sender == "visitor" and absent:
            return Said(event, absent)
        case OperatorAssigned() if event.operator in absent:
            return [_push(event, event.operator, "assigned")]
        case ConversationTransferred() if event.to in absent:
            return [_push(event, event.to, "assigned")]
        case LeftUnanswered() if event.operator is None:
            return [_push(event, operator, "unanswered") for operator in sorted(absent)]
        case LeftUnanswered() if event.operator in absent:
            return [_push(event, event.operator, "unanswered")]
    return None


def word_for(said: Said, holder: str | None) -> NewPush | None:
    """The push for a visitor's word, if who holds the conversation was absent."""
    return _push(said.word, holder, "message") if holder is not None and holder in said.absent else None


def unheard(events: Iterable[AnyEvent], shop: str, away_at: datetime) -> list[MessageSaid]:
    """Of what was said in a shop before somebody was marked away: the visitors' last words that nobody answered."""
    last: dict[UUID, MessageSaid] = {}
    for event in events:
        if isinstance(event, MessageSaid) and event.shop == shop and away_at - event.timestamp <= BEFORE_AWAY:
            last[event.originator_id] = event
    return [word for word in last.values() if word.sender == "visitor"]


def push_id(push: NewPush, subscription: UUID) -> UUID:
    """The same event never makes two pushes to a browser."""
    return uuid5(NAMESPACE, f"push\n{push.conversation}\n{push.seq}\n{subscription}")


def _push(event: Talk, operator: str, kind: Kind) -> NewPush:
    return NewPush(event.shop, operator, kind, event.originator_id, event.originator_version)
