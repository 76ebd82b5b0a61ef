"""Links to files: who has one may fetch the file for a day; it is made anew each time that a message is shown."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from contracts.conversations.attachments import LINK_SECONDS
from services.common.master_key import MasterKey

STEP_SECONDS: Final = 3_600
"""Links of the same hour are the same, so that browsers know what they have seen."""
_ID_BYTES: Final = 16
_SAID_BYTES: Final = _ID_BYTES + 4
_SEAL_BYTES: Final = 16


class BadLink(Exception):
    """The link is forged, damaged or too old."""


class Links:
    """Makes and reads them; every gateway of an installation reads those of the others."""

    def __init__(self, master: MasterKey, clock: Callable[[], float] = time.time) -> None:
        self._key = master.derive("attachment-links")
        self._clock = clock

    def make(self, file: UUID) -> str:
        """The path of a file, good for a day and at most an hour more."""
        steps = int(self._clock() + LINK_SECONDS) // STEP_SECONDS + 1
        said = file.bytes + steps.to_bytes(4)
        return f"/v1/attachments/{base64.urlsafe_b64encode(said + self._seal(said)).decode()}"

    def read(self, token: str) -> UUID:
        """The file that the last part of a link stands for. Raises BadLink."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise BadLink("not ours") from None
        said, seal = raw[:_SAID_BYTES], raw[_SAID_BYTES:]
        if not hmac.compare_digest(seal, self._seal(said)):
            raise BadLink("not ours")
        if int.from_bytes(said[_ID_BYTES:]) * STEP_SECONDS <= self._clock():
            raise BadLink("too old")
        return UUID(bytes=said[:_ID_BYTES])

    def _seal(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256")[:_SEAL_BYTES]
