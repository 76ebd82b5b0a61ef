"""A copy of a conversation, to the visitor: what both sides said until it was asked for. Notes are staff's own."""

from collections.abc import Sequence
from typing import Any, Final

from contracts.conversations.events import ConversationEvent, ConversationStarted, MessageSaid, TranscriptRequested
from services.common.attachments.details import details_in
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import BadAddress, parse
from services.notifier.letters.filled import common, fill
from services.notifier.letters.letter import Letter, Office, Unsendable, from_shop, language_of, reply_address
from services.notifier.texts import Texts, in_language

KIND: Final = "transcript"
MOST_MESSAGES: Final = 1_000
MOST_CHARACTERS: Final = 200_000
"""Of the newest messages. Some mail servers take nothing that is larger than a megabyte or two."""


def compose(
    started: ConversationStarted, events: Sequence[ConversationEvent], asked: TranscriptRequested, office: Office
) -> Letter:
    """`events` are those of the conversation. Raises Unsendable if the address is none."""
    settings = office.settings
    language = language_of(settings, started.locale)
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    said = [one for one in events if isinstance(one, MessageSaid) and one.originator_version < asked.originator_version]
    shown = newest(said)
    try:
        to = parse(asked.email, started.name or "")
    except BadAddress:
        raise Unsendable("It was asked for to an address that mail can't go to.") from None
    operators = list(dict.fromkeys(office.name_of(one.operator) for one in said if one.sender == "operator"))
    last = shown[-1].timestamp if shown else asked.timestamp
    values = {
        **common(settings, language, clock, asked.timestamp),
        "operators": listed(operators, texts) or cleaning.line(settings.name),
        "messages": messages(shown, office, texts, clock),
        "period": clock.period(started.timestamp, last),
        "reply_to": getattr(reply_address(settings), "spec", ""),
    }
    return from_shop(
        office,
        KIND,
        language,
        to=to,
        at=asked.timestamp,
        values=values,
        words=_words(texts, values, cut=len(shown) < len(said), by_staff=asked.by != "visitor"),
    )


def newest(said: list[MessageSaid]) -> list[MessageSaid]:
    """As many of the last messages as a mail holds."""
    characters, first = 0, len(said)
    for message in reversed(said[-MOST_MESSAGES:]):
        characters += len(message.text)
        if characters > MOST_CHARACTERS:
            break
        first -= 1
    return said[first:]


def messages(said: Sequence[MessageSaid], office: Office, texts: Texts, clock: Clock) -> list[dict[str, Any]]:
    """As templates go through them."""
    days = {clock.date(one.timestamp) for one in said}
    show = clock.time if len(days) < 2 else clock.moment
    return [
        {
            "who": texts[f"{KIND}.you"] if one.sender == "visitor" else office.name_of(one.operator),
            "at": show(one.timestamp),
            "text": cleaning.text(_said(one, texts)),
            "from_visitor": one.sender == "visitor",
        }
        for one in said
    ]


def _said(message: MessageSaid, texts: Texts) -> str:
    """The words, and the names of what came with them: files are not sent by mail."""
    files = [fill(texts, f"{KIND}.file", name=file.name) for file in details_in(message.attachment_details)]
    return "\n".join([*([message.text] if message.text else []), *files])


def listed(names: list[str], texts: Texts) -> str:
    """`Maja`, `Maja and Camille`, `Maja, Camille and Ines`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}{texts[f'{KIND}.and']}{names[-1]}"


def _words(texts: Texts, values: dict[str, Any], *, cut: bool, by_staff: bool) -> dict[str, str]:
    return {
        "subject": fill(texts, f"{KIND}.subject", shop=values["shop"]),
        "heading": fill(texts, f"{KIND}.heading", operators=values["operators"]),
        "cut": texts[f"{KIND}.cut"] if cut else "",
        "foot": fill(texts, f"{KIND}.foot{'.sent' if by_staff else ''}", shop=values["shop"]),
    }
