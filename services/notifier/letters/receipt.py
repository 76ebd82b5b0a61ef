"""That a person was erased, to the shop: without a name, so that it can be kept and passed on."""

from dataclasses import dataclass
from datetime import datetime

from contracts.conversations.events import PersonErased
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import parse_or_none
from services.notifier.letters.filled import common, fill
from services.notifier.letters.letter import Letter, NotWanted, Office, sender_of, template_of
from services.notifier.texts import in_language

KIND = "receipt"


@dataclass(frozen=True)
class Erasure:
    """What came of erasing, once it is done.

    `key_print`: SHA-256 of the destroyed keys, in hex; `backup_days`: how long backups of keys are kept.
    """

    done_at: datetime
    key_print: str | None
    conversations: int
    offline_messages: int
    log_entries: int
    backup_days: int | None = None


def number_of(erased: PersonErased) -> str:
    """`E-2026-0031`."""
    return f"E-{erased.timestamp.year}-{erased.number:04d}"


def compose(erased: PersonErased, erasure: Erasure, office: Office) -> Letter:
    """Raises NotWanted if the shop has said no address: the receipt stands in the dashboard anyway."""
    settings = office.settings
    language = settings.languages[0]
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    to = parse_or_none(settings.mail.notify) or parse_or_none(settings.mail.reply_to)
    if to is None:
        raise NotWanted("The shop has set no address for messages.")
    values = {
        **common(settings, language, clock, erased.timestamp),
        "number": number_of(erased),
        "asked_at": clock.moment(erased.timestamp),
        "done_at": clock.moment(erasure.done_at),
        "author": cleaning.line(office.names.get(erased.author)),
        "conversations": str(erasure.conversations),
        "offline_messages": str(erasure.offline_messages),
        "log_entries": str(erasure.log_entries),
        "key_print": _grouped(erasure.key_print or ""),
    }
    named = ("number", "asked_at", "done_at", "author", *_COUNTS, "key_print")
    facts = [{"name": name, "label": texts[f"{KIND}.{name}"], "value": values[name]} for name in named]
    return Letter(
        kind=KIND,
        language=language,
        sender=sender_of(office),
        to=to,
        reply_to=None,
        at=erasure.done_at,
        values={**values, "facts": [fact for fact in facts if fact["value"]]},
        words={
            "subject": fill(texts, f"{KIND}.subject", number=values["number"]),
            "heading": texts[f"{KIND}.heading"],
            "colon": texts["colon"],
            "backups": fill(texts, f"{KIND}.backups", days=erasure.backup_days) if erasure.backup_days else "",
            "foot": texts[f"{KIND}.foot"],
        },
        template=template_of(settings, KIND, language),
    )


_COUNTS = ("conversations", "offline_messages", "log_entries")


def _grouped(print_: str) -> str:
    """`9c41 e07a …`, which people can compare and lines can break."""
    return " ".join(print_[start : start + 4] for start in range(0, len(print_), 4))
