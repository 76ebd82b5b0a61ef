"""When a form was handed out, under our seal: who answers it faster than anybody reads is a machine."""

import base64
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Final

from services.common.master_key import MasterKey

LIFE_SECONDS: Final = 24 * 3_600.0
"""A page may stay open for a day; then the form is fetched again."""


class BadTicket(Exception):
    """The ticket is forged, damaged, expired, or another shop's."""


class Tickets:
    """Makes and reads them; every gateway of an installation reads those of the others."""

    def __init__(self, master: MasterKey, clock: Callable[[], float] = time.time) -> None:
        self._key = master.derive("form-tickets")
        self._clock = clock

    def make(self, shop: str) -> str:
        """A new one: time in milliseconds, something that makes it one of a kind, seal."""
        said = f"{int(self._clock() * 1000)}.{secrets.token_urlsafe(12)}"
        return f"{said}.{self._seal(shop, said)}"

    def age(self, shop: str, ticket: str) -> float:
        """Seconds since it was made. Raises BadTicket."""
        said, _, seal = ticket.rpartition(".")
        if not ticket.isascii() or not hmac.compare_digest(seal, self._seal(shop, said)):
            raise BadTicket("The form is none that this shop handed out; load it again.")
        age = self._clock() - int(said.partition(".")[0]) / 1000
        if age > LIFE_SECONDS:
            raise BadTicket("The form was open for too long; load it again.")
        return age

    def _seal(self, shop: str, said: str) -> str:
        digest = hmac.digest(self._key, f"{shop}\n{said}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:18]).decode()
