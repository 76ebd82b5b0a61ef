"""A real SMTP server that does what tests tell it to: takes mails, refuses, stalls, hangs up."""

import asyncio
import email
import email.policy
import ssl
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from services.standalone.ports import free_ports


@dataclass
class Taken:
    """A mail that the server said yes to."""

    sender: str
    recipients: list[str]
    data: bytes
    options: list[str]
    secure: bool

    @property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.data, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def body(self, subtype: str = "plain") -> str:
        part = self.message.get_body((subtype,))
        assert part is not None
        content = part.get_content()
        assert isinstance(content, str)
        return content.replace("\r\n", "\n")


Answer = str | None
"""What the server says to a command; None: as usual."""


@dataclass
class MailServer:
    """`on_sender`, `on_recipient` and `on_data` decide.

    `on_recipient` is given how many times it was asked for this address before, `on_data` how many times for any mail.
    `on_data` may answer `stall` (never) or `hang up` (after it has taken the mail, without a word).
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    on_sender: Callable[[], Answer] = lambda: None
    on_recipient: Callable[[int], Answer] = lambda _: None
    on_data: Callable[[int], Answer] = lambda _: None
    _asked: Counter[str] = field(default_factory=Counter)
    _mails: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [one.message["Message-ID"] for one in self.taken]

    def taken_for(self, address: str) -> list[Taken]:
        return [one for one in self.taken if address in one.recipients]

    async def handle_MAIL(  # the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_sender()
        if answer is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer or "250 OK"

    async def handle_RCPT(  # the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_recipient(self._asked[address])
        self._asked[address] += 1
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.on_data(self._mails)
        self._mails += 1
        if answer == "stall":
            await asyncio.Event().wait()
        if answer in (None, "hang up"):
            self.taken.append(_taken(server, session, envelope))
        if answer == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer or "250 OK"


def _taken(server: SMTP, session: Session, envelope: Envelope) -> Taken:
    content = envelope.content
    assert isinstance(content, bytes)
    options = [str(one) for one in envelope.mail_options]
    secure = session.ssl is not None or (
        server.transport is not None and server.transport.get_extra_info("sslcontext") is not None
    )
    return Taken(str(envelope.mail_from), list(map(str, envelope.rcpt_tos)), content, options, secure)


@asynccontextmanager
async def mail_server(
    server: MailServer | None = None,
    *,
    utf8: bool = True,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    password: str = "",
    most: int = 33_554_432,
) -> AsyncIterator[MailServer]:
    """Running while inside. `tls`: STARTTLS is offered, and demanded; or with `implicit` TLS from the first byte."""
    made = server or MailServer()
    made.port = made.port or free_ports(1)[0]
    loop = asyncio.get_running_loop()

    def authenticate(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == password.encode(), handled=False)

    def protocol() -> SMTP:
        made.connections += 1
        with warnings.catch_warnings(
            action="ignore"
        ):  # that a password may come without STARTTLS: TLS is there already
            return SMTP(
                made,
                data_size_limit=most,
                enable_SMTPUTF8=utf8,
                hostname="mx.test",
                loop=loop,
                tls_context=None if implicit else tls,
                require_starttls=tls is not None and not implicit,
                authenticator=authenticate if password else None,
                auth_required=bool(password),
                auth_require_tls=tls is not None and not implicit,
            )

    listening = await loop.create_server(protocol, "127.0.0.1", made.port, ssl=tls if implicit else None)
    try:
        yield made
    finally:
        listening.close()
