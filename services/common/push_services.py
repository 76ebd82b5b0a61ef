"""Where pushes may go: a browser names its push service itself, and so could name anything that we can reach."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

MOST_CHARACTERS: Final = 2_000


class BadEndpoint(ValueError):
    """Nothing is pushed there. The message says why, without the address."""


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
    return address.is_global and not address.is_multicast
