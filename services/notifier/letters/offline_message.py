"""A message that a visitor left, to the shop: all that was filled in, and an answer to it goes to the visitor."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from contracts.conversations.events import OfflineMessageLeft
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import parse_or_none
from services.notifier.letters.filled import Page, common, fill, is_of, mailto, page_of, tel
from services.notifier.letters.letter import Letter, NotWanted, Office, Unsendable, sender_of, template_of
from services.notifier.texts import Texts, in_language

KIND = "offline_message"


def compose(left: OfflineMessageLeft, office: Office) -> Letter:
    """Raises NotWanted if the shop has said no address for such messages: they wait in the inbox."""
    settings = office.settings
    if not settings.mail.notify:
        raise NotWanted("The shop has set no address for messages.")
    language = settings.languages[0]
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    to = parse_or_none(settings.mail.notify)
    if to is None:
        raise Unsendable("The shop's address for messages is none that mail can go to.")
    name, page = _name(left), page_of(left.page)
    reply_to = parse_or_none(left.email, name)
    values = {
        **common(settings, language, clock, left.timestamp),
        "name": name,
        "first_name": cleaning.line(left.first_name),
        "fields": _fields(left, page, texts, linked=is_of(settings, page)),
        "text": cleaning.text(left.text),
        "page": page.title or page.url,
        "page_url": page.url,
        "site": urlsplit(page.url).netloc if is_of(settings, page) else "",
        "inbox_url": inbox_url(office, left.originator_id),
        "answers_reach_visitor": reply_to is not None,
    }
    return Letter(
        kind=KIND,
        language=language,
        sender=sender_of(office),
        to=to,
        reply_to=reply_to or parse_or_none(settings.mail.reply_to),
        at=left.timestamp,
        values=values,
        words={**_words(texts, values), "visitor_language": left.locale},
        template=template_of(settings, KIND, language),
    )


def inbox_url(office: Office, message: UUID) -> str:
    """Where staff see the message; empty if it isn't known how they reach us."""
    return f"{office.public_url.rstrip('/')}/#/offline/{message}" if office.public_url else ""


def _name(left: OfflineMessageLeft) -> str:
    return cleaning.line(f"{left.first_name or ''} {left.last_name or ''}")


def _fields(left: OfflineMessageLeft, page: Page, texts: Texts, *, linked: bool) -> list[dict[str, Any]]:
    """What was filled in, in the order of the form; `link` may be empty."""
    email, phone = cleaning.line(left.email, 320), cleaning.line(left.phone)
    found = [
        ("first_name", cleaning.line(left.first_name), ""),
        ("last_name", cleaning.line(left.last_name), ""),
        ("email", email, mailto(email)),
        ("phone", phone, tel(phone)),
        ("page", page.title or page.url, page.url if linked else ""),
    ]
    return [
        {"name": name, "label": texts[f"field.{name}"], "value": value, "link": link}
        for name, value, link in found
        if value
    ]


def _words(texts: Texts, values: dict[str, Any]) -> dict[str, str]:
    named = "" if values["name"] else ".nameless"
    to_whom = "" if values["first_name"] else ".nameless"
    answer = f"{KIND}.answer{to_whom}" if values["answers_reach_visitor"] else f"{KIND}.no_email"
    return {
        "subject": fill(texts, f"{KIND}.subject{named}", name=values["name"]),
        "heading": fill(texts, f"{KIND}.heading{named}", name=values["name"]),
        "answer": fill(texts, answer, first_name=values["first_name"]),
        "colon": texts["colon"],
        "button": texts[f"{KIND}.button"],
        "foot": fill(texts, f"{KIND}.foot{'.site' if values['site'] else ''}", site=values["site"], at=values["at"]),
    }
