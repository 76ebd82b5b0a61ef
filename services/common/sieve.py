"""Looks through a log for the few events that a reader is after.

Most pages hold none of them, and then nothing is written: on a busy log, moving a position that nobody needs would cost
the database more commits than the chats themselves. What was looked through since is looked through again after a
restart.
"""

import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry, subjects
from contracts.envelope import event_id
from contracts.logs import AnyEvent
from services.common.following import Pool, Step
from services.common.log_pages import CannotRead, table
from services.common.positions import Positions

WINDOW: Final = 10_000
"""Notification ids that are looked through at once."""
STORE_SECONDS: Final = 10.0
"""So old is the position at most of a reader that finds nothing."""

Connection = AsyncConnection[Any]
Found = list[tuple[int, AnyEvent]]
"""Events with their notification ids, in log order."""

_HEAD: Final = SQL("SELECT coalesce(max(notification_id), 0) FROM {table}")
_FOUND: Final = SQL("""
    SELECT notification_id, topic, state FROM {table}
    WHERE notification_id > %s AND notification_id <= %s AND topic LIKE ANY (%s) ORDER BY notification_id
""")


class Sieve:
    """One reader's, of all partitions. Events are of the topics' names whatever their version."""

    def __init__(
        self,
        pool: Pool,
        positions: Positions,
        names: Iterable[str],
        take: Callable[[Connection, int, Found], Awaitable[None]],
        took: Callable[[int], None],
        *,
        log: str = subjects.CONVERSATIONS,
        also: Callable[[Connection, int, Found], Awaitable[Iterable[str]]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pool` is that of the database of `log`; `names` are `<aggregate>.<event>`; `take` has its effects on the
        connection, in the transaction that moves the position, and hears the partition and what was found; `took`
        hears afterwards how many that were. `also`, told of a partition and of what was found there, names what else
        is to be looked for in the same part: mostly nothing."""
        self._pool, self._positions, self._clock, self._log = pool, positions, clock, log
        self._take, self._took, self._also = take, took, also
        self._names = list(names)
        self._looked: dict[int, int] = {}
        self._stored_at: dict[int, float] = {}

    async def advance(self, partition: int) -> Step:
        """Look through the next part of a partition.

        Raises CannotRead at an event of a newer release, PositionMoved if another runner got ahead, and what psycopg
        raises while the database is away: nothing has changed then.
        """
        async with self._pool.connection() as connection:
            if partition not in self._looked:
                self._looked[partition] = (await self._positions.read_all(connection)).get(partition, 0)
            after, head = self._looked[partition], await _head(connection, partition, self._log)
            if head <= after:
                return Step.CAUGHT_UP
            upto = min(head, after + WINDOW)
            found = await self._find(connection, partition, after, upto)
            if found or self._clock() - self._stored_at.get(partition, 0.0) > STORE_SECONDS:
                async with connection.transaction():
                    position = await self._store(connection, partition, found, upto)
                if position is None:
                    return Step.BUSY
                upto = max(position, upto)
                self._stored_at[partition] = self._clock()
        self._looked[partition] = upto
        if found:
            self._took(len(found))
        return Step.MORE if upto < head else Step.CAUGHT_UP

    async def _find(self, connection: Connection, partition: int, after: int, upto: int) -> Found:
        found = await find(connection, partition, after, upto, self._names, self._log)
        more = list(await self._also(connection, partition, found)) if self._also is not None else []
        return await find(connection, partition, after, upto, [*self._names, *more], self._log) if more else found

    async def _store(self, connection: Connection, partition: int, found: Found, upto: int) -> int | None:
        """Take what lies behind the position, which another runner may have moved meanwhile. Returns where it stood;
        None while another runner holds it."""
        position = await self._positions.hold(connection, partition)
        if position is not None and position < upto:
            if ours := [(number, event) for number, event in found if number > position]:
                await self._take(connection, partition, ours)
            await self._positions.move(connection, partition, expected=position, to=upto)
        return position


async def find(
    connection: Connection,
    partition: int,
    after: int,
    upto: int,
    names: Iterable[str],
    log: str = subjects.CONVERSATIONS,
) -> Found:
    """The events of these names with `after` < id <= `upto`. Raises CannotRead at one of a newer release."""
    topics = [f"{name}.v%" for name in names]
    rows = await connection.execute(_FOUND.format(table=table(partition, log)), [after, upto, topics])
    return [(row[0], _decoded(log, partition, *row)) for row in await rows.fetchall()]


async def _head(connection: Connection, partition: int, log: str) -> int:
    row = await (await connection.execute(_HEAD.format(table=table(partition, log)))).fetchone()
    return row[0] if row else 0


def _decoded(log: str, partition: int, notification_id: int, topic: str, state: bytes) -> AnyEvent:
    try:
        return registry.decode(topic, bytes(state))
    except (registry.UnknownEvent, msgspec.MsgspecError) as error:
        name = event_id(log, partition, notification_id)
        raise CannotRead(f"Event {name} stops this reader: {error}.") from None
