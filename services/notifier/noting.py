"""From the log to mails that are to be sent: written down in the transaction that moves the position."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from contracts import registry, subjects
from contracts.conversations.events import AnyEvent, ConversationStarted, OfflineMessageLeft
from services.common import log_pages, metrics
from services.common.following import Pool, Step
from services.common.positions import Positions
from services.notifier.policy import NewMail, mail_for

PAGE: Final = 2_000
POSITIONS: Final = Positions("mail.position")

_FIRST: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = ANY (%s) AND originator_version = 1")
_INSERT: Final = """
    INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::int[])
    ON CONFLICT (id) DO NOTHING
"""

_noted = metrics.counter("mails_noted_total", "Mails that the log called for.")

Connection = AsyncConnection[Any]


class Noting:
    """Reads the log of each partition forward."""

    def __init__(self, pool: Pool, noted: Callable[[], None]) -> None:
        """`noted` is called when there is something to send."""
        self.pool = pool
        self._call = noted

    async def advance(self, partition: int) -> Step:
        """Note what the next page of events calls for.

        Raises CannotRead at an event of a newer release, PositionMoved if another process got ahead, and psycopg's
        errors while the database is away: nothing has changed then.
        """
        async with self.pool.connection() as connection, connection.transaction():
            position = await POSITIONS.hold(connection, partition)
            if position is None:
                return Step.BUSY
            page = await log_pages.read_page(connection, partition, position, PAGE)
            if page.last == position:
                return Step.CAUGHT_UP
            count = await _note(connection, partition, page.events)
            await POSITIONS.move(connection, partition, expected=position, to=page.last)
        if count:
            _noted.inc(count)
            self._call()
        return Step.MORE if page.full else Step.CAUGHT_UP


async def _note(connection: Connection, partition: int, events: list[AnyEvent]) -> int:
    mails = [mail for event in events if (mail := mail_for(event)) is not None]
    if not mails:
        return 0
    owners = await _owners(connection, partition, [mail.aggregate for mail in mails if mail.person is None])
    rows = [_row(mail, owners) for mail in mails]
    await connection.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
    return len(mails)


def _row(mail: NewMail, owners: dict[UUID, str]) -> NewMail:
    return mail if mail.person is not None else mail._replace(person=owners[mail.aggregate])


async def _owners(connection: Connection, partition: int, aggregates: list[UUID]) -> dict[UUID, str]:
    """Under whose keys these aggregates are sealed, as their first events say."""
    if not aggregates:
        return {}
    table = Identifier(subjects.log_schema(subjects.CONVERSATIONS, partition), "stored_events")
    rows = await (await connection.execute(_FIRST.format(table), [aggregates])).fetchall()
    events = [registry.decode(topic, bytes(state)) for topic, state in rows]
    return {
        event.originator_id: event.visitor
        for event in events
        if isinstance(event, ConversationStarted | OfflineMessageLeft)
    }
