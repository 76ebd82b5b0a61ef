"""In which part of the settings something is changed."""

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from contracts.conversations.settings import ShopSettings
from services.gateway.rest.paging import wrong

CANNED: Final = "canned"
_SETTINGS: Final = {
    "hours": "hours",
    "time_zone": "hours",
    "departments": "departments",
    "invitations": "invitations",
    "privacy": "privacy",
    "retention": "privacy",
    "offline_form": "offline",
    "mail": "mail",
    "push": "push",
    "unread_mails": "push",
    "origins": "developers",
    CANNED: CANNED,
}
"""Where it is not the part `chat`, by the first name of the path."""
_ACCESS: Final = {"staff": "staff", "invitation": "staff", "key": "developers", "secret": "developers"}
"""Where it is not the part `security`, by the first name of the slug."""

PARTS: Final = ("chat", "security", *dict.fromkeys((*_SETTINGS.values(), *_ACCESS.values())))


class Names(Struct, frozen=True):
    """First names of what is wanted. None: all of them."""

    settings: Collection[str] | None = None
    access: Collection[str] | None = None
    all_access_but: Collection[str] = ()


def part_of_setting(what: str) -> str:
    return _SETTINGS.get(what.partition(".")[0], "chat")


def part_of_access(what: str) -> str:
    return _ACCESS.get(what.partition(".")[0], "security")


def names_of(part: str | None) -> Names:
    """What is changed in a part. Raises Problem."""
    if not part:
        return Names()
    if part not in PARTS:
        raise wrong("part", f"must be one of {', '.join(PARTS)}")
    settings = [name for name in (*ShopSettings.__struct_fields__, CANNED) if part_of_setting(name) == part]
    access = [name for name in _ACCESS if part_of_access(name) == part]
    return Names(settings, None, tuple(_ACCESS)) if part == "security" else Names(settings, access)
