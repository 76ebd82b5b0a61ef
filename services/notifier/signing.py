"""Signs a mail with the key of its shop (DKIM, RFC 6376), if the shop has one for the sender's domain."""

import base64
import textwrap
from typing import Final

import dkim

from services.common.dkim_keys import DkimKey
from services.notifier.addresses import Address

SIGNED: Final = (
    b"From",
    b"To",
    b"Reply-To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"In-Reply-To",
    b"References",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"MIME-Version",
    b"Content-Type",
)
"""RFC 6376, section 5.4.1, and RFC 8058, section 4. From, Reply-To and Subject are signed once more than they are
there, so that nobody adds another."""
_ONCE_MORE: Final = (b"From", b"Reply-To", b"Subject")


def sign(data: bytes, sender: Address, key: DkimKey | None) -> bytes:
    """The mail with its signature in front; as it is if the key isn't for this sender's domain or one above it."""
    if key is None or not covers(key.domain, sender.domain):
        return data
    there = {line.partition(b":")[0].lower() for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n")}
    headers = [name for name in SIGNED if name.lower() in there] + list(_ONCE_MORE)
    signature = dkim.sign(
        data,
        key.selector.encode(),
        key.domain.encode(),
        _pem(key.private),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=headers,
    )
    return bytes(signature) + data


def covers(domain: str, of: str) -> bool:
    """Whether a signature of `domain` counts for senders of `of` (relaxed alignment, RFC 7489, section 3.1.1)."""
    return f".{of.lower()}".endswith(f".{domain.lower()}")


def _pem(der: bytes) -> bytes:
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    return "\n".join(("-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", "")).encode()
