"""Which browser somebody signed in with, in the few words that they know it by."""

from typing import Final

# The first that is named counts: most browsers name others too.
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def agent_of(header: str) -> str:
    """`Firefox, Linux`, from a User-Agent; empty for what is no browser that we know."""
    found = [next((name for sign, name in kinds if sign in header), "") for kinds in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in found if part)
