"""From the log to living aggregates."""

from collections.abc import Iterable
from typing import Final, get_args

from contracts.conversations.events import ConversationEvent, DeskEvent, Event, OfflineMessageEvent, ShopEvent
from services.conversations.domain.aggregate import Aggregate
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.offline_message import OfflineMessage
from services.conversations.domain.shop import Shop
from services.conversations.domain.snapshots import (
    ConversationSnapshot,
    DeskSnapshot,
    OfflineMessageSnapshot,
    ShopSnapshot,
    Snapshot,
)

_AGGREGATE_OF: Final[dict[type[Event] | type[Snapshot], type[Aggregate]]] = {
    **dict.fromkeys(get_args(DeskEvent), Desk),
    **dict.fromkeys(get_args(ConversationEvent), Conversation),
    **dict.fromkeys(get_args(ShopEvent), Shop),
    **dict.fromkeys(get_args(OfflineMessageEvent), OfflineMessage),
    DeskSnapshot: Desk,
    ConversationSnapshot: Conversation,
    ShopSnapshot: Shop,
    OfflineMessageSnapshot: OfflineMessage,
}


def replay(aggregate: Aggregate | None, events: Iterable[Event | Snapshot]) -> Aggregate | None:
    """What the events make of an aggregate; without one, of the snapshot that may stand first, or of nothing.

    Usable as the `projector_func` of the library's `Repository`. Raises `ValueError` if the events are not
    those of one aggregate in order, without a hole.
    """
    for event in events:
        if isinstance(event, Snapshot):
            if aggregate is None:
                aggregate = _AGGREGATE_OF[type(event)].from_snapshot(event)
            continue
        if aggregate is None:
            kind = _AGGREGATE_OF[type(event)]
            aggregate = kind.blank(event.originator_id, event.shop, event.timestamp)
        aggregate.replay(event)
    return aggregate
