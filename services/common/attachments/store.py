"""The object store: sealed files in the broker's own, piece by piece, each under its id.

They are put and removed by the subjects that follow from the id, and not through nats-py's store: that one names the
pieces at random, so that those of a put that was cut short could never be found again, nor those of a delete.
"""

import base64
import hashlib
from collections.abc import AsyncIterator
from typing import BinaryIO, Final
from uuid import UUID

import msgspec
import nats.errors
from nats.js import JetStreamContext
from nats.js.api import Header
from nats.js.errors import NotFoundError

from contracts import subjects
from services.common.attachments.sealed_files import SEALED_PIECE, FileCipher, first_piece_bytes, pieces_of
from services.common.broker import Broker
from services.common.person_keys import PersonKey, Unreadable

Away: Final = (nats.errors.Error, TimeoutError)
"""The object store can't be reached, or not written to."""


class ObjectStore:
    """Files of all shops. Everything raises `Away` while the broker is away."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    @property
    def _js(self) -> JetStreamContext:
        return self._broker.js

    async def put(self, file: UUID, sealed: BinaryIO) -> None:
        """Keep a whole sealed file, which is at its beginning. Nothing may be there under its id."""
        js, digest, size, pieces = self._js, hashlib.sha256(), 0, 0
        read = first_piece_bytes()
        while piece := sealed.read(read):
            await js.publish(subjects.attachment_pieces(file), piece)
            digest.update(piece)
            size, pieces, read = size + len(piece), pieces + 1, SEALED_PIECE
        about = {
            "name": str(file),
            "bucket": subjects.attachments_bucket(),
            "nuid": file.hex,
            "size": size,
            "chunks": pieces,
            "digest": f"SHA-256={base64.urlsafe_b64encode(digest.digest()).decode()}",
        }
        headers = {str(Header.ROLLUP.value): "sub"}
        await js.publish(subjects.attachment_object(file), msgspec.json.encode(about), headers=headers)

    async def remove(self, file: UUID) -> None:
        """Remove all that there is of it; nothing is left to be found, however far it had come."""
        for subject in (subjects.attachment_pieces(file), subjects.attachment_object(file)):
            await self._js.purge_stream(subjects.attachments_stream(), subject=subject)

    async def read(self, file: UUID, size: int, key: PersonKey) -> AsyncIterator[bytes]:
        """A file of `size` bytes in clear, some at a time. Raises Unreadable, also if it is not there."""
        cipher: FileCipher | None = None
        after, count = 0, pieces_of(size)
        for number in range(count):
            after, sealed = await self._next(file, after)
            if cipher is None:
                cipher, sealed = FileCipher.of(sealed, key, file)
            yield cipher.open(sealed, number, last=number == count - 1)

    async def _next(self, file: UUID, after: int) -> tuple[int, bytes]:
        """The next piece and its place in the stream: from any replica, and if that one lags, from the leader."""
        stream, subject = subjects.attachments_stream(), subjects.attachment_pieces(file)
        for direct in (True, False):
            try:
                message = await self._js.get_msg(stream, after + 1, subject, direct=direct, next=True)
            except NotFoundError:
                continue
            return message.seq or 0, message.data or b""
        raise Unreadable("the file is not in the store")
