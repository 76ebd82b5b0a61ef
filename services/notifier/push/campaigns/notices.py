"""What a campaign says to one browser, sealed, and under which headers."""

from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct

from contracts.engagement.campaigns import CampaignContent
from services.common.languages import nearest
from services.common.vapid import from_base64url
from services.notifier.push.sealing import Tokens, headers, sealed, topic_for


class Address(Struct, frozen=True):
    """How a browser is reached, as it said itself."""

    endpoint: str
    p256dh: str
    auth: str


class Shown(Struct, omit_defaults=True, kw_only=True):
    """What the service worker of a shop's pages shows. `tag`: a later one of the same takes its place on the screen, so
    that one which came twice is seen once. `icon`: the shop's, if any. `delivery` is what it tells of a click."""

    kind: str
    title: str
    body: str
    url: str
    icon: str = ""
    tag: str
    campaign: UUID
    delivery: UUID


class Parcel(Struct, frozen=True):
    """What is posted to the push service."""

    endpoint: str
    headers: dict[str, str]
    body: bytes


address_decoder: Final = msgspec.json.Decoder(Address)


def texts(content: CampaignContent, language: str) -> tuple[str, str]:
    """Subject and text in the subscriber's language, with or without its region, else in the campaign's first."""
    notice = content.notices[nearest(language, content.notices) or next(iter(content.notices))]
    return notice.subject, notice.text


class Spoken(NamedTuple):
    """What goes to all of them; `icon` is the shop's, or empty."""

    content: CampaignContent
    icon: str


class Errand(NamedTuple):
    """Whose delivery of which campaign, and how many seconds ago it was to go out."""

    campaign: UUID
    delivery: UUID
    language: str
    age: float


def parcel(said: Spoken, errand: Errand, address: Address, tokens: Tokens) -> Parcel:
    """Raises ValueError for an address that is none."""
    content = said.content
    title, body = texts(content, errand.language)
    shown = Shown(
        kind="campaign",
        title=title,
        body=body,
        url=content.url,
        icon=said.icon,
        tag=content.topic or f"shopbell:{errand.campaign}",
        campaign=errand.campaign,
        delivery=errand.delivery,
    )
    topic, ttl = content.topic or topic_for(errand.campaign), content.ttl - max(errand.age, 0)
    about = headers(address.endpoint, tokens, topic=topic, ttl=ttl, urgency=content.urgency)
    clear = msgspec.json.encode(shown)
    return Parcel(address.endpoint, about, sealed(clear, from_base64url(address.p256dh), from_base64url(address.auth)))
