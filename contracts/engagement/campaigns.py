"""What a push campaign says, and to whom, when and how it goes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from contracts.conversations.appearance import Language

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$(?!\n)")]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)", description="By the wall clock.")]
Zone = Annotated[str, Meta(max_length=64, description="A time zone of the IANA's database.")]
Urgency = Literal["very-low", "low", "normal", "high"]
OutcomeKind = Literal[
    "sent", "failed", "gone", "too_large", "expired", "held_back", "cancelled", "clicked", "unsubscribed"
]


class Notice(Struct, frozen=True, kw_only=True):
    """A notification in one language: plain text."""

    subject: Annotated[str, Meta(min_length=1, max_length=60)]
    text: Annotated[str, Meta(max_length=180)] = ""


class Audience(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who of the subscribers. An empty list means all; days are those since the subscription was made.

    A language without a region is that of all its regions: `pl` is `pl-PL`, too; one with a region is that alone.
    `groups` are page groups: that which the page's tag names, else the first part of its path.
    """

    languages: Annotated[list[Language], Meta(max_length=30)] = []
    groups: Annotated[list[Slug], Meta(max_length=50)] = []
    older_than_days: Annotated[int, Meta(ge=1, le=3_650)] | None = None
    newer_than_days: Annotated[int, Meta(ge=1, le=3_650)] | None = None


class QuietHours(Struct, frozen=True, kw_only=True):
    """In the subscriber's time zone; from 21:00 to 08:00 say. What falls between goes out at the end."""

    start: TimeOfDay = "21:00"
    end: TimeOfDay = "08:00"


class FrequencyCap(Struct, frozen=True, kw_only=True):
    """No more than `most` campaigns in `days` days for each subscriber; who has had them is left out."""

    most: Annotated[int, Meta(ge=1, le=100)] = 2
    days: Annotated[int, Meta(ge=1, le=90)] = 7


class CampaignContent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A campaign as it is composed. A subscriber gets the notice in their language, else in the first of `notices`.

    A notice in `pl` is for `pl-PL`, too. `url` opens on a click. `ttl` in seconds, `urgency` and `topic` are those of
    RFC 8030 (sections 5.2 to 5.4).
    """

    notices: Annotated[dict[Language, Notice], Meta(min_length=1, max_length=30)]
    url: Annotated[str, Meta(max_length=2_000)]
    audience: Audience = Audience()
    ttl: Annotated[int, Meta(ge=0, le=2_419_200)] = 43_200
    urgency: Urgency = "normal"
    topic: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{0,32}$(?!\n)")] = ""
    quiet_hours: QuietHours | None = None
    cap: FrequencyCap | None = None


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of the notice for one subscription, or what its browser told later (`clicked`, `unsubscribed`).

    `uncertain`: a sender died between the push service's yes and its own note, so that it may have gone out twice.
    `service` is the domain that stands for the push service.
    """

    subscription: UUID
    outcome: OutcomeKind
    at: datetime
    language: Language
    service: str
    uncertain: bool = False
