"""Hands mails to the mail server: one connection for many mails, one after the other."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from services.notifier.addresses import Address
from services.notifier.outcomes import About, Lost, Never, described, refusal
from services.notifier.smtp_url import MailServer

MAILS_A_CONNECTION: Final = 100
"""Servers count, and close after some hundred."""
IDLE_SECONDS: Final = 15.0
LAST_ANSWER: Final = 10
"""How many times longer the server may take to say that it has the whole mail: who gives up too early sends it twice
(RFC 1047; RFC 5321, section 4.5.3.2.6, says ten minutes)."""
SMTPUTF8: Final = "smtputf8"

Build = Callable[[bool], Awaitable[bytes]]
"""The mail in bytes, for a server that knows SMTPUTF8 or one that doesn't."""


class Connection:
    """Opens when there is a mail, closes when there has been none for a while. Mails take turns."""

    def __init__(self, server: MailServer, *, hello: str, timeout: float) -> None:
        """`timeout`: seconds for each answer."""
        self._server, self._hello, self._timeout = server, hello, timeout
        self._context = server.context()
        self._client: SMTP | None = None
        self._mails = 0
        self._used_at = 0.0
        self._turn = asyncio.Lock()

    async def send(self, sender: Address, to: Address, build: Build) -> None:
        """Returns once the server has taken responsibility. Raises Later, Lost or Never.

        A connection that was left open may have been closed meanwhile: what fails on it before any data went out is
        tried once more on a new one.
        """
        async with self._turn:
            if self._client is not None and self._client.is_connected:
                with contextlib.suppress(_Stale):
                    return await self._send(sender, to, build)
                await self.close()
            try:
                return await self._send(sender, to, build)
            except _Stale as stale:
                raise Lost(str(stale)) from None

    async def close_if_idle(self) -> None:
        """Say goodbye to a server that we have nothing for."""
        if self._turn.locked() or self._client is None:
            return
        async with self._turn:
            if time.monotonic() - self._used_at > IDLE_SECONDS:
                await self.close()

    async def close(self) -> None:
        """Say goodbye if the server still listens, and forget the connection."""
        client, self._client, self._mails = self._client, None, 0
        if client is None:
            return
        with contextlib.suppress(SMTPException, OSError, TimeoutError):
            await asyncio.wait_for(client.quit(), min(self._timeout, 2.0))
        client.close()

    async def _send(self, sender: Address, to: Address, build: Build) -> None:
        client = await self._open()
        utf8 = client.supports_extension(SMTPUTF8)
        if (sender.needs_utf8 or to.needs_utf8) and not utf8:
            raise Never("The mail server can't handle addresses with such letters.")
        data = await build(utf8)
        try:
            await self._transfer(client, sender.spec, to.spec, data)
        except SMTPResponseException as error:
            await self._refused(client, error)
        except (SMTPException, OSError) as error:
            await self.close()
            raise Lost(_fault(error)) from None
        self._mails += 1
        self._used_at = time.monotonic()
        if self._mails >= MAILS_A_CONNECTION:
            await self.close()

    async def _transfer(self, client: SMTP, sender: str, to: str, data: bytes) -> None:
        """SMTPUTF8 is asked for only where it is needed: not every server on the way knows it (RFC 6531, 3.6)."""
        options = [f"SIZE={len(data)}"] if client.supports_extension("size") else []
        encoding = "ascii"
        if not (data.isascii() and sender.isascii() and to.isascii()):
            encoding = "utf-8"
            options += ["SMTPUTF8", *(["BODY=8BITMIME"] if client.supports_extension("8bitmime") else [])]
        _check_size(client, data)
        try:
            await client.mail(sender, options=options, encoding=encoding)
        except (SMTPServerDisconnected, ConnectionError) as error:
            raise _Stale(_fault(error)) from None
        await client.rcpt(to, encoding=encoding)
        await client.data(data, timeout=self._timeout * LAST_ANSWER)

    async def _refused(self, client: SMTP, error: SMTPResponseException) -> None:
        """Leave the connection fit for the next mail, and say what the answer means. 421: the server goes away."""
        if error.code == 421 or not 400 <= error.code < 600:
            await self.close()
            raise Lost(described(error.code, error.message) if error.code > 0 else _fault(error)) from None
        try:
            await client.rset()
            self._used_at = time.monotonic()
        except (SMTPException, OSError):
            await self.close()
        raise refusal(error.code, error.message, _about(error)) from None

    async def _open(self) -> SMTP:
        """The connection, opened if there is none. A server that turns us away as such has not judged the mail."""
        if self._client is not None and self._client.is_connected:
            return self._client
        self._mails = 0
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=self._hello,
            timeout=self._timeout,
            use_tls=server.security == "tls",
            start_tls={"tls": False, "starttls": True, "opportunistic": None}[server.security],
            tls_context=self._context,
        )
        try:
            await client.connect()
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
        except SMTPAuthenticationError as error:
            client.close()
            raise Lost(f"{error.code} The mail server does not know our user and password.") from None
        except SMTPResponseException as error:
            client.close()
            raise Lost(described(error.code, error.message) if error.code > 0 else _fault(error)) from None
        except (SMTPException, OSError, ValueError) as error:
            client.close()
            raise Lost(_fault(error)) from None
        self._client = client
        self._used_at = time.monotonic()
        return client


class _Stale(Exception):
    """The connection turned out to be closed when a mail was to begin."""


def _about(error: SMTPResponseException) -> About:
    match error:
        case SMTPSenderRefused():
            return "sender"
        case SMTPRecipientRefused():
            return "recipient"
    return "mail"


def _check_size(client: SMTP, data: bytes) -> None:
    """Raises Never if the server has said that it takes nothing so large (RFC 1870)."""
    most = client.esmtp_extensions.get("size", "").strip()
    if most.isdigit() and 0 < int(most) < len(data):
        raise Never("552 5.3.4 The mail is larger than the server takes.")


def _fault(error: Exception) -> str:
    """What went wrong with the connection, without what anybody said."""
    match error:
        case SMTPTimeoutError() | TimeoutError():
            return "The mail server did not answer in time."
        case SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
            return "The mail server closed the connection."
    if "certificate" in str(error).lower():
        return "The mail server's certificate can't be trusted."
    if type(error) is SMTPException:
        return "The mail server does not offer what we need: TLS, or a way to sign in."
    return "The mail server can't be reached."
