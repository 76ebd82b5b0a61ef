"""Reads a partition of a log in order, by SQL: every reader's way, live or replaying.

One writer a partition makes it safe: ids rise in commit order. They may have holes, so nothing counts on id + 1.
"""

from collections.abc import Container, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from contracts import registry, subjects
from contracts.envelope import event_id
from contracts.logs import AnyEvent
from services.common.schema import SchemaMismatch

Connection = AsyncConnection[Any]

MOST_BYTES: Final = 16_777_216
"""Of a page: an event may be small or large, and there are readers that hold a whole page in memory."""

_PAGE: Final = SQL("""
    SELECT notification_id, topic, state FROM (
        SELECT *, sum(octet_length(state)) OVER (
            ORDER BY notification_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS before FROM (
            SELECT notification_id, topic, state FROM {table}
            WHERE notification_id > %(after)s AND notification_id <= %(upto)s {share}
            ORDER BY notification_id LIMIT %(limit)s
        ) AS next
    ) AS summed WHERE coalesce(before, 0) < %(bytes)s ORDER BY notification_id
""")
_OF_SHARE: Final = SQL(
    "AND (get_byte(uuid_send(originator_id), 15) %% %(shares)s = %(share)s OR topic = ANY (%(for_all)s))"
)
_HEAD: Final = SQL("SELECT {partition}, coalesce(max(notification_id), 0) FROM {table}")
END: Final = 2**63 - 1


class CannotRead(SchemaMismatch):
    """The log holds an event that this release cannot read; the message is one sentence for a person."""


class Share(NamedTuple):
    """A part of the aggregates: that with this number, from 0, when all are dealt out to `of` readers."""

    number: int
    of: int


class Page(NamedTuple):
    """Events in log order, the id of the last one, and whether there may be more."""

    events: list[AnyEvent]
    last: int
    full: bool


async def read_page(
    connection: Connection,
    partition: int,
    after: int,
    limit: int,
    upto: int = END,
    share: Share | None = None,
    for_all: Sequence[str] = (),
    ignored: Container[str] = (),
    log: str = subjects.CONVERSATIONS,
) -> Page:
    """The next events with `after` < id <= `upto`: all, or those of a share and those of the topics `for_all`.

    At most `limit`, and no more once MOST_BYTES are reached. Of the topics `ignored` there are none among them, though
    they count; what is no topic that this release knows is none of those. Stops before an unreadable one; raises
    CannotRead if it is first.
    """
    query = _PAGE.format(table=table(partition, log), share=_OF_SHARE if share else SQL(""))
    parameters: dict[str, object] = {"after": after, "upto": upto, "limit": limit, "bytes": MOST_BYTES}
    if share:
        parameters |= {"share": share.number, "shares": share.of, "for_all": list(for_all)}
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(query, parameters)
        rows = await cursor.fetchall()
    events, last = [], after
    for notification_id, topic, state in rows:
        try:
            if topic not in ignored:
                events.append(registry.decode(topic, state))
        except (registry.UnknownEvent, msgspec.MsgspecError) as error:
            if last == after:
                name = event_id(log, partition, notification_id)
                raise CannotRead(f"Event {name} stops this reader: {error}.") from None
            break
        last = notification_id
    full = len(rows) == limit or sum(len(state) for _, _, state in rows) >= MOST_BYTES
    return Page(events, last, full)


async def heads(connection: Connection, log: str = subjects.CONVERSATIONS) -> dict[int, int]:
    """The newest id of each partition. Raises psycopg.errors.UndefinedTable before the log's tables are there."""
    query = SQL(" UNION ALL ").join(
        _HEAD.format(partition=partition, table=table(partition, log)) for partition in range(subjects.PARTITIONS)
    )
    return dict(await (await connection.execute(query)).fetchall())


def table(partition: int, log: str = subjects.CONVERSATIONS) -> Identifier:
    """The events of a partition."""
    return Identifier(subjects.log_schema(log, partition), "stored_events")


def table_of(shop: str, log: str = subjects.CONVERSATIONS) -> Identifier:
    """The events of the partition that a shop is in."""
    return table(subjects.partition_of(shop), log)
