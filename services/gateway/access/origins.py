"""Which web origins may open a socket or use a cookie (RFC 6454)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


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
        host = headers.get(b"host", b"").decode("latin-1")
        own = {self._public, normal(f"http://{host}"), normal(f"https://{host}")}
        return origin in own or any(origin == normal(one) for one in origins)


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
    """As browsers write it and people read it: without the port that goes without saying; None for no origin."""
    found = normal(origin)
    if found is None:
        return None
    scheme, _, port = found.rpartition(":")
    return scheme if _DEFAULT_PORTS[found.partition(":")[0]] == int(port) else found


def origin_of(scope: Any) -> str | None:
    """The `Origin` of a request, as it came; None: it comes from no page."""
    given = dict(scope["headers"]).get(b"origin")
    return None if given is None else given.decode("latin-1")
