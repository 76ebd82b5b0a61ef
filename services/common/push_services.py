"""Where pushes may go: a browser names its push service itself, and so could name anything that we can reach."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

MOST_CHARACTERS: Final = 2_000
MOST_OF_NAME: Final = 253
MOST_OF_LABEL: Final = 63
"""Characters of a host's name and of what stands between its dots (RFC 1035, section 2.3.4)."""
MAKERS: Final = {
    "fcm.googleapis.com": "Chrome",
    "android.googleapis.com": "Chrome",
    "jmt17.google.com": "Chrome",
    "push.services.mozilla.com": "Firefox",
    "push.apple.com": "Safari",
    "notify.windows.com": "Edge",
}
"""Domains of the push services of browsers, and the browser that most of those behind them use."""
_PORTS: Final = {"https": 443, "http": 80}
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_LOCAL_TRANSLATION: Final = IPv6Network("64:ff9b:1::/48")
"""What translators to IPv4 make of addresses there (RFC 6052, RFC 8215); the second is a network's own."""
_COMPATIBLE: Final = IPv6Network("::/96")
"""Out of use, and taken as the IPv4 address at its end by some (RFC 4291, section 2.5.5.1)."""


class BadEndpoint(ValueError):
    """Nothing is pushed there. The message says why, without the address."""


@dataclass(frozen=True)
class KnownServices:
    """Whose addresses are taken: were it anybody's, strangers could have us call whom they like, and wait for them.

    `private`: they may be in private networks, and without TLS, and any host counts unless there are `more`: domains
    of push services beside those of browsers, with their port if they have one of their own. At another port nobody
    may answer, and what waits there would stand in the way of what goes to the same service.
    """

    private: bool = False
    more: frozenset[str] = frozenset()

    @classmethod
    def of_settings(cls, private: bool, more: str) -> "KnownServices":
        """`more`: comma-separated."""
        return cls(private, frozenset(name for one in more.lower().split(",") if (name := one.strip())))

    def service_of(self, url: str) -> str:
        """The domain that stands for all hosts of the service. Raises BadEndpoint if it is none that we know."""
        check_endpoint(url, private=self.private)
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        domain = domain_of(host if parts.port in (None, _PORTS[parts.scheme]) else f"{host}:{parts.port}", self.more)
        if domain is None and (not self.private or self.more):
            raise BadEndpoint("It is not of a push service that browsers have.")
        return domain or host


def domain_of(host: str, more: frozenset[str] = frozenset()) -> str | None:
    """Of a push service that is known, which has any number of hosts."""
    labels = host.lower().split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((domain for domain in domains if domain in MAKERS or domain in more), None)


def check_endpoint(url: str, *, private: bool) -> None:
    """Raises BadEndpoint unless it is an https address in the public network; with `private`, anywhere and http too.

    Names are looked up only when something is sent; what they stand for is checked then, by `is_allowed`.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadEndpoint("It is no address.") from None
    if len(url) > MOST_CHARACTERS or not url.isascii() or not host or not url.isprintable() or " " in url:
        raise BadEndpoint("It is no address.")
    if len(host) > MOST_OF_NAME or any(len(label) > MOST_OF_LABEL for label in host.split(".")):
        raise BadEndpoint("It is no address.")
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise BadEndpoint("It is no address of https.")
    if parts.username is not None or parts.fragment:
        raise BadEndpoint("It has parts that a push service's address has not.")
    if not private and not _may_be_public(host):
        raise BadEndpoint("It is not in the public network.")


def is_allowed(address: str, *, private: bool) -> bool:
    """Whether we connect to this IP address."""
    return private or _is_public(ip_address(address))


def _may_be_public(host: str) -> bool:
    try:
        return _is_public(ip_address(host))
    except ValueError:
        return "." in host.rstrip(".") and not host.rstrip(".").endswith((".localhost", ".local", ".internal"))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        for inside in (address.ipv4_mapped, address.sixtofour, address.teredo and address.teredo[1]):
            if inside:
                return _is_public(inside)
        if address in _LOCAL_TRANSLATION or address in _COMPATIBLE:
            return False
        if address in _TRANSLATED:
            return _is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address.is_global and not address.is_multicast
