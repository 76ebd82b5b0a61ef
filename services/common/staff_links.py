"""Links that staff get by mail, to take up an invitation or to set a new password.

A link carries the id of a row, and our seal on it: nothing that opens the door is kept anywhere, whoever writes the
mail makes the link anew.
"""

import base64
import binascii
import hmac
from typing import Final, Literal
from uuid import UUID

from services.common.master_key import MasterKey

Kind = Literal["invitation", "password_reset"]

_ID_BYTES: Final = 16
_SEQ_BYTES: Final = 4
_SEAL_BYTES: Final = 24
_LENGTH: Final = _ID_BYTES + _SEQ_BYTES + _SEAL_BYTES


class StaffLinks:
    """Makes and reads the tokens in them; every process of an installation reads those of the others."""

    def __init__(self, master: MasterKey) -> None:
        """`master` has the installation's root."""
        self._key = master.derive("staff-links")

    def make(self, kind: Kind, id_: UUID, seq: int = 0) -> str:
        """`seq`: what tells a link from the ones that were sent before it."""
        said = id_.bytes + seq.to_bytes(_SEQ_BYTES)
        return base64.urlsafe_b64encode(said + self._seal(kind, said)).decode().rstrip("=")

    def read(self, kind: Kind, token: str) -> tuple[UUID, int] | None:
        """Id and `seq`; None for what we did not seal."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return None
        said, seal = raw[: _ID_BYTES + _SEQ_BYTES], raw[_ID_BYTES + _SEQ_BYTES :]
        if len(raw) != _LENGTH or not hmac.compare_digest(seal, self._seal(kind, said)):
            return None
        return UUID(bytes=said[:_ID_BYTES]), int.from_bytes(said[_ID_BYTES:])

    def _seal(self, kind: Kind, said: bytes) -> bytes:
        return hmac.digest(self._key, kind.encode() + b"\n" + said, "sha256")[:_SEAL_BYTES]
