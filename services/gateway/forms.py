"""What a visitor filled in, against what the shop asks for: before a conversation, or leaving a message. Pure."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from contracts.conversations.settings import FieldRule, FormFields
from contracts.sockets import MAX_TEXT_CHARACTERS
from services.gateway.access.visitor_ids import Identity
from services.gateway.addresses import email_address
from services.gateway.sockets.texts import BadText, clean

NAMES: Final[tuple[str, ...]] = FormFields.__struct_fields__
MOST_NAME: Final = 100
MOST_PHONE: Final = 40
LEAST_DIGITS: Final = 3

_SPOKEN: Final = {
    "first_name": "first name",
    "last_name": "last name",
    "email": "e-mail address",
    "phone": "phone number",
    "message": "message",
}
_HIDDEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029\t\n]")
"""What has no place in one line: breaks, and marks that turn the direction of all that follows (UAX 9)."""
_PHONE: Final = re.compile(r"[\d\s+()./*#,;:xX–-]+")


class Wrong(NamedTuple):
    """One field that can't be taken. `reason` is for programs, `detail` a sentence for people."""

    field: str
    reason: str
    detail: str


class BadForm(Exception):
    """All fields that are wrong, in the order of the form."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(wrong[0].detail)
        self.wrong = wrong


def checked(rules: FormFields, given: Mapping[str, str], known: Collection[str] = ()) -> dict[str, str]:
    """The answers in their one spelling, without those left empty. Nobody needs to fill in what is `known`.

    Raises BadForm.
    """
    answers: dict[str, str] = {}
    wrong = [Wrong(name, "not_asked", f"This form does not ask for {name!r:.60}.") for name in _unasked(rules, given)]
    for name in NAMES:
        rule = getattr(rules, name)
        text = given.get(name, "").strip()
        if not rule.requested:
            continue
        if text:
            try:
                answers[name] = _CHECKS[name](text)
            except BadText as bad:
                wrong.append(Wrong(name, bad.code, _told(name, bad)))
        elif rule.required and name not in known:
            wrong.append(Wrong(name, "required", f"The {_SPOKEN[name]} is missing."))
    if wrong:
        raise BadForm(wrong)
    return answers


def asks_anything(rules: FormFields) -> bool:
    """Whether there is anything to fill in."""
    return any(getattr(rules, name).requested for name in NAMES)


def vouched(identity: Identity | None) -> frozenset[str]:
    """What the shop itself tells of a signed-in visitor, so that they need not."""
    if identity is None:
        return frozenset()
    named = {"first_name", "last_name"} if identity.name else set()
    return frozenset(named | {name for name in ("email", "phone") if getattr(identity, name)})


def still_to_ask(rules: FormFields, identity: Identity | None) -> FormFields | None:
    """The fields that this visitor is asked for; None if there are none."""
    known = vouched(identity)
    left = FormFields(**{name: FieldRule() if name in known else getattr(rules, name) for name in NAMES})
    return left if asks_anything(left) else None


def no_consent() -> Wrong:
    """The box beside the privacy notice is not ticked."""
    return Wrong("consent", "required", "The consent is missing.")


def single_line(text: str, most: int = MOST_NAME) -> str:
    """The text, which stays on its line and in its direction. Raises BadText."""
    if _HIDDEN.search(text):
        raise BadText("invalid", "it holds line breaks, tabs or hidden marks of direction")
    return clean(text, most)


def _unasked(rules: FormFields, given: Mapping[str, str]) -> list[str]:
    return [name for name, text in given.items() if text and not (name in NAMES and getattr(rules, name).requested)]


def _phone(text: str) -> str:
    number = single_line(text, MOST_PHONE)
    if not _PHONE.fullmatch(number) or sum(character.isdigit() for character in number) < LEAST_DIGITS:
        raise BadText("invalid", "it is made of digits, spaces and + ( ) . / - only")
    return number


def _message(text: str) -> str:
    return clean(text, MAX_TEXT_CHARACTERS)


def _told(name: str, bad: BadText) -> str:
    return f"The {_SPOKEN[name]} can't be taken: {bad.detail}."


_CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "first_name": single_line,
    "last_name": single_line,
    "email": email_address,
    "phone": _phone,
    "message": _message,
}
