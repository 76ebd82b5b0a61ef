"""Values that mails of all kinds have."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from contracts.conversations.settings import ShopSettings
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.texts import Texts

MOST_IN_URL = 2_000


class Page(msgspec.Struct, frozen=True):
    """The page that a visitor was looking at."""

    url: str = ""
    title: str = ""


def common(settings: ShopSettings, language: str, clock: Clock, at: datetime) -> dict[str, Any]:
    """What every template may name."""
    return {
        "shop": cleaning.line(settings.name),
        "address": cleaning.text(settings.mail.postal_address, 500),
        "at": clock.moment(at),
        "language": language,
    }


def fill(texts: Texts, key: str, **values: object) -> str:
    """One of our sentences."""
    return texts[key].format(**values)


def page_of(page: str | None) -> Page:
    """What a visitor's page says of itself; empty where it is none of the web."""
    try:
        found = msgspec.json.decode(page or "{}", type=Page)
        parts = urlsplit(found.url)
    except (msgspec.MsgspecError, ValueError):
        return Page()
    if parts.scheme not in ("http", "https") or not parts.netloc or len(found.url) > MOST_IN_URL:
        return Page(title=cleaning.line(found.title))
    return Page(cleaning.line(found.url, MOST_IN_URL), cleaning.line(found.title))


def is_of(settings: ShopSettings, page: Page) -> bool:
    """Whether the page is one of the shop's, by its origin; only those may become links in mails to the shop."""
    parts = urlsplit(page.url)
    return bool(page.url) and f"{parts.scheme}://{parts.netloc}".lower() in {one.lower() for one in settings.origins}


def mailto(address: str) -> str:
    return f"mailto:{quote(address, safe='@')}"


def tel(number: str) -> str:
    """Empty if it has not even three digits."""
    digits = "".join(one for one in number if one.isascii() and one.isdigit())
    return f"tel:{'+' if number.startswith('+') else ''}{digits}" if len(digits) >= 3 else ""
