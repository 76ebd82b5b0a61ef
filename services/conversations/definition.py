"""The log `conversations`: its commands, its aggregates, its rules."""

from typing import Final, get_args

import msgspec

from contracts import subjects
from contracts.conversations.commands import AnyCommand
from contracts.conversations.events import ConversationEvent, DeskEvent, OfflineMessageEvent, ShopEvent
from contracts.event import Event
from services.common.eventlog.aggregate import Aggregate
from services.common.eventlog.definition import LogDefinition
from services.common.eventlog.snapshot import Snapshot, snapshot_topic
from services.conversations import handlers
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.offline_message import OfflineMessage
from services.conversations.domain.shop import Shop
from services.conversations.domain.snapshots import (
    AnySnapshot,
    ConversationSnapshot,
    DeskSnapshot,
    OfflineMessageSnapshot,
    ShopSnapshot,
    decode_snapshot,
)
from services.conversations.duties import DeskDuties

EVENTS_BETWEEN_SNAPSHOTS: Final = 200
EVENTS_BETWEEN_DESK_SNAPSHOTS: Final = 500

AGGREGATE_OF: Final[dict[type[Event] | type[Snapshot], type[Aggregate]]] = {
    **dict.fromkeys(get_args(DeskEvent), Desk),
    **dict.fromkeys(get_args(ConversationEvent), Conversation),
    **dict.fromkeys(get_args(ShopEvent), Shop),
    **dict.fromkeys(get_args(OfflineMessageEvent), OfflineMessage),
    DeskSnapshot: Desk,
    ConversationSnapshot: Conversation,
    ShopSnapshot: Shop,
    OfflineMessageSnapshot: OfflineMessage,
}

_decoder: Final[msgspec.json.Decoder[AnyCommand]] = msgspec.json.Decoder(AnyCommand)


def snapshot_interval(aggregate: Aggregate) -> int:
    """A snapshot of a desk grows with its conversations; so does the time to the next, and its share stays small."""
    if isinstance(aggregate, Desk):
        return max(EVENTS_BETWEEN_DESK_SNAPSHOTS, len(aggregate.seats.all))
    return EVENTS_BETWEEN_SNAPSHOTS


CONVERSATIONS: Final = LogDefinition(
    name=subjects.CONVERSATIONS,
    decode_command=_decoder.decode,
    target_ids=handlers.target_ids,
    further_ids=handlers.further_ids,
    decide=handlers.decide,
    aggregate_of=AGGREGATE_OF,
    decode_snapshot=decode_snapshot,
    snapshot_topics=tuple(snapshot_topic(one) for one in get_args(AnySnapshot)),
    snapshot_interval=snapshot_interval,
    duties=DeskDuties,
)
