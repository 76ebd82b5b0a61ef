"""Mails to staff about their accounts: invitations, links to set a password, and what happened to the account.

They are Shopbell's, not the shop's: no template of a shop changes them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.conversations.settings import MailTemplate
from services.common.times import Clock
from services.notifier import cleaning
from services.notifier.addresses import Address, BadAddress, parse, parse_or_none
from services.notifier.letters.filled import fill
from services.notifier.letters.letter import Letter, Office, Unsendable, sender_of
from services.notifier.texts import Texts, in_language

INVITATION: Final = "invitation"
RESET: Final = "password_reset"
KINDS: Final = (INVITATION, RESET, "password_changed", "second_factor_off")
TEMPLATE: Final = "staff"
NAME: Final = "Shopbell"


@dataclass(frozen=True)
class Told:
    """What a mail to somebody of the staff is made of. `token` is that of its link, which is good until `until`.

    `author` and `role` are an invitation's.
    """

    kind: str
    email: str
    name: str
    language: str
    at: datetime
    until: datetime | None = None
    token: str = ""
    author: str = ""
    role: str = ""


def compose(told: Told, office: Office) -> Letter:
    """Raises Unsendable if there is nobody to send to, no address to send from, or none to link to."""
    texts, clock = in_language(told.language), Clock(told.language, office.settings.time_zone)
    try:
        to = parse(told.email, told.name)
    except BadAddress:
        raise Unsendable("The address is none that mail can go to.") from None
    words = _words(told, office, texts, clock)
    return Letter(
        kind=TEMPLATE,
        language=told.language,
        sender=_sender(office),
        to=to,
        reply_to=None,
        at=told.at,
        values={"shop": NAME, "address": "", "language": told.language, "url": _link(told, office)},
        words=words,
        template=MailTemplate(),
    )


def _sender(office: Office) -> Address:
    """The installation's own, since the mail is about an account of it; else the shop's."""
    found = parse_or_none(office.mail_from, NAME)
    if found is not None:
        return found
    of_shop = sender_of(office)
    return Address(of_shop.local, of_shop.domain, NAME)


def _link(told: Told, office: Office) -> str:
    """Behind the `#`: browsers send that to no server, and so to no log."""
    if not told.token:
        return ""
    if not office.public_url:
        raise Unsendable("SHOPBELL_PUBLIC_URL is not set, so there is nothing that the link could lead to.")
    page = "invitation" if told.kind == INVITATION else "reset"
    return f"{office.public_url.rstrip('/')}/dashboard/#/{page}/{told.token}"


def _words(told: Told, office: Office, texts: Texts, clock: Clock) -> Texts:
    kind, author = told.kind, cleaning.line(told.author)
    nameless = ".nameless" if kind == INVITATION and not author else ""
    values = {
        "shop": cleaning.line(office.settings.name),
        "author": author,
        "email": told.email,
        "role": texts.get(f"role.{told.role}", ""),
        "at": clock.moment(told.at),
    }
    until = fill(texts, "link", until=clock.moment(told.until)) if told.until else ""
    return {
        "subject": fill(texts, f"{kind}.subject{nameless}", **values),
        "heading": fill(texts, f"{kind}.heading", **values),
        "text": fill(texts, f"{kind}.text{nameless}", **values),
        "until": until,
        "button": texts.get(f"{kind}.button", ""),
        "foot": texts[f"{kind}.foot"],
        "colon": texts["colon"],
    }
