"""What a campaign says, checked beyond what its types say."""

import re
from collections.abc import Iterable
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from contracts.conversations.appearance import Language
from contracts.engagement.campaigns import Audience, CampaignContent, FrequencyCap, Notice, QuietHours
from services.gateway import forms
from services.gateway.access.origins import normal
from services.gateway.rest.bodies import invalid
from services.gateway.sockets.texts import BadText, clean

MOST_SUBJECT: Final = 60
MOST_TEXT: Final = 180
MOST_URL_BYTES: Final = 2_000
"""In JSON, without its quotes: with all else that a notice says it fits into a push then."""

_UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f]")


class WrittenNotice(Notice, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notification in one language: plain text."""


class WrittenAudience(Audience, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    __doc__ = Audience.__doc__


class WrittenQuietHours(QuietHours, frozen=True, kw_only=True, forbid_unknown_fields=True):
    __doc__ = QuietHours.__doc__


class WrittenCap(FrequencyCap, frozen=True, kw_only=True, forbid_unknown_fields=True):
    __doc__ = FrequencyCap.__doc__


class WrittenCampaign(CampaignContent, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a campaign says, as staff send it: what has another name is a mistake. A rule for the audience that nobody
    understood would have it go out to all."""

    notices: Annotated[dict[Language, WrittenNotice], Meta(min_length=1, max_length=30)]  # type: ignore[assignment]
    audience: WrittenAudience = WrittenAudience()
    quiet_hours: WrittenQuietHours | None = None
    cap: WrittenCap | None = None


def checked(written: WrittenCampaign) -> CampaignContent:
    """The same in its one spelling: plain texts, an address of the web or none yet. Raises Problem."""
    content = msgspec.convert(msgspec.to_builtins(written), CampaignContent)
    notices = {language: _notice(language, notice) for language, notice in content.notices.items()}
    if content.url and not is_web(content.url):
        raise invalid("content.url", "The address is one such as https://shop.example/new.")
    if len(msgspec.json.encode(content.url)) - 2 > MOST_URL_BYTES:
        raise invalid("content.url", f"The address has more than {MOST_URL_BYTES:,} bytes.")
    quiet = content.quiet_hours
    if quiet is not None and quiet.start == quiet.end:
        raise invalid("content.quiet_hours", "Quiet hours end at another time than they begin.")
    return msgspec.structs.replace(content, notices=notices)


def check_ready(content: CampaignContent, own: Iterable[str]) -> None:
    """Whether it may go out: it leads somewhere, without TLS only to the origins of `own`. Raises Problem."""
    if not content.url:
        raise invalid("content.url", "The campaign opens no page yet.")
    if not content.url.startswith("https://") and not is_of(content.url, own):
        raise invalid("content.url", "The address begins with https://.")


def is_of(url: str, origins: Iterable[str]) -> bool:
    """Whether the address is a page of one of these web origins."""
    parts = urlsplit(url)
    found = normal(f"{parts.scheme}://{parts.netloc}")
    return found is not None and any(found == normal(one) for one in origins)


def is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not _UNFIT.search(url)
    )


def _notice(language: str, notice: Notice) -> Notice:
    path = f"content.notices.{language}"
    try:
        subject = forms.single_line(notice.subject.strip(), MOST_SUBJECT)
    except BadText as bad:
        raise invalid(f"{path}.subject", f"The subject can't be taken: {bad.detail}.") from None
    text = notice.text.strip()
    try:
        return Notice(subject=subject, text=clean(text, MOST_TEXT) if text else "")
    except BadText as bad:
        raise invalid(f"{path}.text", f"The text can't be taken: {bad.detail}.") from None
