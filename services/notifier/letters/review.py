"""What do you think of it: the mail that asks a customer for reviews, and the one that reminds of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from contracts.engagement.review_events import ReviewRequestIssued
from contracts.engagement.reviews import OrderItem
from services.common.review_links import MakesLinks, ReviewLink, UnsubscribeLink
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import BadAddress, parse
from services.notifier.letters.filled import common, fill
from services.notifier.letters.letter import Letter, Office, Unsendable, from_shop, language_of
from services.notifier.texts import Texts, in_language

REQUEST: Final = "review_request"
REMINDER: Final = "review_reminder"
KINDS: Final = (REQUEST, REMINDER)
STARS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Asked:
    """What such a mail is made of. `issued` is in clear; `rated` are the order's products with a review already."""

    issued: ReviewRequestIssued
    placed_at: datetime
    received_at: datetime | None
    rated: Sequence[OrderItem]


def compose(asked: Asked, office: Office, links: MakesLinks) -> Letter:
    """Raises Unsendable if there is nobody to send to, no address to send from, or none to link to."""
    issued, settings = asked.issued, office.settings
    if not office.public_url:
        raise Unsendable("SHOPBELL_PUBLIC_URL is not set, so there is nothing that the link could lead to.")
    kind = REMINDER if issued.step == "reminder" else REQUEST
    language = language_of(settings, issued.language)
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    name = cleaning.line(issued.name)
    try:
        to = parse(issued.email, name)
    except BadAddress:
        raise Unsendable("The order has no address that mail can go to.") from None
    values = {
        **common(settings, language, clock, issued.timestamp),
        **_said(asked, clock),
        "name": name,
        "products": [_product(item, issued, office, links) for item in issued.items],
        "url": _form(issued, "", office, links),
        "unsubscribe_url": _unsubscribe(issued, language, office, links),
    }
    return from_shop(
        office,
        kind,
        language,
        to=to,
        at=issued.timestamp,
        values=values,
        words=_words(kind, texts, values, [_title(item) for item in asked.rated]),
        unsubscribe=values["unsubscribe_url"],
    )


def _said(asked: Asked, clock: Clock) -> dict[str, str]:
    """Numbers and dates. Who has not told when an order was received is told when it was placed."""
    issued = asked.issued
    return {
        "number": cleaning.line(issued.number),
        "mode": issued.mode,
        "ordered": clock.date(asked.placed_at),
        "received": clock.date(asked.received_at or asked.placed_at),
        "until": clock.date(issued.expires_at),
    }


def _product(item: OrderItem, issued: ReviewRequestIssued, office: Office, links: MakesLinks) -> dict[str, Any]:
    """Each has a link of its own, and one for each number of stars."""
    link = _form(issued, item.sku, office, links)
    return {
        "name": cleaning.line(item.name),
        "variant": cleaning.line(item.variant),
        "title": _title(item),
        "image": item.image or "",
        "link": link,
        "stars": [{"count": count, "link": f"{link}/{count}"} for count in STARS],
    }


def _title(item: OrderItem) -> str:
    return ", ".join(filter(None, (cleaning.line(item.name), cleaning.line(item.variant))))


def _form(issued: ReviewRequestIssued, product: str, office: Office, links: MakesLinks) -> str:
    """Behind the `#`: browsers send that to no server, and so to no log."""
    until = int(issued.expires_at.timestamp())
    link = ReviewLink(issued.shop, issued.originator_id, issued.order, issued.person, until, product)
    return f"{office.public_url.rstrip('/')}/review#{links.make(link)}"


def _unsubscribe(issued: ReviewRequestIssued, language: str, office: Office, links: MakesLinks) -> str:
    token = links.make(UnsubscribeLink(issued.shop, issued.person, language, issued.mailbox))
    return f"{office.public_url.rstrip('/')}/v1/unsubscribe/{token}"


def _words(kind: str, texts: Texts, values: dict[str, Any], rated: list[str]) -> dict[str, str]:
    products = values["products"]
    many = "one" if len(products) == 1 else "many"
    said = {
        "product": products[0]["name"],
        "name": values["name"].partition(" ")[0],
        "rated": ", ".join(rated),
        **{name: values[name] for name in ("number", "ordered", "received", "until")},
    }
    if kind == REMINDER:
        heading, text, foot = f"heading.{many}", "text.rated" if rated else "text", "foot"
    else:
        nameless = "" if said["name"] else ".nameless"
        heading = f"heading.{many}{nameless}"
        text, foot = f"text.{values['mode']}.{many}", f"foot.{values['mode']}"
    return {
        "subject": fill(texts, f"{kind}.subject.{many}", **said),
        "heading": fill(texts, f"{kind}.{heading}", **said),
        "text": fill(texts, f"{kind}.{text}", **said),
        "foot": fill(texts, f"{kind}.{foot}", **said),
        "button": texts["review.button"],
        "unsubscribe": texts["review.unsubscribe"],
        "colon": texts["colon"],
        **{f"stars_{count}": fill(texts, "review.stars", count=count) for count in STARS},
    }
