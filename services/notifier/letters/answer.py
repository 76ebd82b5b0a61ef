"""An operator's answer to a message that was left, to the visitor, with that message below it."""

from collections.abc import Sequence

from contracts.conversations.events import OfflineMessageAnswered, OfflineMessageLeft
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import BadAddress, parse
from services.notifier.letters.filled import common, fill
from services.notifier.letters.letter import Letter, Office, Unsendable, from_shop, language_of
from services.notifier.policy import mail_id
from services.notifier.texts import in_language

KIND = "answer"


def compose(
    left: OfflineMessageLeft,
    answered: OfflineMessageAnswered,
    earlier: Sequence[OfflineMessageAnswered],
    office: Office,
) -> Letter:
    """`earlier` are the answers before this one. Raises Unsendable if no address was left."""
    settings = office.settings
    language = language_of(settings, left.locale)
    texts, clock = in_language(language), Clock(language, settings.time_zone)
    name = cleaning.line(f"{left.first_name or ''} {left.last_name or ''}")
    try:
        to = parse(left.email or "", name)
    except BadAddress:
        raise Unsendable("The visitor has left no address that mail can go to.") from None
    values = {
        **common(settings, language, clock, answered.timestamp),
        "name": name,
        "operator": office.name_of(answered.operator),
        "text": cleaning.text(answered.text),
        "question": cleaning.text(left.text),
        "question_at": clock.moment(left.timestamp),
    }
    words = {
        "subject": fill(texts, f"{KIND}.subject", shop=values["shop"]),
        "heading": fill(texts, f"{KIND}.heading", operator=values["operator"]),
        "question": fill(texts, f"{KIND}.question", at=values["question_at"]),
        "foot": texts[f"{KIND}.foot"],
    }
    return from_shop(
        office,
        KIND,
        language,
        to=to,
        at=answered.timestamp,
        values=values,
        words=words,
        written=True,
        follows=tuple(mail_id(one.originator_id, one.originator_version, KIND) for one in earlier),
    )
