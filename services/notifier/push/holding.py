"""Push services that asked to wait: one says so of one push and means all."""

import time
from collections.abc import Callable
from typing import Final

MOST: Final = 1_000


class Holds:
    """What this process was told, by the service's origin or host."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._not_before: dict[str, float] = {}

    def wait(self, service: str) -> float:
        """Seconds for which it is left alone still; not above 0: it is not."""
        return self._not_before.get(service, 0.0) - self._clock()

    def hold(self, service: str, seconds: float) -> None:
        """Leave it alone for so long."""
        if len(self._not_before) >= MOST:
            self._not_before.clear()
        self._not_before[service] = self._clock() + seconds
