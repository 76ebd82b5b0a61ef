"""How much of what is let through, from the settings."""

import time
from collections.abc import Callable

from services.common.settings import GatewaySettings
from services.gateway.buckets import Buckets, Rate


class Limits:
    """Rates of frames, starts, sign-ins, messages and transcripts; with rate limits off there are none.

    Counted in this process: behind n gateways, n times as much passes.
    """

    def __init__(self, settings: GatewaySettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._on = settings.rate_limits
        self._clock = clock
        self.visitor_frames = self._frames(settings.visitor_frames_per_second)
        self.operator_frames = self._frames(settings.operator_frames_per_second)
        self._starts = [
            Buckets(Rate.per_minute(settings.starts_per_minute_visitor)),
            Buckets(Rate.per_minute(settings.starts_per_minute_address)),
            Buckets(Rate.per_minute(settings.starts_per_minute_shop)),
        ]
        self._sign_ins = [
            Buckets(Rate.per_minute(settings.sign_ins_per_minute_address)),
            Buckets(Rate.per_minute(settings.sign_ins_per_minute_account)),
        ]

        self._offline_messages = [
            Buckets(Rate.per_minute(settings.offline_messages_per_minute_address)),
            Buckets(Rate.per_minute(settings.offline_messages_per_minute_shop)),
        ]
        self._transcripts = [Buckets(Rate.per_minute(settings.transcripts_per_minute_address))]
        self._form_seconds = settings.offline_form_seconds if settings.rate_limits else 0.0

    def start(self, visitor: str, address: str, shop: str) -> float:
        """Seconds until this `start` may be sent again; 0.0: it may pass."""
        return self._first(self._starts, (f"{shop} {visitor}", address, shop))

    def sign_in(self, address: str, email: str) -> float:
        """The same of a sign-in."""
        return self._first(self._sign_ins, (address, email))

    def offline_message(self, address: str, shop: str, age: float) -> float:
        """The same of an offline message, `age` seconds after its form was fetched."""
        early = self._form_seconds - age
        return early if early > 0 else self._first(self._offline_messages, (address, shop))

    def transcript(self, address: str) -> float:
        """The same of a visitor's wish for a transcript."""
        return self._first(self._transcripts, (address,))

    def _first(self, buckets: list[Buckets], keys: tuple[str, ...]) -> float:
        if not self._on:
            return 0.0
        now = self._clock()
        return next((wait for one, key in zip(buckets, keys, strict=True) if (wait := one.take(key, now))), 0.0)

    def _frames(self, per_second: float) -> Rate | None:
        return Rate(burst=per_second * 4, per_second=per_second) if self._on else None
