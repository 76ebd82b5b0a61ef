"""A mail before it is written out: from whom, to whom, and what a template may say in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.conversations.settings import MailTemplate, ShopSettings
from services.common.languages import nearest
from services.notifier import cleaning
from services.notifier.addresses import Address, parse_or_none
from services.notifier.texts import Texts


class Unsendable(Exception):
    """No mail can be made of this; the message is one sentence for staff, and names nobody."""


class NotWanted(Exception):
    """Nobody is to get this mail, as things stand; the message is one sentence for staff."""


@dataclass(frozen=True)
class Office:
    """What a letter needs beside its events: the shop's settings, names of its staff by id, how staff reach us, and
    the address that shops without one send from."""

    settings: ShopSettings
    names: Mapping[str, str]
    public_url: str = ""
    mail_from: str = ""

    def name_of(self, operator: str | None) -> str:
        """Of an operator, as visitors see it."""
        return cleaning.line(self.names.get(operator or "") or self.settings.operator_name)


@dataclass(frozen=True)
class Letter:
    """`values` are what templates may name, `words` our own sentences in the letter's language, filled in.

    `written` by a person, or else by us: then no automatic answer may come back (RFC 3834). `follows` are mails that
    were sent to the same person on the same matter. `unsubscribe` is for mails in bulk: where one click, by POST, ends
    them (RFC 8058). `mark` stands before the subject, whoever has worded that.
    """

    kind: str
    language: str
    sender: Address
    to: Address
    reply_to: Address | None
    at: datetime
    values: Mapping[str, Any]
    words: Texts
    template: MailTemplate
    written: bool = False
    follows: tuple[UUID, ...] = ()
    unsubscribe: str = ""
    mark: str = ""


def from_shop(
    office: Office,
    kind: str,
    language: str,
    *,
    to: Address,
    at: datetime,
    values: Mapping[str, Any],
    words: Texts,
    written: bool = False,
    follows: tuple[UUID, ...] = (),
    unsubscribe: str = "",
) -> Letter:
    """A letter of the shop's to a customer, in the shop's own wording where it has one.

    Raises Unsendable if there is no address to send from.
    """
    return Letter(
        kind=kind,
        language=language,
        sender=sender_of(office),
        to=to,
        reply_to=reply_address(office.settings),
        at=at,
        values=values,
        words=words,
        template=template_of(office.settings, kind, language),
        written=written,
        follows=follows,
        unsubscribe=unsubscribe,
    )


def sender_of(office: Office) -> Address:
    """The shop's own address, whoever the mail is about: SPF, DKIM and DMARC hold for no other.

    Raises Unsendable if there is none.
    """
    mail = office.settings.mail
    for address in (mail.from_address, office.mail_from, mail.reply_to, mail.notify):
        if (found := parse_or_none(address, mail.from_name or office.settings.name)) is not None:
            return found
    raise Unsendable("The shop has no address to send from.")


def reply_address(settings: ShopSettings) -> Address | None:
    """Where answers to the shop go; None: to the sender."""
    return parse_or_none(settings.mail.reply_to) or parse_or_none(settings.mail.notify)


def language_of(settings: ShopSettings, locale: str) -> str:
    """The visitor's language if the shop speaks it, else the shop's first."""
    return nearest(locale, settings.languages) or settings.languages[0]


def template_of(settings: ShopSettings, kind: str, language: str) -> MailTemplate:
    """The shop's own version of this mail, as far as it has one."""
    templates = settings.mail.templates
    return templates.get(f"{kind}.{language}") or templates.get(f"{kind}.{language.split('-')[0]}") or MailTemplate()
