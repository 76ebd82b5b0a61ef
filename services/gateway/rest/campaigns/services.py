"""Whose a push service is, by its host: people know browsers, not hosts."""

from typing import Final

MAKERS: Final = (
    ("fcm.googleapis.com", "Chrome"),
    ("push.services.mozilla.com", "Firefox"),
    ("push.apple.com", "Safari"),
    ("notify.windows.com", "Edge"),
)
"""Domains, with whatever stands before them, and the browser that most of those behind them use."""


def maker_of(host: str) -> tuple[str, str]:
    """The domain that stands for a push service's many hosts, and what to call it; a host of another's is its own."""
    for domain, name in MAKERS:
        if host == domain or host.endswith(f".{domain}"):
            return domain, name
    return host, host
