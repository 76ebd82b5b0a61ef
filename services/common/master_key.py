"""The installation's master key: it wraps the keys of persons and shops, and other secrets are derived from it.

AES-256-GCM as in NIST SP 800-38D, HKDF-SHA256 as in RFC 5869. The key is uniformly random, so HKDF's extract
step is left out (RFC 5869, section 3.3).
"""

import hmac
import os
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.common.settings import Settings, SettingsError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class WrongMasterKey(SettingsError):
    """A wrapped secret does not open: it was wrapped under another master key, for another owner, or changed."""


def expand(key: bytes, purpose: str) -> bytes:
    """HKDF-Expand to 32 bytes: secrets of different purposes tell nothing about each other or about `key`."""
    return hmac.digest(key, purpose.encode() + b"\x01", "sha256")


class MasterKey:
    """Wraps and derives; the key itself is never given out."""

    def __init__(self, key: bytes) -> None:
        """Raises ValueError unless the key has 32 bytes."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._key = key
        self._wrapping = AESGCM(expand(key, "shopbell wrap v1"))

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """The key that the settings name. Raises SettingsError if there is none."""
        return cls(settings.load_master_key())

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (`tokens`, `guest-ids`), the same in every process of the installation."""
        return expand(self._key, f"shopbell derive v1 {purpose}")

    def wrap(self, secret: bytes, owner: bytes) -> bytes:
        """Nonce, ciphertext and tag of a secret that only opens for the same `owner`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, secret, owner)

    def unwrap(self, wrapped: bytes, owner: bytes) -> bytes:
        """The secret again. Raises WrongMasterKey."""
        try:
            return self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], owner)
        except (InvalidTag, ValueError):
            raise WrongMasterKey("A stored key does not open: is this the master key of this installation?") from None
