"""One socket as a state machine: no clock, no connection; the loop around it is in `loop.py`."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from contracts.sockets import CloseCode
from services.gateway.buckets import Bucket, Rate

BAD_FRAMES_IN_A_ROW: Final = 3
PATIENCE: Final = 50
"""Frames refused as too fast, without one let through between them, after which the socket is closed."""


class Phase(Enum):
    """NEW until `hello` was read, then HELLO until `welcome` is sent, then OPEN."""

    NEW = auto()
    HELLO = auto()
    OPEN = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Close:
    """The socket is to be closed with this code."""

    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """The frame came too fast: refuse it, with the seconds after which one is welcome again."""

    seconds: float


class SocketState:
    """What of a socket's past decides what comes next."""

    __slots__ = ("_bad", "_bucket", "_rate", "_refused", "phase")

    def __init__(self, rate: Rate | None, now: float) -> None:
        """`rate` of frames; None: as fast as it goes."""
        self.phase = Phase.NEW
        self._bad = 0
        self._refused = 0
        self._rate = rate
        self._bucket = None if rate is None else Bucket(rate, now)

    def arrived(self, now: float) -> Wait | Close | None:
        """A frame has come, of whatever kind."""
        if self._rate is None or self._bucket is None:
            return None
        seconds = self._bucket.take(self._rate, now)
        if not seconds:
            self._refused = 0
            return None
        self._refused += 1
        if self._refused > PATIENCE:
            return Close(CloseCode.TOO_FAST, f"retry_after={max(1, round(self._rate.burst / self._rate.per_second))}")
        return Wait(seconds)

    def good(self) -> None:
        """It was a frame of the protocol."""
        self._bad = 0

    def bad(self) -> Close | None:
        """It was none."""
        self._bad += 1
        return Close(CloseCode.BAD_FRAMES, "three bad frames in a row") if self._bad >= BAD_FRAMES_IN_A_ROW else None
