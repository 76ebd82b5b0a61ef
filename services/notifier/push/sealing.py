"""What goes to a push service: who sends it (RFC 8292), and the payload that only the browser opens (RFC 8291)."""

import hashlib
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import http_ece
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from contracts.engagement.campaigns import Urgency
from services.common.vapid import CURVE, VapidKey, base64url
from services.notifier.push.services import TooLarge
from services.notifier.push.texts import TEXTS, language_of

TOKEN_SECONDS: Final = 12 * 3_600
"""RFC 8292 allows a day; half of it leaves room for clocks that are wrong."""
RENEW_SECONDS: Final = 3_600
MOST_TOKENS: Final = 1_000
MOST_CLEAR: Final = 3_993
"""Bytes: push services need take no more than 4,096 (RFC 8030, section 7.2), which are 3,993 in clear (RFC 8291,
section 4)."""
TOPIC_BYTES: Final = 24
"""In base64url the 32 characters that a topic may have (RFC 8030, section 5.4)."""


class Payload(Struct, omit_defaults=True, kw_only=True):
    """What the service worker shows. `tag`: a later one of the same takes its place on the screen."""

    title: str
    body: str
    lang: str
    url: str
    tag: str
    conversation: UUID


class Tokens:
    """Our word for who we are, one for each push service, used until it is about to run out."""

    def __init__(self, key: VapidKey, contact: str, clock: Callable[[], float] = time.time) -> None:
        """`contact`: a `mailto:` or https address of who runs this; empty: none. `clock`: seconds since 1970."""
        self._key, self._contact, self._clock = key, contact, clock
        self._made: dict[str, tuple[float, str]] = {}

    def authorization(self, endpoint: str) -> str:
        """The header for the push service of this endpoint."""
        origin, now = origin_of(endpoint), self._clock()
        until, header = self._made.get(origin, (0.0, ""))
        if until - now < RENEW_SECONDS:
            until = now + TOKEN_SECONDS
            claims = {"aud": origin, "exp": int(until), **({"sub": self._contact} if self._contact else {})}
            header = f"vapid t={jwt.encode(claims, self._key.private, algorithm='ES256')}, k={self._key.public}"
            if len(self._made) >= MOST_TOKENS:
                self._made.clear()
            self._made[origin] = until, header
        return header


def headers(endpoint: str, tokens: Tokens, *, topic: str, ttl: float, urgency: Urgency = "high") -> dict[str, str]:
    """`ttl`: seconds for which the push service may keep it. A later push with the same `topic` takes its place."""
    return {
        "Authorization": tokens.authorization(endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(ttl))),
        "Topic": topic,
        "Urgency": urgency,
    }


def topic_for(about: UUID) -> str:
    """A topic that says nothing to the push service."""
    return base64url(hashlib.sha256(about.bytes).digest()[:TOPIC_BYTES])


def payload(kind: str, conversation: UUID, locale: str) -> bytes:
    """In clear."""
    language = language_of(locale)
    text = TEXTS[language][kind]
    said = Payload(
        title=text.title,
        body=text.body,
        lang=language,
        url=f"/dashboard/#/chat/{conversation}",
        tag=f"shopbell:{conversation}",
        conversation=conversation,
    )
    return msgspec.json.encode(said)


def sealed(clear: bytes, p256dh: bytes, auth: bytes) -> bytes:
    """For the browser with this point and this secret. Raises ValueError if they are none, and TooLarge."""
    if len(clear) > MOST_CLEAR:
        raise TooLarge("It is larger than push services take.")
    ours = ec.generate_private_key(CURVE)
    body: bytes = http_ece.encrypt(clear, private_key=ours, dh=p256dh, auth_secret=auth, version="aes128gcm")
    return body


def origin_of(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"
