"""From the log `engagement` to what is to be sent: written down in the transaction that moves the position."""

from collections.abc import Callable
from typing import Any, Final

from psycopg import AsyncConnection

from contracts import subjects
from services.common.following import Pool
from services.common.positions import Positions
from services.common.sieve import Found, Sieve
from services.notifier.push.campaigns import noting as campaigns
from services.notifier.reviews import noting as reviews

POSITIONS: Final = Positions("push.position")

Connection = AsyncConnection[Any]


def engagement_noting(pool: Pool, noted: Callable[[], None]) -> Sieve:
    """Reads the log of each partition forward; `noted` is called when there may be something to do.

    One reader for all: what is looked through twice costs the campaigns twice.
    """
    names = [*campaigns.NAMES, *reviews.NAMES]
    return Sieve(pool, POSITIONS, names, _note, lambda _count: noted(), log=subjects.ENGAGEMENT)


async def _note(connection: Connection, _partition: int, found: Found) -> None:
    await campaigns.note(connection, found)
    await reviews.note(connection, found)
