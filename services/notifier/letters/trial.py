"""That mail works, to the shop's own address for messages: somebody of its staff wanted to see."""

from datetime import datetime

from contracts.conversations.settings import MailTemplate
from services.common.times import Clock
from services.notifier.addresses import parse_or_none
from services.notifier.letters.filled import common, fill
from services.notifier.letters.letter import Letter, Office, Unsendable, reply_address, sender_of
from services.notifier.texts import in_language

KIND = "test"
GIVE_UP_SECONDS = 120.0
"""Somebody looks at the screen for it: a test that arrives tomorrow tells nobody anything."""


def compose(office: Office, at: datetime) -> Letter:
    """`at`: now. Raises Unsendable if the shop has no address for messages, or none to send from."""
    settings = office.settings
    language = settings.languages[0]
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    to = parse_or_none(settings.mail.notify) or parse_or_none(settings.mail.reply_to)
    if to is None:
        raise Unsendable("The shop has set no address for messages.")
    sender = sender_of(office)
    values = {**common(settings, language, clock, at), "sender": sender.spec}
    return Letter(
        kind=KIND,
        language=language,
        sender=sender,
        to=to,
        reply_to=reply_address(settings),
        at=at,
        values=values,
        words={
            "subject": fill(texts, f"{KIND}.subject", shop=values["shop"]),
            "heading": texts[f"{KIND}.heading"],
            "text": fill(texts, f"{KIND}.text", sender=sender.spec),
            "foot": fill(texts, f"{KIND}.foot", at=values["at"]),
        },
        template=MailTemplate(),
    )
