"""The installation's master key: it wraps the keys of persons and shops, and other secrets are derived beside it.

AES-256-GCM as in NIST SP 800-38D, HKDF-SHA256 as in RFC 5869. The key is uniformly random, so HKDF's extract
step is left out (RFC 5869, section 3.3).

While one master key takes the place of another, two are readable: what is wrapped under either opens.
"""

import hmac
import os
from collections.abc import Iterable
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

    def __init__(self, key: bytes, *, others: Iterable[bytes] = (), root: bytes | None = None) -> None:
        """`others` open what is wrapped under them, and wrap nothing. `root`: from which other secrets are derived,
        the key itself unless said. Raises ValueError unless each has 32 bytes."""
        keys = [key, *others]
        if any(len(one) != KEY_BYTES for one in (*keys, root or key)):
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._keys = keys
        self._root = root or key
        self._wrapping, *self._older = (AESGCM(expand(one, "shopbell wrap v1")) for one in keys)

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """The key that the settings name, and those that are readable beside it. Raises SettingsError."""
        return cls(settings.load_master_key(), others=settings.load_other_master_keys())

    def with_root(self, root: bytes) -> Self:
        """The same key, deriving from `root`."""
        return type(self)(self._keys[0], others=self._keys[1:], root=root)

    def first_root(self) -> bytes:
        """What secrets were derived from before the installation had a root of its own."""
        return self._keys[0]

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (`tokens`, `guest-ids`), the same in every process of the installation."""
        return expand(self._root, f"shopbell derive v1 {purpose}")

    def wrap(self, secret: bytes, owner: bytes) -> bytes:
        """Nonce, ciphertext and tag of a secret that only opens for the same `owner`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, secret, owner)

    def unwrap(self, wrapped: bytes, owner: bytes) -> bytes:
        """The secret again. Raises WrongMasterKey."""
        for wrapping in (self._wrapping, *self._older):
            try:
                return wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], owner)
            except (InvalidTag, ValueError):
                continue
        raise WrongMasterKey("A stored key does not open: is this the master key of this installation?")

    def wraps_already(self, wrapped: bytes, owner: bytes) -> bool:
        """Whether it is wrapped under this key, and not under another that is readable."""
        try:
            self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], owner)
        except (InvalidTag, ValueError):
            return False
        return True
