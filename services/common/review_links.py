"""Links that customers get by mail: to the form in which they review what they bought, and to hear no more of it.

A link carries what it is about and our seal on it, so that nothing has to be kept: whoever writes the mail makes it,
and the gateway that is asked reads it.
"""

import base64
import binascii
import hmac
import re
from datetime import UTC, datetime
from typing import Final, Literal, Protocol, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from services.common.master_key import MasterKey

Kind = Literal["review", "unsubscribe"]

SEAL_BYTES: Final = 24
LONGEST: Final = 1_000
"""Characters of a token: more is none of ours."""


class ReviewLink(Struct, frozen=True, array_like=True):
    """Opens the form of one `product` of an order, or of all of them if that is empty. `until` in seconds since 1970.

    `person` is the customer, under whose key the order is sealed.
    """

    shop: str
    request: UUID
    order: UUID
    person: str
    until: int
    product: str = ""

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.until, UTC)


class UnsubscribeLink(Struct, frozen=True, array_like=True):
    """Ends the review mails of a shop to a person, and to the mailbox that the mail went to. `language` is that of the
    mail, and so of what is shown."""

    shop: str
    person: str
    language: str = "en"
    mailbox: str | None = None

    @property
    def recipients(self) -> list[str]:
        """Who is to get no more of them."""
        return [self.person] if self.mailbox is None else [self.person, self.mailbox]


LinkT = TypeVar("LinkT", ReviewLink, UnsubscribeLink)


class MakesLinks(Protocol):
    """Makes the tokens in them."""

    def make(self, link: ReviewLink | UnsubscribeLink) -> str: ...


class TrialLinks:
    """Of mails that staff send to themselves: they lead to pages that say so in its language, and do nothing."""

    def __init__(self, language: str) -> None:
        self._token = f"test-{language}"

    def make(self, _link: ReviewLink | UnsubscribeLink) -> str:
        return self._token


def trial_language(token: str) -> str | None:
    """The language of the mail whose link this is, if staff have sent it to themselves."""
    found = _TRIAL.fullmatch(token)
    return found[1] if found else None


_KIND_OF: Final[dict[type[Struct], Kind]] = {ReviewLink: "review", UnsubscribeLink: "unsubscribe"}
_TRIAL: Final = re.compile(r"test-([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)")
_encoder: Final = msgspec.msgpack.Encoder(uuid_format="bytes")


class ReviewLinks:
    """Makes and reads the tokens in them; every process of an installation reads those of the others."""

    def __init__(self, master: MasterKey) -> None:
        """`master` has the installation's root."""
        self._key = master.derive("review-links")

    def make(self, link: ReviewLink | UnsubscribeLink) -> str:
        """The token: the same link, the same token."""
        said = _encoder.encode(link)
        return base64.urlsafe_b64encode(self._seal(_KIND_OF[type(link)], said) + said).decode().rstrip("=")

    def read(self, kind: type[LinkT], token: str) -> LinkT | None:
        """What a token is about, be it over or not; None for what we did not seal."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        seal, said = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
        if len(token) > LONGEST or not hmac.compare_digest(seal, self._seal(_KIND_OF[kind], said)):
            return None
        try:
            return msgspec.msgpack.decode(said, type=kind)
        except msgspec.MsgspecError:
            return None  # sealed by a release that says it in another way

    def _seal(self, kind: Kind, said: bytes) -> bytes:
        return hmac.digest(self._key, kind.encode() + b"\n" + said, "sha256")[:SEAL_BYTES]
