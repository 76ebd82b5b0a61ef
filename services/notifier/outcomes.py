"""What became of handing something over, in words that name nobody: what the server says itself may hold addresses."""

import re
from typing import Final, Literal, NamedTuple

_STATUS: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

_SENTENCES: Final = {
    "1.1": "There is no such mailbox.",
    "1.2": "The address's domain is not known.",
    "1": "The mail server does not take this address.",
    "2.1": "The mailbox is closed.",
    "2.2": "The mailbox is full.",
    "2.3": "The mail is larger than the mailbox takes.",
    "2": "The mailbox takes no mail now.",
    "3.4": "The mail is larger than the server takes.",
    "3": "The mail server can't take mail now.",
    "4": "The mail could not be carried on.",
    "5": "The mail server did not understand.",
    "6": "The mail server can't handle this mail's letters.",
    "7.1": "The mail server does not let us send this.",
    "7": "The mail server refused for reasons of security.",
}
"""By subject and detail of an enhanced status code (RFC 3463, section 3)."""

_NOT_THERE: Final = "There is no such mailbox here."
_NOT_OURS: Final = "The mail server does not take our address."
_WHO: Final = r"(user|recipient|mailbox)\b"
_NO_MAILBOX: Final = re.compile(
    r"(?s)(?!.*(sender|relay|your))"
    rf".*(\b(no such|unknown|invalid) {_WHO}|{_WHO}\W*(is )?"
    r"(unknown|unavailable|invalid|inactive|disabled|not found|no longer|doesn't exist|does not exist))",
    re.IGNORECASE,
)
"""Words of servers that give no enhanced status: 550 alone may as well be about who sends, or from where."""
_BOUNCE: Final = re.compile(rf"55\d (5\.(1\.([1236]|10)|2\.1) (?!{re.escape(_NOT_OURS)})|{re.escape(_NOT_THERE)})")

About = Literal["sender", "recipient", "mail"]
"""What a server was told when it refused."""


class Outcome(NamedTuple):
    """What came of an attempt. `pending`: it is tried again in so many `seconds`; `not_yet`: it was not tried, and is
    then; `quiet`: the same, and only from then on it is late. `uncertain`: it may have arrived all the same."""

    status: Literal["sent", "failed", "pending", "not_yet", "quiet", "dropped", "gone", "too_large", "expired"]
    error: str | None = None
    seconds: float = 0.0
    uncertain: bool = False


class Later(Exception):
    """It may work another time. The message is a code, if there is one, and a sentence."""


class Never(Exception):
    """It won't work however often it is tried."""


class Lost(Later):
    """The connection failed, or the server as a whole: the mail itself was not judged."""


class Unanswered(Later):
    """It was handed over, and nothing came back: it may have arrived all the same."""


def refusal(code: int, said: str, about: About = "mail") -> Later | Never:
    """What a server's answer to one mail means: 4xx is for now, 5xx for good (RFC 5321, section 4.2.1)."""
    return Never(described(code, said, about)) if 500 <= code < 600 else Later(described(code, said, about))


def described(code: int, said: str, about: About = "mail") -> str:
    """`452 4.2.2 The mailbox is full.`"""
    found = _STATUS.match(said)
    status = found[1] if found else ""
    return " ".join(filter(None, (str(code), status, _sentence(code, status, said, about))))


def _sentence(code: int, status: str, said: str, about: About) -> str:
    _, _, detail = status.partition(".")
    subject = detail.partition(".")[0]
    if about == "sender" and (subject in ("1", "2") or (not status and code >= 500)):
        return _NOT_OURS
    if about == "recipient" and not status and code in (550, 551, 553) and _NO_MAILBOX.match(said):
        return _NOT_THERE
    default = "The mail server refused the mail." if code >= 500 else "The mail server asks to try later."
    return _SENTENCES.get(detail) or _SENTENCES.get(subject) or default


def is_bounce(error: str) -> bool:
    """Whether what `described` made says that there is no such mailbox or domain, or a closed one (RFC 3463, sections
    3.2 and 3.3; RFC 7505). Other refusals are about the mail, or about us."""
    return _BOUNCE.match(error) is not None
