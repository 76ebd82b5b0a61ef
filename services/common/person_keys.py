"""One key a person: what a person says and is called stands in the log only as ciphertext under it.

Destroying the row of a key makes all of it unreadable, in every copy of the log. Sealed texts are AES-256-GCM
(NIST SP 800-38D) with random nonces, bound to shop, person and field.
"""

import binascii
import hmac
import os
from functools import cached_property
from typing import Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from contracts.personal import personal_fields
from services.common.master_key import NONCE_BYTES, TAG_BYTES, expand

VERSION: Final = b"\x01"
DIGEST_BYTES: Final = 16

_HEAD: Final = len(VERSION) + NONCE_BYTES
_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")
_ABSENT: Final = (0xFFFFFFFF).to_bytes(4)

StructT = TypeVar("StructT", bound=Struct)


class Unreadable(Exception):
    """A sealed text does not open: another person's, another field's, changed, or sealed under a key now gone."""


class PersonKey:
    """The key of one person in one shop. Safe to keep for as long as `KeyStore` caches it, and no longer."""

    def __init__(self, shop: str, person: str, key: bytes) -> None:
        self.shop = shop
        self.person = person
        self._key = key
        self._owner = f"{shop}|{person}|".encode()

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(expand(self._key, "shopbell seal v1"))

    @cached_property
    def _digest_key(self) -> bytes:
        return expand(self._key, "shopbell digest v1")

    def seal(self, text: str, field: str) -> str:
        """Base64url of version, nonce, ciphertext and tag. `field` is the contract's name of the field."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), self._owner + field.encode())
        return binascii.b2a_base64(sealed, newline=False).translate(_TO_URL).rstrip(b"=").decode()

    def open(self, sealed: str, field: str) -> str:
        """The text again. Raises Unreadable."""
        try:
            raw = binascii.a2b_base64(sealed.encode().translate(_FROM_URL) + b"==="[: -len(sealed) % 4])
            if len(raw) < _HEAD + TAG_BYTES or raw[:1] != VERSION:
                raise Unreadable("sealed by no version that this release knows")
            return self._cipher.decrypt(raw[1:_HEAD], raw[_HEAD:], self._owner + field.encode()).decode()
        except (InvalidTag, ValueError):
            raise Unreadable("does not open under this person's key") from None

    def opens(self, sealed: str, field: str) -> bool:
        """Whether it was sealed under this very key, and not under one that the person had before."""
        try:
            self.open(sealed, field)
        except Unreadable:
            return False
        return True

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, which nobody can tell any more once this key is destroyed."""
        return expand(self._key, purpose)

    def digest(self, *parts: str | None) -> str:
        """A fingerprint of `parts` that only this person's key can make: equal parts, equal digest."""
        said = b"".join(_ABSENT if part is None else _framed(part.encode()) for part in parts)
        mac = hmac.digest(self._digest_key, said, "sha256")
        return binascii.b2a_base64(mac[:DIGEST_BYTES], newline=False).translate(_TO_URL).rstrip(b"=").decode()


def _framed(part: bytes) -> bytes:
    """With its length before it, so that parts can't run into each other."""
    return len(part).to_bytes(4) + part


def seal_fields(struct: StructT, key: PersonKey) -> StructT:
    """The same command or event with its personal fields sealed."""
    clear = {name: getattr(struct, name) for name in personal_fields(type(struct))}
    sealed = {name: key.seal(text, name) for name, text in clear.items() if text is not None}
    return msgspec.structs.replace(struct, **sealed) if sealed else struct


def open_fields(struct: StructT, key: PersonKey) -> StructT:
    """The same event or summary with its personal fields in clear. Raises Unreadable."""
    sealed = {name: getattr(struct, name) for name in personal_fields(type(struct))}
    clear = {name: key.open(text, name) for name, text in sealed.items() if text is not None}
    return msgspec.structs.replace(struct, **clear) if clear else struct
