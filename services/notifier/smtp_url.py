"""Where the mail server is and how to speak with it, from SHOPBELL_SMTP_URL."""

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from services.common.settings import NotifierSettings, SettingsError

Security = Literal["tls", "starttls", "opportunistic"]

_SECURITY: Final[dict[str, Security]] = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "opportunistic"}
_PORTS: Final[dict[Security, int]] = {"tls": 465, "starttls": 587, "opportunistic": 25}


@dataclass(frozen=True)
class MailServer:
    """`security`: TLS from the first byte, STARTTLS or nothing, or STARTTLS if the server offers it."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None

    def context(self) -> ssl.SSLContext:
        """Certificates are verified wherever TLS is demanded. Where it is only taken if offered, who could forge one
        could as well not offer it (RFC 7435, section 3). Raises SettingsError if the CA file can't be read."""
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
        except (OSError, ssl.SSLError):
            raise SettingsError(f"SHOPBELL_SMTP_CA_FILE can't be read: {self.ca_file}.") from None
        if self.security == "opportunistic":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def mail_server(settings: NotifierSettings) -> MailServer:
    """Raises SettingsError if there is no URL or it makes no sense."""
    if not settings.smtp_url:
        raise SettingsError("There is no mail server: set SHOPBELL_SMTP_URL (smtps://user:password@host).")
    try:
        parts = urlsplit(settings.smtp_url)
        security, host, port = _SECURITY[parts.scheme], parts.hostname, parts.port
    except (KeyError, ValueError):
        security, host, port = "tls", None, None
    if not host:
        known = ", ".join(f"{scheme}://" for scheme in _SECURITY)
        raise SettingsError(f"SHOPBELL_SMTP_URL is none of {known}user:password@host:port.")
    user = unquote(parts.username) if parts.username else None
    if user and security == "opportunistic" and not _is_loopback(host):
        security = "starttls"  # a password never goes over a network in clear
    password = unquote(parts.password or "") if user else None
    return MailServer(
        host, port or _PORTS[_SECURITY[parts.scheme]], security, user, password, settings.smtp_ca_file or None
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
