"""What people may write about themselves and others: names, addresses, passwords, languages."""

from collections.abc import Iterable
from typing import Final

from services.common import passwords
from services.gateway import forms
from services.gateway.addresses import email_address
from services.gateway.rest.bodies import invalid
from services.gateway.rest.problems import Problem
from services.gateway.sockets.texts import BadText

LONGEST_NAME: Final = 80
LANGUAGES: Final = ("en", "fr", "pl")
"""In which mails to staff are written; for others it is the first."""


def name_of(text: str, field: str = "name") -> str:
    """A name, on one line; it may be empty. Raises Problem."""
    try:
        name = forms.single_line(text).strip() if text.strip() else ""
    except BadText as bad:
        raise invalid(field, f"It can't be taken: {bad.detail}.") from None
    if len(name) > LONGEST_NAME:
        raise invalid(field, f"A name has at most {LONGEST_NAME} characters.")
    return name


def address_of(text: str, field: str = "email") -> str:
    """An e-mail address as accounts have it. Raises Problem."""
    try:
        return email_address(text).lower()
    except BadText as bad:
        raise invalid(field, f"{bad.detail[0].upper()}{bad.detail[1:]}.") from None


def check_password(password: str, known: Iterable[str], field: str = "password") -> None:
    """Raise Problem unless it may be set; its code says why: too_short, too_long, too_common."""
    try:
        passwords.check(password, known)
    except passwords.BadPassword as bad:
        code = bad.reason if bad.reason in ("too_short", "too_long") else "too_common"
        raise Problem(422, code, str(bad), field=field) from None


def language_of(text: str) -> str:
    base = text.split("-")[0].lower()
    return base if base in LANGUAGES else LANGUAGES[0]
