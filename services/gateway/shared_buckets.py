"""Token buckets that all gateways share, in the table `control.rate_limit`.

What was refused is remembered here until it may be asked again, so that who asks for it over and over costs the
database nothing. While the database is away the buckets of this process count alone.
"""

import asyncio
import contextlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.database import DatabaseAway
from services.common.logs import logger
from services.common.master_key import MasterKey
from services.gateway.buckets import Buckets, Rate

log = logger(__name__)

REFUSALS_MOST: Final = 100_000
CLEAN_SECONDS: Final = 600.0
FULL_AGAIN_SECONDS: Final = 3_600
"""A row so old says no more than none does."""

_TAKE: Final = "SELECT control.take_tokens(%s, %s, %s)"
_GIVE_BACK: Final = "UPDATE control.rate_limit SET tokens = tokens + 1 WHERE key = %s"
_CLEAN: Final = "DELETE FROM control.rate_limit WHERE at < now() - make_interval(secs => %s)"

Wanted = tuple[str, str, Rate]
"""A token of which limit, of whom, and how fast that one is refilled."""


class SharedBuckets:
    """Counts under a digest of whom it counts: addresses stand in no table."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        master: MasterKey,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool = pool
        self._key = master.derive("rate-limits")
        self._clock = clock
        self._refused: OrderedDict[bytes, float] = OrderedDict()
        self._here: dict[str, Buckets] = {}

    async def take(self, wanted: Sequence[Wanted]) -> float:
        """Takes one of each, or none. 0.0, or the seconds until there will be one of each."""
        keys = [self._digest(limit, whom) for limit, whom, _ in wanted]
        asked, now = b"".join(keys), self._clock()
        waiting = self._refused.get(asked, now) - now
        if waiting > 0:
            return waiting
        try:
            waiting = await self._ask(keys, [rate for _, _, rate in wanted])
        except DatabaseAway:
            return self._alone(wanted)
        if waiting > 0:
            self._remember(asked, now + waiting)
        return waiting

    async def give_back(self, limit: str, whom: str) -> None:
        """A token that was taken, and not for what the limit is about."""
        with contextlib.suppress(*DatabaseAway):
            async with self._pool.connection() as connection:
                await connection.execute(_GIVE_BACK, [self._digest(limit, whom)])

    async def run(self) -> None:
        """Delete what is full again, until cancelled."""
        while True:
            await asyncio.sleep(CLEAN_SECONDS)
            try:
                async with self._pool.connection() as connection:
                    await connection.execute(_CLEAN, [FULL_AGAIN_SECONDS])
            except DatabaseAway:
                log.warning("Rate limits stay as they are while the database is away")

    async def _ask(self, keys: list[bytes], rates: list[Rate]) -> float:
        of_each = [keys, [rate.burst for rate in rates], [rate.per_second for rate in rates]]
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_TAKE, of_each)).fetchone()
        return float(row[0]) if row else 0.0

    def _alone(self, wanted: Sequence[Wanted]) -> float:
        now = self._clock()
        for limit, whom, rate in wanted:
            waiting = self._here.setdefault(limit, Buckets(rate)).take(whom, now)
            if waiting:
                return waiting
        return 0.0

    def _remember(self, asked: bytes, until: float) -> None:
        """All buckets together: which of them was empty is not known, and the others stand open to somebody else."""
        self._refused[asked] = until
        self._refused.move_to_end(asked)
        if len(self._refused) > REFUSALS_MOST:
            self._refused.popitem(last=False)

    def _digest(self, limit: str, whom: str) -> bytes:
        return hmac.digest(self._key, f"{limit}\n{whom}".encode(), "sha256")[:16]
