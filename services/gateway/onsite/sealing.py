"""Seals what gateways tell each other about visitors, so that the broker holds none of it in clear.

AES-256-GCM (NIST SP 800-38D) under a key of the installation; bound to the shop.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.common.master_key import NONCE_BYTES, MasterKey

_PURPOSE: Final = "visitors on site"


class Broken(Exception):
    """Not sealed by this installation, or for another shop."""


class Seal:
    """Every gateway of the installation opens what the others sealed."""

    def __init__(self, master: MasterKey) -> None:
        self._key = AESGCM(master.derive(_PURPOSE))

    def close(self, shop: str, payload: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._key.encrypt(nonce, payload, shop.encode())

    def open(self, shop: str, sealed: bytes) -> bytes:
        """Raises Broken."""
        try:
            return self._key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], shop.encode())
        except (InvalidTag, ValueError):
            raise Broken(f"not sealed for shop {shop} by this installation") from None
