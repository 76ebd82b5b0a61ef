"""You had left before it came: what operators said that a visitor has not read, with the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from contracts.conversations.events import ConversationStarted, MessageSaid, VisitorIdentified
from contracts.conversations.settings import ShopSettings
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import Address, parse_or_none
from services.notifier.letters import transcript
from services.notifier.letters.filled import common, fill, is_of, page_of
from services.notifier.letters.letter import Letter, Office, Unsendable, from_shop, language_of
from services.notifier.texts import Texts, in_language

KIND: Final = "unread"
NO_ADDRESS: Final = "The visitor has left no address that mail can go to."


@dataclass(frozen=True)
class Missed:
    """What such a mail is made of, in clear: how the conversation began, as whom the visitor signed in later, and the
    words, of which there is one at least."""

    started: ConversationStarted
    identified: Sequence[VisitorIdentified]
    words: Sequence[MessageSaid]


def compose(missed: Missed, office: Office) -> Letter:
    """Raises Unsendable if there is nobody to send to, or no address to send from."""
    settings = office.settings
    language = language_of(settings, missed.started.locale)
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    to, words = address_of(missed), transcript.newest(list(missed.words))
    if to is None:
        raise Unsendable(NO_ADDRESS)
    operators = list(dict.fromkeys(office.name_of(one.operator) for one in words))
    last = missed.words[-1].timestamp
    values = {
        **common(settings, language, clock, last),
        "name": to.name,
        "operators": transcript.listed(operators, texts) or cleaning.line(settings.name),
        "messages": transcript.messages(words, office, texts, clock),
        "url": page_for(settings, missed.started.page),
    }
    return from_shop(
        office,
        KIND,
        language,
        to=to,
        at=last,
        values=values,
        words=_words(texts, values, several=len(operators) > 1),
        written=True,
    )


def page_for(settings: ShopSettings, page: str | None) -> str:
    """Where the conversation goes on: the page on which it began, else the shop's front page; empty if none is known.

    Only the shop's own pages become links.
    """
    seen = page_of(page)
    if is_of(settings, seen):
        return seen.url
    return f"{settings.origins[0]}/" if settings.origins else ""


def address_of(missed: Missed) -> Address | None:
    """The newest one that mail can go to: of the customer, else what the guest filled in before the chat."""
    filled = msgspec.json.decode(missed.started.fields or "{}", type=dict[str, str])
    name = missed.started.name or f"{filled.get('first_name', '')} {filled.get('last_name', '')}"
    given = [(one.email, one.name or name) for one in reversed(missed.identified)]
    for email, called in [*given, (missed.started.email, name), (filled.get("email"), name)]:
        if (found := parse_or_none(email or "", cleaning.line(called))) is not None:
            return found
    return None


def _words(texts: Texts, values: dict[str, Any], *, several: bool) -> dict[str, str]:
    many = "many" if several else "one"
    return {
        "subject": fill(texts, f"{KIND}.subject.{many}", operators=values["operators"]),
        "heading": fill(texts, f"{KIND}.subject.{many}", operators=values["operators"]),
        "text": texts[f"{KIND}.text" if values["url"] else f"{KIND}.text.pageless"],
        "button": texts[f"{KIND}.button"],
        "foot": texts[f"{KIND}.foot"],
        "several": "yes" if several else "",
        "colon": texts["colon"],
    }
