"""The mail server's side: takes whatever comes, for whomever."""

import email
import email.policy
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cached_property
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

MOST_MAILS: Final = 200
MOST_BYTES: Final = 64 << 20
LARGEST_MAIL: Final = 32 << 20


@dataclass
class Caught:
    """One mail, and to whom it went. Addresses and names are in clear: it is the recipients' mailbox."""

    number: int
    at: datetime
    recipients: list[str]
    data: bytes

    @cached_property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.data, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    def body(self, subtype: str) -> str:
        """The part in `plain` or `html`; empty if there is none."""
        part = self.message.get_body((subtype,))
        content = part.get_content() if part is not None else ""
        return content if isinstance(content, str) else ""


class Catcher:
    """Keeps the newest mails, as many as fit."""

    def __init__(self) -> None:
        self._mails: OrderedDict[int, Caught] = OrderedDict()
        self._bytes = 0
        self._count = 0

    @property
    def mails(self) -> list[Caught]:
        """The newest first."""
        return list(reversed(self._mails.values()))

    def get(self, number: int) -> Caught | None:
        return self._mails.get(number)

    def clear(self) -> None:
        self._mails.clear()
        self._bytes = 0

    def keep(self, recipients: list[str], data: bytes) -> None:
        """Keep one more, and let the oldest go if there are too many."""
        self._count += 1
        self._mails[self._count] = Caught(self._count, datetime.now(UTC), recipients, data)
        self._bytes += len(data)
        while len(self._mails) > MOST_MAILS or (self._bytes > MOST_BYTES and len(self._mails) > 1):
            _, oldest = self._mails.popitem(last=False)
            self._bytes -= len(oldest.data)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """The library calls it when a mail is complete."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.keep([str(one) for one in envelope.rcpt_tos], content)
        return "250 2.0.0 It is in the mailbox"


def protocol(catcher: Catcher) -> SMTP:
    """For one connection."""
    return SMTP(catcher, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, hostname="mailbox.localhost")
