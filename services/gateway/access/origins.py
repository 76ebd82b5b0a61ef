"""Which web origins may open a socket or use a cookie (RFC 6454)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_MOST_CHARACTERS = 300
"""Of an origin that is written down; a host's name has 253 at most (RFC 1035, 2.3.4)."""


class Origins:
    """Compares the `Origin` of a request with what is allowed.

    A request without one does not come from a page: it can't make a browser's cookies work for it, and is let through.
    """

    def __init__(self, public_url: str = "") -> None:
        """`public_url`: how the outside reaches us, where that is not the `Host` of a request."""
        self._public = normal(public_url) if public_url else None

    def ours(self, scope: Any) -> bool:
        """Whether the request comes from a page of our own, or from no page."""
        return self.allowed(scope, ())

    def allowed(self, scope: Any, origins: Iterable[str]) -> bool:
        """Whether it comes from such a page, or from one of `origins`."""
        headers = dict(scope["headers"])
        given = headers.get(b"origin")
        if given is None:
            return True
        origin = normal(given.decode("latin-1"))
        if origin is None:
            return False
        return origin in {self._public, *_hosts(headers)} or any(origin == normal(one) for one in origins)

    def named(self, scope: Any, origins: Iterable[str]) -> str | None:
        """Its origin, if that is one of `origins`, or ours. Where our address is known, a `Host` says nothing: whoever
        asks can make it up."""
        given = origin_of(scope)
        origin = normal(given) if given else None
        own = {self._public} if self._public else _hosts(dict(scope["headers"]))
        return given if origin and (origin in own or any(origin == normal(one) for one in origins)) else None


def _hosts(headers: dict[bytes, bytes]) -> set[str | None]:
    """Origins of who asks the host that it asks."""
    host = headers.get(b"host", b"").decode("latin-1")
    return {normal(f"http://{host}"), normal(f"https://{host}")}


def normal(origin: str) -> str | None:
    """Scheme, host and port in their one spelling; None for what is no origin (`null`, say)."""
    try:
        parts = urlsplit(origin.strip().lower())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port or _DEFAULT_PORTS[parts.scheme]}"


def spelled(origin: str) -> str | None:
    """As browsers write it and people read it: without the port that goes without saying; None for no origin, and for
    one longer than any can be."""
    found = normal(origin)
    if found is None or len(found) > _MOST_CHARACTERS:
        return None
    scheme, _, port = found.rpartition(":")
    return scheme if _DEFAULT_PORTS[found.partition(":")[0]] == int(port) else found


def origin_of(scope: Any) -> str | None:
    """The `Origin` of a request, as it came; None: it comes from no page."""
    given = dict(scope["headers"]).get(b"origin")
    return None if given is None else given.decode("latin-1")
