"""Whom limits of speed count by: the address at the other end."""

from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Any, Final

NETWORK_BITS: Final = 64
"""What one connection is given in IPv6, at least (RFC 6177): it may take a new address of these for each request."""


def peer_of(scope: Mapping[str, Any]) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one; empty if that is not known."""
    client = scope.get("client")
    return _counted(client[0]) if client else ""


def _counted(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        return host
    mapped: IPv4Address | None = address.ipv4_mapped
    return str(mapped or IPv6Network((int(address), NETWORK_BITS), strict=False))
