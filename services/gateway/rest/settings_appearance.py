"""What is checked of the settings of a widget that speaks first: the privacy notice, invitations, and push."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from contracts.conversations.appearance import BY_STAFF, Invitation, Privacy
from contracts.conversations.settings import ShopSettings
from services.gateway import forms
from services.gateway.access.origins import normal
from services.gateway.rest.bodies import invalid
from services.gateway.sockets.texts import BadText

_UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f]")
"""Of an address."""
_LOOPBACK: Final = frozenset(("localhost", "127.0.0.1", "::1"))


def texts_of(settings: ShopSettings) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Path, and texts by language."""
    yield "privacy.notice", settings.privacy.notice
    for number, one in enumerate(settings.invitations):
        yield f"invitations.{number}.text", one.text


def check_privacy(privacy: Privacy) -> None:
    """The link leads to a page of the web; to nothing nobody can agree. Raises Problem."""
    if privacy.link and not _is_https(privacy.link):
        raise invalid("privacy.link", "The link is an address such as https://shop.example/privacy.")
    if privacy.consent and not any(privacy.notice.values()):
        raise invalid("privacy.notice", "The notice says what visitors are asked to agree to.")


def check_invitations(invitations: list[Invitation]) -> None:
    """Rules are told apart, say something, and look at pages of the shop. Raises Problem."""
    seen: set[str] = {BY_STAFF}
    for number, one in enumerate(invitations):
        path = f"invitations.{number}"
        if one.id in seen:
            raise invalid(f"{path}.id", f"The id {one.id} is taken.")
        seen.add(one.id)
        try:
            name = forms.single_line(one.name).strip()
        except BadText as bad:
            raise invalid(f"{path}.name", f"The name of {one.id} can't be taken: {bad.detail}.") from None
        if not name:
            raise invalid(f"{path}.name", f"The invitation {one.id} has no name.")
        if not any(one.text.values()):
            raise invalid(f"{path}.text", f"The invitation {name} says nothing.")
        if one.page and (one.page[0] not in "/*" or _UNFIT.search(one.page)):
            raise invalid(f"{path}.page", "Pages are a path such as /glazes/*, in which * stands for anything.")


def check_push(settings: ShopSettings, former: ShopSettings) -> None:
    """A file on whatever origin the shop's page is of, and a picture on one of them, so that nobody else learns who is
    shown a notification; it may stay where an origin was given up. Raises Problem."""
    path, icon = settings.push.worker, settings.push.icon
    if "//" in path or path.endswith("/") or any(part in (".", "..") for part in path.split("/")):
        raise invalid("push.worker", "The path leads to a file on the shop's own pages, such as /shopbell-sw.js.")
    if not icon or icon == former.push.icon:
        return
    # Browsers take it without TLS from their own machine only.
    if not (_is_https(icon) or (normal(icon) and urlsplit(icon).hostname in _LOOPBACK)):
        raise invalid("push.icon", "The icon has an address such as https://shop.example/icon.png.")
    if settings.origins and all(normal(icon) != normal(one) for one in settings.origins):
        raise invalid("push.icon", "The icon lies on none of the origins that the settings allow.")


def _is_https(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not _UNFIT.search(link)
