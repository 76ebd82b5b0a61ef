"""Token buckets: so many at once, so many a second. Pure: time is an argument, in seconds."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

FORGET_ABOVE: Final = 100_000
"""Keys remembered at most; the least recently used ones are forgotten, that is, full again."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, refilled with `per_second`."""

    burst: float
    per_second: float

    @classmethod
    def per_minute(cls, count: float) -> "Rate":
        return cls(burst=count, per_second=count / 60)


class Bucket:
    """One bucket; full when made."""

    __slots__ = ("_at", "_left")

    def __init__(self, rate: Rate, now: float) -> None:
        self._left = rate.burst
        self._at = now

    def take(self, rate: Rate, now: float) -> float:
        """Takes one. 0.0 if there was one, else the seconds until there will be; what is refused costs nothing."""
        self._left = min(rate.burst, self._left + (now - self._at) * rate.per_second)
        self._at = now
        if self._left >= 1:
            self._left -= 1
            return 0.0
        return (1 - self._left) / rate.per_second


class Buckets:
    """A bucket for each key: a visitor, an address, a shop."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str, now: float) -> float:
        """As `Bucket.take`, of the bucket of `key`."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self._rate, now)
            if len(self._buckets) > FORGET_ABOVE:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        return bucket.take(self._rate, now)
