"""A file sealed under the key of its person, piece by piece, so that nobody has to hold it whole.

A version, a salt, then pieces of 64 KiB, each AES-256-GCM (NIST SP 800-38D) under a key that is derived from the
person's and the salt, and so is used for this file alone; nonces count the pieces, and the last one is marked. That is
the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015): no piece can be moved, left out or cut off.
The file's id is bound into each.
"""

import io
import os
from typing import TYPE_CHECKING, BinaryIO, Final, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.common.master_key import TAG_BYTES
from services.common.person_keys import PersonKey, Unreadable

if TYPE_CHECKING:
    from typing_extensions import Buffer

PIECE_BYTES: Final = 65_536
SEALED_PIECE: Final = PIECE_BYTES + TAG_BYTES
VERSION: Final = b"\x01"
SALT_BYTES: Final = 16

_HEAD: Final = len(VERSION) + SALT_BYTES


def first_piece_bytes() -> int:
    """The first piece with what stands before it."""
    return _HEAD + SEALED_PIECE


def pieces_of(size: int) -> int:
    """How many pieces a file of so many bytes has."""
    return max(1, -(-size // PIECE_BYTES))


class FileCipher:
    """Seals and opens the pieces of one file."""

    def __init__(self, key: PersonKey, file: UUID, salt: bytes) -> None:
        self._cipher = AESGCM(key.derive(f"shopbell file v1 {salt.hex()}"))
        self._bound = f"{key.shop}|{key.person}|file|{file}".encode()

    @classmethod
    def of(cls, first: bytes, key: PersonKey, file: UUID) -> tuple[Self, bytes]:
        """The cipher of a file that begins so, and the first piece. Raises Unreadable."""
        if len(first) < _HEAD + TAG_BYTES or first[:1] != VERSION:
            raise Unreadable("sealed by no version that this release knows")
        return cls(key, file, first[1:_HEAD]), first[_HEAD:]

    def seal(self, piece: bytes, number: int, *, last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, last=last), piece, self._bound)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        """Raises Unreadable."""
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, self._bound)
        except InvalidTag:
            raise Unreadable("does not open under this person's key") from None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


class Sealer:
    """Takes a file as it comes, and writes it sealed. `size`: its bytes so far."""

    def __init__(self, target: BinaryIO, key: PersonKey, file: UUID) -> None:
        salt = os.urandom(SALT_BYTES)
        self._target = target
        self._cipher = FileCipher(key, file, salt)
        self._waiting = bytearray()
        self._number = 0
        self.size = 0
        target.write(VERSION + salt)

    def take(self, some: bytes) -> None:
        """The next bytes. A full piece waits until more comes: it might be the last."""
        self.size += len(some)
        self._waiting += some
        while len(self._waiting) > PIECE_BYTES:
            piece = bytes(self._waiting[:PIECE_BYTES])
            del self._waiting[:PIECE_BYTES]
            self._write(piece, last=False)

    def finish(self) -> None:
        """That was all."""
        self._write(bytes(self._waiting), last=True)

    def _write(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.seal(piece, self._number, last=last))
        self._number += 1


class Opened(io.RawIOBase):
    """A sealed file of `size` bytes to read in clear, from any place in it."""

    def __init__(self, source: BinaryIO, size: int, key: PersonKey, file: UUID) -> None:
        """`source` is the whole file as it was sealed. Raises Unreadable if it is none."""
        super().__init__()
        source.seek(0)
        self._source = source
        self._cipher, _ = FileCipher.of(source.read(first_piece_bytes()), key, file)
        self._size = size
        self._at = 0
        self._piece = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "Buffer") -> int:
        """Raises Unreadable."""
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, PIECE_BYTES)
        target = memoryview(buffer)
        some = self._opened(number)[within : within + len(target)]
        target[: len(some)] = some
        self._at += len(some)
        return len(some)

    def _opened(self, number: int) -> bytes:
        if self._piece[0] != number:
            self._source.seek(_HEAD + number * SEALED_PIECE)
            sealed = self._source.read(SEALED_PIECE)
            last = number == pieces_of(self._size) - 1
            self._piece = (number, self._cipher.open(sealed, number, last=last))
        return self._piece[1]
