"""How a person looks over REST."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from contracts.conversations.settings import Retention
from contracts.envelope import rfc3339
from contracts.sockets.common import Operator
from services.gateway.rest.persons.store import Bounds, Counts, Entry, Ongoing, Seen
from services.gateway.rest.persons.who import Who
from services.gateway.shops import StaffNames


class KnownAs(Struct):
    """A guest id that is the same person."""

    id: str
    since: str


class OngoingConversation(Struct):
    """A conversation that erasing ends."""

    id: UUID
    status: str
    operator: Operator | None


class PersonCounts(Struct, kw_only=True):
    """How much there is; `log_entries` stay as unreadable blanks when they are erased. In so many `browsers` they want
    push."""

    all: int
    conversations: int
    offline_messages: int
    ratings: int
    transcripts: int
    notes: int
    messages: int
    log_entries: int
    orders: int
    reviews: int
    browsers: int


class Kept(Struct, kw_only=True):
    """How long it is kept, and when the oldest goes; null: for good."""

    conversations_days: int | None
    oldest_conversation_goes: str | None
    offline_messages_days: int | None
    oldest_offline_message_goes: str | None


class TimelineItem(Struct, kw_only=True, omit_defaults=True):
    """One line of the timeline. What it has depends on its `kind`."""

    kind: Literal["conversation", "offline_message", "rating", "transcript"]
    at: str
    conversation: UUID | UnsetType = UNSET
    offline_message: UUID | UnsetType = UNSET
    status: str | UnsetType = UNSET
    text: str | UnsetType | None = UNSET
    operators: list[Operator] | UnsetType = UNSET
    messages: int | UnsetType = UNSET
    answered_by: Operator | UnsetType | None = UNSET
    score: int | UnsetType = UNSET
    by: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET


class Timeline(Struct):
    """`next` is the cursor of the following page, null on the last."""

    items: list[TimelineItem]
    next: str | None


class PersonShown(Struct, kw_only=True, omit_defaults=True):
    """All about one person; what is not known is absent."""

    id: str
    signed_in: bool
    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    languages: list[str]
    since: str | None
    also_known_as: list[KnownAs]
    ongoing: list[OngoingConversation]
    counts: PersonCounts
    retention: Kept
    backups_days: int
    timeline: Timeline


def outer_id(who: Who, seen: list[Seen]) -> str:
    """The shop's id of a customer, also when asked for by one of the guest ids that they had."""
    return next((one.customer for one in seen if one.signed_in), who.customer)


def latest(seen: list[Seen], field: str) -> str | UnsetType:
    """What was last known."""
    return next((value for one in seen if (value := getattr(one, field))), UNSET)


def languages(seen: list[Seen]) -> list[str]:
    """Newest first, each once."""
    return list(dict.fromkeys(one.locale for one in seen))


def counts_shown(counts: Counts) -> PersonCounts:
    shown = counts.conversations + counts.offline_messages + counts.ratings + counts.transcripts
    return PersonCounts(all=shown, **counts._asdict())


def kept_shown(retention: Retention, bounds: Bounds) -> Kept:
    return Kept(
        conversations_days=retention.conversations_days,
        oldest_conversation_goes=_goes(bounds.oldest_conversation, retention.conversations_days),
        offline_messages_days=retention.offline_messages_days,
        oldest_offline_message_goes=_goes(bounds.oldest_message, retention.offline_messages_days),
    )


def since_shown(who: Who, bounds: Bounds) -> str | None:
    times = [bounds.first_started, bounds.oldest_message, *(guest.since for guest in who.guests)]
    known = [at for at in times if at is not None]
    return rfc3339(min(known)) if known else None


def known_as(who: Who) -> list[KnownAs]:
    return [KnownAs(guest.id, rfc3339(guest.since)) for guest in who.guests]


def ongoing_shown(shop: str, ongoing: list[Ongoing], names: StaffNames) -> list[OngoingConversation]:
    return [OngoingConversation(one.id, one.status, _operator(shop, one.operator, names)) for one in ongoing]


def item_shown(shop: str, entry: Entry, operators: list[str], names: StaffNames) -> TimelineItem:
    at = rfc3339(entry.at)
    match entry.kind:
        case "conversation":
            return TimelineItem(
                kind="conversation",
                at=at,
                conversation=entry.id,
                status=entry.status or "",
                text=entry.text,
                operators=[names.operator(shop, one) for one in operators],
                messages=entry.number or 0,
            )
        case "offline_message":
            return TimelineItem(
                kind="offline_message",
                at=at,
                offline_message=entry.id,
                status=entry.status or "",
                text=entry.text,
                answered_by=_operator(shop, entry.operator, names),
            )
        case "rating":
            return TimelineItem(kind="rating", at=at, conversation=entry.id, score=entry.number or 0, text=entry.text)
        case _:
            by = entry.sender or "visitor"
            return TimelineItem(kind="transcript", at=at, conversation=entry.id, by=by, email=entry.text)


def _operator(shop: str, operator: str | None, names: StaffNames) -> Operator | None:
    return names.operator(shop, operator) if operator else None


def _goes(oldest: datetime | None, days: int | None) -> str | None:
    return None if oldest is None or days is None else rfc3339(oldest + timedelta(days=days))
